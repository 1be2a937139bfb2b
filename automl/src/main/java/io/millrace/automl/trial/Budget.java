package io.millrace.automl.trial;

import static java.util.Objects.requireNonNull;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * When to stop: after a time, after a number of trials, or at whichever comes first.
 *
 * <p>Only a run that is bounded by trials alone gives the same result each time.
 */
public record Budget(Optional<Duration> time, OptionalInt trials) {
    /** Checks that there is at least one limit. */
    public Budget {
        requireNonNull(time, "time");
        requireNonNull(trials, "trials");
        if (time.isEmpty() && trials.isEmpty()) {
            throw DataflowException.of(ErrorCode.INVALID_ARGUMENT, "Cannot run an experiment without a limit");
        }
        if (time.isPresent() && (time.get().isNegative() || time.get().isZero())) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT, "Cannot run an experiment for " + seconds(time.get()) + " s");
        }
        if (trials.isPresent() && trials.getAsInt() < 1) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT, "Cannot run an experiment of " + trials.getAsInt() + " trials");
        }
    }

    /** At most that long. */
    public static Budget of(Duration time) {
        return new Budget(Optional.of(time), OptionalInt.empty());
    }

    /** Exactly that many trials, however long they take. */
    public static Budget ofTrials(int trials) {
        return new Budget(Optional.empty(), OptionalInt.of(trials));
    }

    /** This limit, or that many trials if they are done first. */
    public Budget orTrials(int most) {
        return new Budget(time, OptionalInt.of(most));
    }

    /** Whether the clock has no say, so that the result is the same each time. */
    public boolean isBoundedByTrialsAlone() {
        return time.isEmpty();
    }

    private static String seconds(Duration duration) {
        return java.math.BigDecimal.valueOf(duration.toMillis(), 3)
                .stripTrailingZeros()
                .toPlainString();
    }
}
