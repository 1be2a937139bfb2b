package io.millrace.dataflow.learn;

import java.util.Locale;

/** The value of a column that stands in place of its nulls. */
public enum Statistic {
    /** The arithmetic mean, of numbers. */
    MEAN,
    /** The median, of numbers: between two values in the middle, half way. */
    MEDIAN,
    /** The least value. */
    MIN,
    /** The greatest value. */
    MAX,
    /** The most frequent value; of several the least. */
    MODE;

    /** As it is written in texts: {@code mean}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
