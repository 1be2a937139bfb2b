package io.millrace.dataflow.csv.detect;

import java.util.Objects;
import java.util.Optional;

/**
 * One thing that was judged.
 *
 * @param value what was found, as a report shows it
 * @param confidence from 0, a guess, to 1, without doubt
 * @param runnerUp what it would be otherwise; empty where nothing else was possible
 * @param evidence what speaks for it, in words
 */
public record Finding(String value, double confidence, Optional<String> runnerUp, String evidence) {
    public Finding {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(runnerUp, "runnerUp");
        Objects.requireNonNull(evidence, "evidence");
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("a confidence is between 0 and 1: " + confidence);
        }
    }

    static Finding of(String value, double confidence, String evidence) {
        return new Finding(value, rounded(confidence), Optional.empty(), evidence);
    }

    Finding orElse(String other) {
        return other.equals(value) ? this : new Finding(value, confidence, Optional.of(other), evidence);
    }

    /** Two decimals are more than a judgement has. */
    private static double rounded(double confidence) {
        return Math.round(Math.max(0, Math.min(1, confidence)) * 100) / 100.0;
    }

    /** The value, the confidence in percent, the runner-up and the evidence, in one line. */
    @Override
    public String toString() {
        return value + " (" + Wording.percent(confidence)
                + runnerUp.map(other -> ", else " + other).orElse("") + "): " + evidence;
    }
}
