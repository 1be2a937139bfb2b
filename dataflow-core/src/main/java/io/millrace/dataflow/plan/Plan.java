package io.millrace.dataflow.plan;

import io.millrace.dataflow.schema.Schema;
import java.util.List;
import java.util.Objects;

/**
 * A bound dataflow: operators in topological order, inputs before uses, the last one being the result. Immutable.
 * Engines walk it with a loop, never by recursion.
 */
public record Plan(List<Stage> stages) {
    public Plan {
        stages = List.copyOf(stages);
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            if (stage.id() != i) {
                throw new IllegalArgumentException("stage " + i + " has id " + stage.id());
            }
            for (int input : stage.inputs()) {
                if (input < 0 || input >= i) {
                    throw new IllegalArgumentException("stage " + i + " uses stage " + input);
                }
            }
        }
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("a plan needs at least one stage");
        }
    }

    /** The stage whose rows are the result. */
    public Stage result() {
        return stages.get(stages.size() - 1);
    }

    /** The columns of the result. */
    public Schema schema() {
        return result().schema();
    }

    /**
     * One operator, what it reads and what it gives.
     *
     * @param id its index in the plan
     * @param inputs the ids of the stages it reads
     * @param schema the columns it gives
     * @param text the step as the user would write it, for {@code explain} and error values
     * @param where "step 4 of 7, at Churn.java:41"
     */
    public record Stage(int id, List<Integer> inputs, Operator operator, Schema schema, String text, String where) {
        public Stage {
            inputs = List.copyOf(inputs);
            Objects.requireNonNull(operator, "operator");
            Objects.requireNonNull(schema, "schema");
        }
    }
}
