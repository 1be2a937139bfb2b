package io.millrace.dataflow.expr;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A value computed from the rows of a group, and the name of the column that holds it. Nulls are passed over; an error
 * value in a group makes the group's value an error.
 */
public record Aggregate(Kind kind, Optional<Expr> input, String name) {
    public Aggregate {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        if ((kind == Kind.COUNT_ROWS) != input.isEmpty()) {
            throw new IllegalArgumentException(kind + (input.isEmpty() ? " needs an input" : " takes no input"));
        }
    }

    /** What is computed. */
    public enum Kind {
        /** The number of rows, an int64. */
        COUNT_ROWS,
        /** The number of values that are not null, an int64. */
        COUNT,
        /** The number of different values that are not null, an int64. */
        COUNT_DISTINCT,
        /** The sum in the input's type; a decimal's has 38 digits; null for no value; overflow is an error value. */
        SUM,
        /** The arithmetic mean as float64; null for no value. */
        MEAN,
        /** The least value; null for no value. */
        MIN,
        /** The greatest value; null for no value. */
        MAX
    }

    /** The number of rows, in column {@code count}. */
    public static Aggregate count() {
        return new Aggregate(Kind.COUNT_ROWS, Optional.empty(), "count");
    }

    /** The number of values that are not null, in column {@code count_COLUMN}. */
    public static Aggregate count(String column) {
        return of(Kind.COUNT, column);
    }

    /** The number of different values, in column {@code count_distinct_COLUMN}. */
    public static Aggregate countDistinct(String column) {
        return of(Kind.COUNT_DISTINCT, column);
    }

    /** The sum, in column {@code sum_COLUMN}. */
    public static Aggregate sum(String column) {
        return of(Kind.SUM, column);
    }

    /** The mean, in column {@code mean_COLUMN}. */
    public static Aggregate mean(String column) {
        return of(Kind.MEAN, column);
    }

    /** The least value, in column {@code min_COLUMN}. */
    public static Aggregate min(String column) {
        return of(Kind.MIN, column);
    }

    /** The greatest value, in column {@code max_COLUMN}. */
    public static Aggregate max(String column) {
        return of(Kind.MAX, column);
    }

    /** The same value in a column named {@code newName}. */
    public Aggregate as(String newName) {
        return new Aggregate(kind, input, newName);
    }

    private static Aggregate of(Kind kind, String column) {
        return new Aggregate(kind, Optional.of(Expr.col(column)), kind.name().toLowerCase(Locale.ROOT) + "_" + column);
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + "("
                + input.map(Expr::toString).orElse("") + ") as " + ExprText.column(name);
    }
}
