package io.millrace.automl.trial;

import io.millrace.automl.learner.Objective;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;

/** Which rows a fit learns from and which it is judged by. */
public sealed interface Validation {
    /**
     * Every row is judged by a model that has not seen it: the rows are dealt into {@code count} folds, and each fold
     * is predicted by a model of the others. Labels, or the range of the target, are spread evenly over the folds.
     */
    record Folds(int count) implements Validation {
        /** Checks the argument. */
        public Folds {
            if (count < 2) {
                throw DataflowException.of(
                        ErrorCode.INVALID_ARGUMENT, "Cannot validate with " + count + " folds: at least 2 are needed");
            }
        }

        @Override
        public int fits() {
            return count;
        }

        @Override
        public String text() {
            return count + " folds";
        }
    }

    /** A share of the rows is kept apart; one model of the others predicts it. */
    record Holdout(double fraction) implements Validation {
        /** Checks the argument. */
        public Holdout {
            if (!(fraction > 0 && fraction < 1)) {
                throw DataflowException.of(
                        ErrorCode.INVALID_ARGUMENT,
                        "Cannot hold out a fraction of " + fraction + ": it must be between 0 and 1");
            }
        }

        @Override
        public int fits() {
            return 1;
        }

        @Override
        public String text() {
            return "holdout of " + fraction;
        }
    }

    /** The number of fits of a candidate. */
    int fits();

    /** A few words for people, such as {@code 8 folds}. */
    String text();

    /** Dealt into {@code count} folds. */
    static Validation folds(int count) {
        return new Folds(count);
    }

    /** A share of the rows kept apart. */
    static Validation holdout(double fraction) {
        return new Holdout(fraction);
    }

    /**
     * What is done when nothing is said: eight folds, as AutoGluon; between five and seven with fewer than 80 rows,
     * five with more than 100,000. A rarer label with fewer members than that leaves as many folds as it has
     * members, but at least three.
     *
     * @param rarest for two labels the number of rows that have the rarer one; otherwise not looked at
     */
    static Validation standardFor(Objective objective, int rows, int rarest) {
        int folds = rows > 100_000 ? 5 : rows < 80 ? Math.max(5, Math.min(7, rows / 10)) : 8;
        if (objective == Objective.BINARY) {
            folds = Math.min(folds, Math.max(3, rarest));
        }
        return folds(Math.max(2, Math.min(folds, rows)));
    }
}
