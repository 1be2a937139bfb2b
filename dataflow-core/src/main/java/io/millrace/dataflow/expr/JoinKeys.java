package io.millrace.dataflow.expr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What two rows must agree in to be joined: one or more pairs of an expression over the left input and one over the right
 * one. {@code JoinKeys.of("id", "customer").and("day")} pairs {@code id} with {@code customer}, and {@code day} with
 * {@code day}. A null or an error on either side equals nothing. Immutable.
 */
public record JoinKeys(List<Pair> pairs) {
    public JoinKeys {
        pairs = List.copyOf(pairs);
    }

    /** An expression over the left input, and the one over the right input that it has to equal. */
    public record Pair(Expr left, Expr right) {
        public Pair {
            Nesting.checked(left);
            Nesting.checked(right);
        }

        /** Whether both sides are a column of one name. Such a key is one column of the result. */
        public boolean isShared() {
            return left instanceof Expr.Column && left.equals(right);
        }

        /** The name of a shared column, else {@code left = right}. */
        @Override
        public String toString() {
            return isShared() ? left.toString() : left + " = " + right;
        }
    }

    /** No keys, for a join of every row with every row. */
    static JoinKeys none() {
        return new JoinKeys(List.of());
    }

    /** Columns that both inputs have. */
    public static JoinKeys shared(String... columns) {
        return new JoinKeys(Arrays.stream(columns)
                .map(column -> new Pair(Expr.col(column), Expr.col(column)))
                .toList());
    }

    /** A column that both inputs have. */
    public static JoinKeys of(String column) {
        return shared(column);
    }

    /** A column of the left input and one of the right input. */
    public static JoinKeys of(String left, String right) {
        return of(Expr.col(left), Expr.col(right));
    }

    /** An expression over the left input and one over the right input. */
    public static JoinKeys of(Expr left, Expr right) {
        return new JoinKeys(List.of(new Pair(left, right)));
    }

    /** These keys and a column that both inputs have. */
    public JoinKeys and(String column) {
        return and(Expr.col(column), Expr.col(column));
    }

    /** These keys and a column of each input. */
    public JoinKeys and(String left, String right) {
        return and(Expr.col(left), Expr.col(right));
    }

    /** These keys and an expression over each input. */
    public JoinKeys and(Expr left, Expr right) {
        List<Pair> extended = new ArrayList<>(pairs);
        extended.add(new Pair(left, right));
        return new JoinKeys(extended);
    }

    /** The pairs, separated by commas. */
    @Override
    public String toString() {
        return pairs.stream().map(Pair::toString).collect(Collectors.joining(", "));
    }
}
