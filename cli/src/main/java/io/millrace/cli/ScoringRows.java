package io.millrace.cli;

import io.millrace.automl.pipeline.FittedPipeline;
import io.millrace.automl.pipeline.RecipeLift;
import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.plan.Binder;
import io.millrace.dataflow.plan.Node;
import io.millrace.dataflow.plan.SourceStep;
import io.millrace.dataflow.plan.Step;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.CsvOptions;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The rows that a model scores, read with the types that it learnt from.
 *
 * @param rows rows with the columns of the model's input schema
 * @param columns the names of all columns that are there
 */
record ScoringRows(Dataflow rows, List<String> columns) {
    /**
     * The rows of a source. Types of CSV files are the model's and never judged again. A plan that ends in the steps
     * that the model replays by itself, as the plan that it learnt from does, gives the rows below those steps.
     */
    static ScoringRows of(Input input, FittedPipeline model, Engine engine, Cancellation cancellation) {
        Node result = input.rows().node();
        if (!input.isPlan()) {
            return result.step() instanceof SourceStep.Read read && read.options() instanceof CsvOptions csv
                    ? read(read, csv, model, engine, cancellation)
                    : frozen(input.rows(), engine, cancellation);
        }
        boolean byName = result.ordered().stream().allMatch(node -> Binder.isSpelledOut(node.step()));
        Dataflow named = Dataflow.of(byName ? withoutTypes(result) : result).freeze(engine, cancellation);
        RecipeLift lift = RecipeLift.of(named.node(), model.task().target());
        RecipeLift.Lifted lifted = lift.keeping(FittedPipeline.featureColumns(model.members()));
        boolean replayed = lifted.steps().equals(model.recipe())
                && lifted.inputSchema().names().equals(model.inputSchema().names());
        if (replayed
                && lift.base().step() instanceof SourceStep.Read
                && source(result).step() instanceof SourceStep.Read read
                && read.options() instanceof CsvOptions csv) {
            return read(read, csv, model, engine, cancellation);
        }
        Dataflow rows = replayed ? Dataflow.of(below(result, depth(named.node(), lift.base()))) : input.rows();
        return frozen(rows, engine, cancellation);
    }

    private static ScoringRows frozen(Dataflow rows, Engine engine, Cancellation cancellation) {
        Dataflow frozen = rows.freeze(engine, cancellation);
        return new ScoringRows(frozen, frozen.schema(engine).names());
    }

    private static ScoringRows read(
            SourceStep.Read read, CsvOptions csv, FittedPipeline model, Engine engine, Cancellation cancellation) {
        Schema header = read.schema()
                .or(csv::schema)
                .orElseGet(() -> engine.inferSchema(read.source(), csv.allText(), cancellation));
        Dataflow rows = Dataflow.readCsv(read.source(), ignored -> csv.schema(model.inputSchema()));
        return new ScoringRows(rows, header.names());
    }

    /** The same steps over files whose columns are all text, so that finding their names reads headers alone. */
    private static Node withoutTypes(Node result) {
        IdentityHashMap<Node, Node> changed = new IdentityHashMap<>();
        for (Node node : result.ordered()) {
            List<Node> inputs = new ArrayList<>();
            node.inputs().forEach(input -> inputs.add(Objects.requireNonNull(changed.get(input))));
            Step step = node.step();
            if (step instanceof SourceStep.Read read
                    && read.options() instanceof CsvOptions csv
                    && read.schema().isEmpty()
                    && csv.schema().isEmpty()) {
                step = new SourceStep.Read(read.source(), csv.allText(), Optional.empty());
            }
            changed.put(node, Node.of(step, inputs, node.origin()));
        }
        return Objects.requireNonNull(changed.get(result));
    }

    private static Node source(Node result) {
        Node node = result;
        while (!node.inputs().isEmpty()) {
            node = node.inputs().get(0);
        }
        return node;
    }

    private static int depth(Node result, Node base) {
        int depth = 0;
        for (Node node = result; !node.equals(base); node = node.inputs().get(0)) {
            depth++;
        }
        return depth;
    }

    private static Node below(Node result, int depth) {
        Node node = result;
        for (int i = 0; i < depth; i++) {
            node = node.inputs().get(0);
        }
        return node;
    }
}
