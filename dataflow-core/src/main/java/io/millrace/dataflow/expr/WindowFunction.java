package io.millrace.dataflow.expr;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The place of a row in its partition, or the value of another row there. Rows that are equal in every key of the order
 * are peers; without an order all rows of a partition are.
 *
 * @param kind what is computed
 * @param input the value that is taken from another row, for the kinds that take one
 * @param number how many buckets, how many rows away, or which row, for the kinds that need it; else 0
 * @param otherwise what stands where there is no such row
 * @param frame the rows that are looked at; all of the partition but for the nth value
 * @param name the name of the column
 */
public record WindowFunction(
        Kind kind,
        Optional<Expr> input,
        long number,
        @Nullable Object otherwise,
        Frame frame,
        String name) implements WindowColumn {
    public WindowFunction {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(frame, "frame");
        Objects.requireNonNull(name, "name");
        input.ifPresent(Nesting::checked);
        otherwise = Literals.normalised(otherwise);
        if (kind.takesInput != input.isPresent()) {
            throw new IllegalArgumentException(kind + (kind.takesInput ? " needs an input" : " takes no input"));
        }
        if (kind == Kind.NTILE && number < 1) {
            throw new IllegalArgumentException("the number of buckets is at least 1: " + number);
        }
        if (kind == Kind.NTH_VALUE && number == 0) {
            throw new IllegalArgumentException("rows are counted from 1, and from −1 backwards");
        }
        if (kind != Kind.NTH_VALUE && !frame.equals(Frame.all())) {
            throw new IllegalArgumentException(kind + " takes no frame");
        }
    }

    /** What is computed. */
    public enum Kind {
        /** The number of the row, from 1, an int64. */
        ROW_NUMBER(false),
        /** 1 and the number of rows before the first peer, an int64. */
        RANK(false),
        /** 1 and the number of different keys before, an int64. */
        DENSE_RANK(false),
        /** (rank − 1) / (rows − 1) as float64; 0 for a single row. */
        PERCENT_RANK(false),
        /** The share of rows up to the last peer, as float64. */
        CUMULATIVE_SHARE(false),
        /** The bucket of the row, from 1, of buckets whose sizes differ by at most one row, larger ones first. */
        NTILE(false),
        /** The value some rows before; of a negative number, after. */
        LAG(true),
        /** The value some rows after; of a negative number, before. */
        LEAD(true),
        /** The value of the nth row of the frame, from 1; of a negative number, from the end. */
        NTH_VALUE(true);

        private final boolean takesInput;

        Kind(boolean takesInput) {
            this.takesInput = takesInput;
        }
    }

    /** The number of the row in its partition, from 1, in column {@code row_number}. Peers keep the order of the rows. */
    public static WindowFunction rowNumber() {
        return place(Kind.ROW_NUMBER, 0);
    }

    /** 1 and the number of rows before the first peer, in column {@code rank}. */
    public static WindowFunction rank() {
        return place(Kind.RANK, 0);
    }

    /** 1 and the number of different keys before, in column {@code dense_rank}. */
    public static WindowFunction denseRank() {
        return place(Kind.DENSE_RANK, 0);
    }

    /** The rank from 0 to 1, in column {@code percent_rank}. */
    public static WindowFunction percentRank() {
        return place(Kind.PERCENT_RANK, 0);
    }

    /** The share of rows up to the last peer, in column {@code cumulative_share}. */
    public static WindowFunction cumulativeShare() {
        return place(Kind.CUMULATIVE_SHARE, 0);
    }

    /** The bucket of the row out of {@code buckets}, from 1, in column {@code ntile}. */
    public static WindowFunction ntile(long buckets) {
        return place(Kind.NTILE, buckets);
    }

    /** The value {@code rows} rows before, null where there is none, in column {@code lag_COLUMN}. */
    public static WindowFunction lag(String column, long rows) {
        return lag(Expr.col(column), rows);
    }

    /** The value of an expression {@code rows} rows before, null where there is none. */
    public static WindowFunction lag(Expr input, long rows) {
        return value(Kind.LAG, input, rows);
    }

    /** The value {@code rows} rows after, null where there is none, in column {@code lead_COLUMN}. */
    public static WindowFunction lead(String column, long rows) {
        return lead(Expr.col(column), rows);
    }

    /** The value of an expression {@code rows} rows after, null where there is none. */
    public static WindowFunction lead(Expr input, long rows) {
        return value(Kind.LEAD, input, rows);
    }

    /** The value of the first row, also when it is null, in column {@code first_value_COLUMN}. */
    public static WindowFunction firstValue(String column) {
        return nthValue(column, 1).as("first_value_" + column);
    }

    /** The value of the last row, also when it is null, in column {@code last_value_COLUMN}. */
    public static WindowFunction lastValue(String column) {
        return nthValue(column, -1).as("last_value_" + column);
    }

    /** The value of the nth row, from 1, or from −1 backwards, in column {@code nth_value_COLUMN}. */
    public static WindowFunction nthValue(String column, long row) {
        return value(Kind.NTH_VALUE, Expr.col(column), row);
    }

    @Override
    public WindowFunction as(String newName) {
        return new WindowFunction(kind, input, number, otherwise, frame, newName);
    }

    /**
     * The same with {@code value} where there is no such row; a null or an error of a row that is there stays.
     *
     * @throws IllegalArgumentException when another row's value is not what is asked for
     */
    public WindowFunction otherwise(Object value) {
        if (!kind.takesInput) {
            throw new IllegalArgumentException(kind + " is of every row");
        }
        return new WindowFunction(kind, input, number, Objects.requireNonNull(value, "value"), frame, name);
    }

    /** The nth value of the rows of a frame around each row. */
    public WindowFunction over(Frame newFrame) {
        return new WindowFunction(kind, input, number, otherwise, newFrame, name);
    }

    private static WindowFunction place(Kind kind, long number) {
        return new WindowFunction(kind, Optional.empty(), number, null, Frame.all(), lower(kind));
    }

    private static WindowFunction value(Kind kind, Expr input, long number) {
        String of = input instanceof Expr.Column column
                ? column.name()
                : Nesting.checked(input).toString();
        return new WindowFunction(kind, Optional.of(input), number, null, Frame.all(), lower(kind) + "_" + of);
    }

    private static String lower(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        String arguments =
                input.map(value -> value + ", " + number).orElse(kind == Kind.NTILE ? Long.toString(number) : "");
        return lower(kind) + "(" + arguments + ")"
                + (otherwise == null ? "" : " otherwise " + Literals.text(otherwise))
                + (frame.equals(Frame.all()) ? "" : " over " + frame)
                + " as " + ExprText.column(name);
    }
}
