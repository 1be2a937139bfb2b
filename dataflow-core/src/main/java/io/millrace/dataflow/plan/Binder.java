package io.millrace.dataflow.plan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.ReadOptions;
import io.millrace.dataflow.source.Source;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Turns what a user said into what an engine does. The only way from a {@link Node} to a {@link Plan}. */
public final class Binder {
    private Binder() {}

    /** Finds the columns of files whose schema is not known. The one moment of I/O during planning. */
    @FunctionalInterface
    public interface SchemaInference {
        /** The columns of the files. */
        Schema infer(Source source, ReadOptions options);
    }

    /**
     * The plan of a dataflow. Takes time linear in the steps.
     *
     * @throws DataflowException as {@link #schema}, with the step's number and the user's line
     */
    public static Plan bind(Node result, SchemaInference inference) {
        Node known = freeze(result, inference);
        List<Node> nodes = known.ordered();
        List<Plan.Stage> stages = new ArrayList<>();
        RowIdentity identity = new RowIdentity();
        IdentityHashMap<Node, Integer> ids = new IdentityHashMap<>();
        for (int number = 1; number <= nodes.size(); number++) {
            Node node = nodes.get(number - 1);
            List<Integer> inputs = new ArrayList<>();
            List<Schema> schemas = new ArrayList<>();
            for (Node input : node.inputs()) {
                int id = Objects.requireNonNull(ids.get(input));
                inputs.add(id);
                schemas.add(stages.get(id).schema());
            }
            String where = "step " + number + " of " + nodes.size() + place(node.origin());
            Node.Binding binding;
            try {
                binding = node.bound(schemas);
            } catch (DataflowException wrong) {
                throw wrong.at(where);
            }
            StepBinder.Bound bound = binding.bound();
            String text = binding.text();
            for (StepBinder.Bound.Prepared prepared : bound.prepared()) {
                int id = stages.size();
                stages.add(identity.told(new Plan.Stage(
                        id,
                        List.of(inputs.get(prepared.index())),
                        prepared.project(),
                        prepared.schema(),
                        text,
                        where)));
                inputs.set(prepared.index(), id);
            }
            stages.add(identity.told(
                    new Plan.Stage(stages.size(), inputs, bound.operator(), bound.operatorSchema(), text, where)));
            for (StepBinder.Bound.Next next : bound.next()) {
                int id = stages.size();
                stages.add(identity.told(
                        new Plan.Stage(id, List.of(id - 1), next.operator(), next.schema(), text, where)));
            }
            ids.put(node, stages.size() - 1);
        }
        return new Plan(stages);
    }

    /**
     * The columns that a step gives for inputs of known columns.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN}, {@code DUPLICATE_COLUMN}, {@code TYPE_MISMATCH},
     *     {@code UNKNOWN_FUNCTION} or {@code INVALID_ARGUMENT}
     */
    public static Schema schema(Step step, List<Schema> inputs) {
        return StepBinder.bind(step, StepText.of(step), inputs).schema();
    }

    /** As {@link #schema(Step, List)}; what is bound is kept with the node, for its plan. */
    public static Schema schema(Node node, List<Schema> inputs) {
        return node.bound(inputs).bound().schema();
    }

    /** Row-wise steps over rows of known columns, bound one after the other. The first stage reads {@code input}. */
    public static List<Plan.Stage> bindRows(Schema input, List<Step> steps) {
        List<Plan.Stage> stages = new ArrayList<>();
        Schema schema = input;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            String text = StepText.of(step);
            String where = "step " + (i + 1) + " of " + steps.size();
            StepBinder.Bound bound;
            try {
                bound = StepBinder.bind(step, text, List.of(schema));
            } catch (DataflowException wrong) {
                throw wrong.at(where);
            }
            schema = bound.schema();
            List<Integer> inputs = i == 0 ? List.of() : List.of(i - 1);
            stages.add(new Plan.Stage(i, inputs, bound.operator(), schema, text, where));
        }
        return stages;
    }

    /**
     * Row-wise steps that do the same with rows of these columns, each of them over columns by name: what selects
     * columns in another way, or changes several at once, becomes steps that do not. Types are looked at only where there
     * is such a step.
     *
     * @throws DataflowException if there is, and a step does not fit the columns before it
     */
    public static List<Step> spelledOut(Schema input, List<Step> steps) {
        if (steps.stream().allMatch(Binder::isSpelledOut)) {
            return steps;
        }
        List<Step> spelled = new ArrayList<>();
        Schema schema = input;
        for (Step step : steps) {
            Schema next = schema(step, List.of(schema));
            spelled.addAll(SpelledOut.of(step, schema));
            schema = next;
        }
        return spelled;
    }

    /** Whether a step names the columns it is about, and changes one at a time: what it does shows without a schema. */
    public static boolean isSpelledOut(Step step) {
        return SpelledOut.is(step);
    }

    /** The same dataflow with every inferred schema written into the steps that read files; itself when none is missing. */
    public static Node freeze(Node result, SchemaInference inference) {
        IdentityHashMap<Node, Node> frozen = new IdentityHashMap<>();
        for (Node node : result.ordered()) {
            frozen.put(node, frozen(node, frozen, inference));
        }
        return Objects.requireNonNull(frozen.get(result));
    }

    @SuppressWarnings("ReferenceEquality") // equality of nodes compares fingerprints, which leave credentials out
    private static Node frozen(Node node, IdentityHashMap<Node, Node> done, SchemaInference inference) {
        if (node.step() instanceof SourceStep.Read read
                && read.schema().isEmpty()
                && read.options().schema().isEmpty()) {
            Schema schema = inference.infer(read.source(), read.options());
            return Node.of(
                    new SourceStep.Read(read.source(), read.options(), Optional.of(schema)),
                    node.inputs(),
                    node.origin());
        }
        List<Node> inputs = new ArrayList<>();
        boolean changed = false;
        for (Node input : node.inputs()) {
            Node replacement = Objects.requireNonNull(done.get(input));
            changed |= replacement != input;
            inputs.add(replacement);
        }
        return changed ? Node.of(node.step(), inputs, node.origin()) : node;
    }

    static String place(Optional<StackTraceElement> origin) {
        return origin.map(line -> ", at " + line.getFileName() + ":" + line.getLineNumber())
                .orElse("");
    }
}
