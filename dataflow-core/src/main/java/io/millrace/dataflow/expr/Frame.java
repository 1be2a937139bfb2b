package io.millrace.dataflow.expr;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Which rows of a partition, in its order, belong to a row: those from one distance to another, both included. A
 * negative distance lies before the row; an empty one has no end. A frame whose ends cross has no rows.
 *
 * @param unit what distances are counted in
 */
public record Frame(Unit unit, Optional<BigDecimal> from, Optional<BigDecimal> to) {
    public Frame {
        Objects.requireNonNull(unit, "unit");
        from = from.map(Frame::plain);
        to = to.map(Frame::plain);
        if (unit == Unit.ROWS) {
            from.ifPresent(Frame::requireWhole);
            to.ifPresent(Frame::requireWhole);
        }
    }

    /** What distances are counted in. */
    public enum Unit {
        /** Rows. */
        ROWS,
        /** The difference between the numbers of the one key that the window is ordered by. */
        VALUES,
        /** Seconds between the times of the one key that the window is ordered by; a date counts from its midnight. */
        SECONDS
    }

    /** All rows of the partition. */
    public static Frame all() {
        return new Frame(Unit.ROWS, Optional.empty(), Optional.empty());
    }

    /** All rows up to the row itself. */
    public static Frame running() {
        return new Frame(Unit.ROWS, Optional.empty(), Optional.of(BigDecimal.ZERO));
    }

    /** The rows from {@code from} to {@code to} places after the row, before it when negative. */
    public static Frame rows(long from, long to) {
        return new Frame(Unit.ROWS, Optional.of(BigDecimal.valueOf(from)), Optional.of(BigDecimal.valueOf(to)));
    }

    /**
     * The rows whose key is at least {@code from} and at most {@code to} further on in the order than that of the row.
     * The frame of a row whose key is null or an error is all such rows.
     *
     * @throws IllegalArgumentException for NaN or infinity
     */
    public static Frame values(double from, double to) {
        if (!Double.isFinite(from) || !Double.isFinite(to)) {
            throw new IllegalArgumentException("a frame ends at a number: " + from + ", " + to);
        }
        return new Frame(Unit.VALUES, Optional.of(BigDecimal.valueOf(from)), Optional.of(BigDecimal.valueOf(to)));
    }

    /** As {@link #values}, over a date or timestamp. */
    public static Frame times(Duration from, Duration to) {
        return new Frame(Unit.SECONDS, Optional.of(seconds(from)), Optional.of(seconds(to)));
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
    }

    private static void requireWhole(BigDecimal rows) {
        if (rows.scale() > 0 || rows.toBigInteger().bitLength() >= Long.SIZE) {
            throw new IllegalArgumentException("rows are counted in whole numbers: " + rows.toPlainString());
        }
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    @Override
    public String toString() {
        String name = unit == Unit.ROWS ? "rows" : unit == Unit.VALUES ? "values" : "seconds";
        return name + "(" + from.map(BigDecimal::toPlainString).orElse("first") + ", "
                + to.map(BigDecimal::toPlainString).orElse("last") + ")";
    }
}
