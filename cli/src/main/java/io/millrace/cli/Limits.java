package io.millrace.cli;

import io.millrace.automl.trial.Budget;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When an experiment stops. */
record Limits(Budget budget) {
    private static final Duration STANDARD = Duration.ofSeconds(60);
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|s|m|h)");

    /** The limits that the arguments say: a time, a number of trials, whichever comes first, or 60 seconds. */
    static Limits of(@Nullable String time, @Nullable Integer trials) {
        if (time == null) {
            return new Limits(trials == null ? Budget.of(STANDARD) : Budget.ofTrials(trials));
        }
        Budget budget = Budget.of(duration(time));
        return new Limits(trials == null ? budget : budget.orTrials(trials));
    }

    private static Duration duration(String text) {
        Matcher part = PART.matcher(text);
        Duration sum = Duration.ZERO;
        int at = 0;
        while (part.find() && part.start() == at) {
            BigDecimal millis = new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(millis(part.group(2))));
            sum = sum.plusMillis(
                    millis.min(BigDecimal.valueOf(Duration.ofDays(3650).toMillis()))
                            .longValue());
            at = part.end();
        }
        if (at == 0 || at < text.length() || sum.isZero()) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot use '" + text + "' as --budget: it is a time with its unit",
                    "For example 60s, 5m or 1h30m");
        }
        return sum;
    }

    private static long millis(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            default -> 3_600_000;
        };
    }
}
