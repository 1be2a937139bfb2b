package io.millrace.dataflow.profile;

import java.util.List;
import java.util.Objects;

/**
 * How many values of a column lie in each of some ranges of equal width between its smallest and its largest. Numbers
 * are finite ones only; dates are days, and timestamps microseconds, since 1970. A column of one value has one bin.
 */
public record Histogram(List<Bin> bins, Precision precision) {
    /** The values from {@code low} to below {@code high}; in the last bin, {@code high} as well. */
    public record Bin(double low, double high, long count) {}

    public Histogram {
        bins = List.copyOf(bins);
        Objects.requireNonNull(precision, "precision");
    }
}
