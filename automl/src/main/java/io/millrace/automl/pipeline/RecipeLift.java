package io.millrace.automl.pipeline;

import static java.util.Objects.requireNonNull;

import io.millrace.dataflow.plan.Binder;
import io.millrace.dataflow.plan.ColumnStep;
import io.millrace.dataflow.plan.Node;
import io.millrace.dataflow.plan.Step;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the row-wise steps at the end of a training dataflow, which a model replays on the rows it scores. What they
 * start from is the result of the last step that is not row-wise: the source itself, where there is none. Immutable.
 */
public final class RecipeLift {
    private final Node base;
    private final Schema baseSchema;
    private final List<Step> steps;
    private final Set<String> derivedFromTarget;

    private RecipeLift(Node base, Schema baseSchema, List<Step> steps, Set<String> derivedFromTarget) {
        this.base = base;
        this.baseSchema = baseSchema;
        this.steps = steps;
        this.derivedFromTarget = derivedFromTarget;
    }

    /**
     * What a model replays.
     *
     * @param inputSchema the columns that rows must have, every one nullable
     * @param steps what is done to them, in order
     * @param otherColumns the columns beside them that the training rows had at that place; rows may have them
     */
    public record Lifted(Schema inputSchema, List<Step> steps, List<String> otherColumns) {
        /** Copies the lists. */
        public Lifted {
            requireNonNull(inputSchema, "inputSchema");
            steps = List.copyOf(steps);
            otherColumns = List.copyOf(otherColumns);
        }
    }

    /**
     * Looks at the end of a dataflow.
     *
     * @param training the dataflow, every schema in it known; see {@code Dataflow.freeze}
     * @param target the column of its result that is predicted
     */
    public static RecipeLift of(Node training, String target) {
        List<Step> steps = new ArrayList<>();
        Node node = training;
        while (node.inputs().size() == 1 && node.step().accept(RowWise.INSTANCE)) {
            steps.add(0, node.step());
            node = node.inputs().get(0);
        }
        Schema schema = Binder.bind(node, (source, options) -> {
                    throw new IllegalArgumentException("the schema of " + source + " is not known");
                })
                .schema();
        List<Step> spelled = Binder.spelledOut(schema, steps);
        return new RecipeLift(node, schema, List.copyOf(spelled), TargetTrace.derived(spelled, target));
    }

    /** The part of the dataflow below the steps: its rows are what a model scores. */
    public Node base() {
        return base;
    }

    /** The columns of {@link #base}. */
    public Schema baseSchema() {
        return baseSchema;
    }

    /**
     * The columns of the result that are computed from the target. A row to be scored has no target, so nothing may be
     * learnt from them.
     */
    public Set<String> derivedFromTarget() {
        return derivedFromTarget;
    }

    /**
     * What must be replayed to have {@code columns} of the result: no step that only makes other columns, the target
     * among them, and no input column that only they need.
     */
    public Lifted keeping(Collection<String> columns) {
        Set<String> needed = new HashSet<>(columns);
        List<Boolean> useful = new ArrayList<>();
        for (int i = steps.size() - 1; i >= 0; i--) {
            Optional<StepColumns> step = StepColumns.of(steps.get(i));
            boolean used = step.isPresent() && needed.remove(step.get().written());
            if (used) {
                needed.addAll(step.get().read());
            }
            useful.add(0, used);
        }
        List<Field> input = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Field field : baseSchema.fields()) {
            if (needed.contains(field.name())) {
                input.add(Field.optional(field.name(), field.type()));
            } else {
                others.add(field.name());
            }
        }
        Schema inputSchema = Schema.of(input);
        return new Lifted(inputSchema, replayed(useful, inputSchema.names()), others);
    }

    /**
     * The useful steps, and what keeps names apart: a step that takes a name away from columns that are there still does
     * so, for a later step may give that name to another column.
     */
    private List<Step> replayed(List<Boolean> useful, List<String> input) {
        List<Step> replayed = new ArrayList<>();
        Set<String> present = new LinkedHashSet<>(input);
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (useful.get(i)) {
                replayed.add(step);
                if (step instanceof ColumnStep.Rename rename) {
                    present.remove(rename.from());
                }
                StepColumns.of(step).ifPresent(columns -> present.add(columns.written()));
                continue;
            }
            Set<String> gone = new LinkedHashSet<>(present);
            gone.removeIf(column -> survives(column, step));
            if (!gone.isEmpty() && gone.size() < present.size()) {
                replayed.add(new ColumnStep.Drop(List.copyOf(gone)));
                present.removeAll(gone);
            }
        }
        return replayed;
    }

    /** Whether a column of that name has it still after a step that does not write it. */
    private static boolean survives(String column, Step step) {
        if (step instanceof ColumnStep.Rename rename) {
            return !rename.from().equals(column);
        }
        if (step instanceof ColumnStep.Drop drop) {
            return !drop.names().contains(column);
        }
        return !(step instanceof ColumnStep.Select select) || select.names().contains(column);
    }
}
