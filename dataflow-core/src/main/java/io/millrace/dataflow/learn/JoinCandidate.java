package io.millrace.dataflow.learn;

import io.millrace.dataflow.expr.Cardinality;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.JoinKeys;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Columns that two dataflows could be joined by, with what speaks for it.
 *
 * @param keys the pairs of columns
 * @param left what the keys are in the left dataflow
 * @param right what the keys are in the right dataflow
 * @param shared how many different keys both have
 * @param pairs how many pairs of rows agree in the keys: the rows of an inner join
 * @param nameLikeness how alike the names are, from 0 to 1, the mean of the pairs
 */
public record JoinCandidate(
        List<KeyColumns> keys, KeyRows left, KeyRows right, long shared, long pairs, double nameLikeness) {
    public JoinCandidate {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a join needs at least one pair of columns");
        }
        Objects.requireNonNull(left, "left");
        Objects.requireNonNull(right, "right");
    }

    /** A column of the left dataflow and one of the right, of one type. */
    public record KeyColumns(String left, String right) {
        public KeyColumns {
            Objects.requireNonNull(left, "left");
            Objects.requireNonNull(right, "right");
        }

        /** {@code customer = id}, or the name of both. */
        @Override
        public String toString() {
            String name = Expr.col(left).toString();
            return left.equals(right) ? name : name + " = " + Expr.col(right);
        }
    }

    /**
     * The rows of a dataflow, as keys see them.
     *
     * @param rows all rows
     * @param keyed the rows without a null or error among the keys
     * @param different the different keys
     * @param matched the rows that have a partner in the other dataflow
     */
    public record KeyRows(long rows, long keyed, long different, long matched) {
        /** Whether no two rows have one key. */
        public boolean isUnique() {
            return different == keyed;
        }

        /** Different keys by rows that have one, from 0 to 1. */
        public double uniqueness() {
            return keyed == 0 ? 0 : (double) different / keyed;
        }

        /** Rows with a partner by rows, from 0 to 1. */
        public double coverage() {
            return rows == 0 ? 0 : (double) matched / rows;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,d of %,d rows have a partner, %,d different keys%s",
                    matched,
                    rows,
                    different,
                    isUnique() ? "" : String.format(Locale.ROOT, " on %,d rows", keyed));
        }
    }

    /** How many rows of each dataflow have one key, in the rows that were seen. */
    public Cardinality cardinality() {
        if (left.isUnique()) {
            return right.isUnique() ? Cardinality.ONE_TO_ONE : Cardinality.ONE_TO_MANY;
        }
        return right.isUnique() ? Cardinality.MANY_TO_ONE : Cardinality.MANY_TO_MANY;
    }

    /**
     * From 0 to 1: the uniqueness of the more unique side, times {@link #plausibility}. So columns of few different values
     * on both sides, which pair everything with everything, come last.
     */
    public double score() {
        return Math.max(left.uniqueness(), right.uniqueness()) * plausibility();
    }

    /** The mean of the likeness of the names and the coverage, in which the better covered side counts three times. */
    double plausibility() {
        double more = Math.max(left.coverage(), right.coverage());
        double less = Math.min(left.coverage(), right.coverage());
        return (nameLikeness + 0.75 * more + 0.25 * less) / 2;
    }

    /** The keys, for a join. */
    public JoinKeys joinKeys() {
        JoinKeys made = JoinKeys.of(keys.get(0).left(), keys.get(0).right());
        for (KeyColumns pair : keys.subList(1, keys.size())) {
            made = made.and(pair.left(), pair.right());
        }
        return made;
    }

    /** The keys and what speaks for them. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: score %.2f, %s, %,d %s\n  left:  %s\n  right: %s",
                keys.stream().map(KeyColumns::toString).collect(Collectors.joining(", ")),
                score(),
                cardinality().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                pairs,
                pairs == 1 ? "pair" : "pairs",
                left,
                right);
    }
}
