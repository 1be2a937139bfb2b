package io.millrace.automl.trial;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** What became of a trial. */
public sealed interface Outcome {
    /**
     * It gave models, and this is their worth.
     *
     * @param score the metric over all rows that were predicted by a model that had not seen them
     * @param folds the metric of each fold, in order; NaN where it is not defined or the fold was not fitted
     */
    record Scored(double score, List<Double> folds) implements Outcome {
        /** Copies the list. */
        public Scored {
            folds = List.copyOf(folds);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** It did not apply, or was given up because it could not win: one line why. */
    record Skipped(String reason) implements Outcome {
        /** Checks the argument. */
        public Skipped {
            requireNonNull(reason, "reason");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * A fit went wrong.
     *
     * @param reason one line
     * @param detail what a bug report needs, such as a stack trace; may be empty
     */
    record Failed(String reason, String detail) implements Outcome {
        /** Checks the arguments. */
        public Failed {
            requireNonNull(reason, "reason");
            requireNonNull(detail, "detail");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Calls the method of {@code visitor} for this outcome. */
    <R> R accept(Visitor<R> visitor);

    /** One method per outcome, so that a forgotten one does not compile. */
    interface Visitor<R> {
        R visit(Scored outcome);

        R visit(Skipped outcome);

        R visit(Failed outcome);
    }
}
