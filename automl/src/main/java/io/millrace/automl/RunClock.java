package io.millrace.automl;

import io.millrace.automl.trial.Budget;
import java.time.Duration;
import java.util.OptionalLong;

/** The time that a run has spent, and what is left of its budget. Thread-safe. */
final class RunClock {
    private final long startNanos;
    private final OptionalLong budgetMillis;

    private RunClock(long startNanos, OptionalLong budgetMillis) {
        this.startNanos = startNanos;
        this.budgetMillis = budgetMillis;
    }

    /**
     * A clock that was started some time ago.
     *
     * @param before what had passed when this is called
     * @param earlierMillis what earlier processes took of the same budget
     */
    static RunClock started(Duration before, Budget budget, long earlierMillis) {
        OptionalLong millis = budget.time().isPresent()
                ? OptionalLong.of(Math.max(0, budget.time().get().toMillis() - earlierMillis))
                : OptionalLong.empty();
        return new RunClock(System.nanoTime() - before.toNanos(), millis);
    }

    /** Whether time decides when the run ends. */
    boolean isBounded() {
        return budgetMillis.isPresent();
    }

    /** The budget, if time bounds the run; otherwise a very long time. */
    long budgetMillis() {
        return budgetMillis.orElse(Long.MAX_VALUE / 4);
    }

    long spentMillis() {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }

    /** What is left of the budget; negative when it is over. */
    long leftMillis() {
        return budgetMillis() - spentMillis();
    }
}
