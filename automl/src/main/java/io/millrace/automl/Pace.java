package io.millrace.automl;

import io.millrace.automl.trial.Budget;
import io.millrace.automl.trial.Validation;

/**
 * How ambitious a run can be, judged before its first fit: by the size of the rows, the budget and the number of fits at
 * a time. A run that no clock bounds has all the time it wants.
 */
final class Pace {
    /** What a fit of a strong fast candidate takes for a value of a row, in seconds, on a core of 2020 or later. */
    private static final double SECONDS_OF_CELL = 1.5e-6;

    /** The share of the budget that the first trial may take. */
    private static final double SHARE_OF_TRIAL = 0.25;

    private static final int FEWEST_FOLDS = 3;
    private static final double HELD_OUT = 0.2;

    private final TrainingRows rows;
    private final Budget budget;
    private final int concurrency;

    Pace(TrainingRows rows, Budget budget, int concurrency) {
        this.rows = rows;
        this.budget = budget;
        this.concurrency = concurrency;
    }

    /** As {@link Validation#standardFor}, with fewer folds if a trial would take too large a share of the budget. */
    Validation validation() {
        Validation standard = Validation.standardFor(rows.task().objective(), rows.target().length, rows.rarest());
        if (budget.isBoundedByTrialsAlone() || !(standard instanceof Validation.Folds folds)) {
            return standard;
        }
        for (int count = folds.count(); count > FEWEST_FOLDS; count -= 2) {
            if (shareOfTrial(count) <= SHARE_OF_TRIAL) {
                return Validation.folds(count);
            }
        }
        return shareOfTrial(FEWEST_FOLDS) <= 1
                ? Validation.folds(Math.min(FEWEST_FOLDS, folds.count()))
                : Validation.holdout(HELD_OUT);
    }

    /** Whether even with few fits a trial would take too large a share, so that it is better to learn in large steps. */
    boolean isHasty(Validation validation) {
        return !budget.isBoundedByTrialsAlone() && shareOfTrial(validation.fits()) > SHARE_OF_TRIAL;
    }

    private double shareOfTrial(int fits) {
        double outputs = rows.task().objective().outputs(rows.labels().size());
        double secondsOfFit =
                SECONDS_OF_CELL * rows.target().length * rows.schema().size() * outputs;
        double seconds = budget.time().map(time -> time.toMillis() / 1000.0).orElse(Double.POSITIVE_INFINITY);
        return secondsOfFit * fits / concurrency / seconds;
    }
}
