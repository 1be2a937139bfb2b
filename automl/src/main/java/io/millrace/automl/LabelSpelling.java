package io.millrace.automl;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.plan.Node;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.SourceStep;
import io.millrace.dataflow.plan.Step;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.source.ArrowOptions;
import io.millrace.dataflow.source.ParquetOptions;
import io.millrace.dataflow.source.ReadOptions;
import io.millrace.dataflow.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how labels are spelled in the source. A column of {@code True} and {@code False} is a bool, whose values are
 * written {@code true} and {@code false}; but a prediction is to be compared with the source.
 */
final class LabelSpelling {
    /** The labels of so many rows are looked at; one that is not among them is spelled as its value is written. */
    private static final int MOST_ROWS = 2_000;

    private final Dataflow used;
    private final String target;
    private final DataType type;

    /**
     * The spelling of a column.
     *
     * @param used the dataflow, every schema in it known
     * @param type the type of the column, which is not text
     */
    LabelSpelling(Dataflow used, String target, DataType type) {
        this.used = used;
        this.target = target;
        this.type = type;
    }

    /**
     * The labels as the source spells them, in the same order. One that is spelled in more than one way is spelled as
     * it is first; where the source cannot tell, because a step computes the target, the labels are as they were.
     */
    List<String> of(List<String> labels, Engine engine, Cancellation cancellation) {
        Optional<Dataflow> asText = asText();
        if (asText.isEmpty()) {
            return labels;
        }
        Plan plan;
        try {
            plan = asText.get().select(target).limit(MOST_ROWS).plan(engine, cancellation);
        } catch (DataflowException computed) {
            return labels;
        }
        if (!plan.schema().field(0).type().equals(DataTypes.TEXT)) {
            return labels;
        }
        Map<Object, String> spellings = new HashMap<>();
        try (Table table = engine.execute(plan, cancellation)) {
            for (List<@Nullable Object> row : table.rows()) {
                if (row.get(0) instanceof String text) {
                    value(text).ifPresent(value -> spellings.putIfAbsent(value, text));
                }
            }
        }
        List<String> spelled = labels.stream()
                .map(label -> value(label).map(spellings::get).orElse(label))
                .toList();
        return spelled.stream().distinct().count() == labels.size() ? spelled : labels;
    }

    /** The dataflow with the target read as text; empty if no file, or more than one, has such a column. */
    private Optional<Dataflow> asText() {
        if (RowOrder.isShuffled(used.node())) {
            return Optional.empty();
        }
        IdentityHashMap<Node, Node> rebuilt = new IdentityHashMap<>();
        int changed = 0;
        for (Node node : used.node().ordered()) {
            Step step = node.step();
            if (step instanceof SourceStep.Read read
                    && !hasTypes(read.options())
                    && read.schema().isPresent()
                    && read.schema().get().find(target).map(Field::type).equals(Optional.of(type))) {
                step = new SourceStep.Read(
                        read.source(),
                        read.options(),
                        Optional.of(retyped(read.schema().get())));
                changed++;
            }
            List<Node> inputs = node.inputs().stream().map(rebuilt::get).toList();
            rebuilt.put(node, Node.of(step, inputs, node.origin()));
        }
        Node result = rebuilt.get(used.node());
        return changed == 1 && result != null ? Optional.of(Dataflow.of(result)) : Optional.empty();
    }

    /** Whether the files hold values rather than their spelling. */
    private static boolean hasTypes(ReadOptions options) {
        return options instanceof ArrowOptions || options instanceof ParquetOptions;
    }

    private Schema retyped(Schema schema) {
        List<Field> fields = new ArrayList<>();
        for (Field field : schema.fields()) {
            fields.add(field.name().equals(target) ? Field.optional(target, DataTypes.TEXT) : field);
        }
        return Schema.of(fields);
    }

    /** What a text stands for, equal for different spellings of one value. */
    private Optional<Object> value(String text) {
        if (type instanceof DataType.Bool) {
            return Optional.of(text.strip().toLowerCase(Locale.ROOT));
        }
        try {
            double number = Double.parseDouble(text);
            return Optional.of(number == 0 ? 0.0 : number);
        } catch (NumberFormatException misfit) {
            return Optional.empty();
        }
    }
}
