package io.millrace.dataflow.profile;

import java.util.Objects;

/** A number of things, counted or estimated. */
public record Count(long value, Precision precision) {
    public Count {
        Objects.requireNonNull(precision, "precision");
    }

    /** A counted number. */
    public static Count exact(long value) {
        return new Count(value, Precision.EXACT);
    }

    /** An estimated number. */
    public static Count estimated(long value) {
        return new Count(value, Precision.ESTIMATED);
    }

    /** Whether it was counted. */
    public boolean isExact() {
        return precision == Precision.EXACT;
    }
}
