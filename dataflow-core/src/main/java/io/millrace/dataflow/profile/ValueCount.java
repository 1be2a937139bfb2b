package io.millrace.dataflow.profile;

import java.util.Objects;

/**
 * A value and how often it occurs. An estimated number is never below the true one.
 *
 * @param value as a cell holds it: {@code Long}, {@code Double}, {@code Boolean}, {@code BigDecimal}, {@code String},
 *     {@code LocalDate} or {@code Instant}; bytes in hexadecimal, a list or struct as JSON. Text beyond
 *     {@value #LONGEST_TEXT} bytes is cut and ends with {@code …}
 */
public record ValueCount(Object value, Count count) {
    /** The most bytes of a text that a profile keeps. */
    public static final int LONGEST_TEXT = 1_024;

    public ValueCount {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(count, "count");
    }
}
