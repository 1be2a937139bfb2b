package io.millrace.dataflow.expr;

import java.util.Objects;

/**
 * A column to sort by. Nulls, and error values with them, come first unless said otherwise; NaN is above every number;
 * text is ordered by its UTF-8 bytes.
 */
public record SortKey(String column, Direction direction, Nulls nulls) {
    public SortKey {
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(nulls, "nulls");
    }

    /** From small to large. */
    public static SortKey ascending(String column) {
        return new SortKey(column, Direction.ASCENDING, Nulls.FIRST);
    }

    /** From large to small. */
    public static SortKey descending(String column) {
        return new SortKey(column, Direction.DESCENDING, Nulls.FIRST);
    }

    /** The same key with nulls at the end. */
    public SortKey nullsLast() {
        return new SortKey(column, direction, Nulls.LAST);
    }

    /** Which way to sort. */
    public enum Direction {
        ASCENDING,
        DESCENDING
    }

    /** Where nulls go. */
    public enum Nulls {
        FIRST,
        LAST
    }

    @Override
    public String toString() {
        return ExprText.column(column)
                + (direction == Direction.DESCENDING ? " desc" : "")
                + (nulls == Nulls.LAST ? " nulls last" : "");
    }
}
