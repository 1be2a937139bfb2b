package io.millrace.dataflow.plan;

import io.millrace.dataflow.expr.ColumnSelector;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.Nesting;
import io.millrace.dataflow.expr.SortKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A step that chooses, orders, numbers or repeats the rows of one input. */
public sealed interface RowStep extends Step {
    /** Keeps the rows for which the predicate is true. */
    record Filter(Expr predicate) implements RowStep {
        public Filter {
            Nesting.checked(predicate);
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Keeps the rows for which the predicate is true of every selected column, or of any. A placeholder in it stands for
     * the column. When no column is selected every row is kept.
     */
    record FilterColumns(ColumnSelector columns, Quantifier quantifier, Expr predicate) implements RowStep {
        public FilterColumns {
            Nesting.checked(columns);
            Objects.requireNonNull(quantifier, "quantifier");
            Nesting.checked(predicate);
        }

        /** Of how many columns the predicate must be true. */
        public enum Quantifier {
            /** Of all of them. */
            EVERY,
            /** Of at least one. */
            ANY
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** A row for each element of a list, which stands in place of the list. */
    record Explode(String column, Empty empty) implements RowStep {
        public Explode {
            Objects.requireNonNull(column, "column");
            Objects.requireNonNull(empty, "empty");
        }

        /** What becomes of rows whose list is null or has no elements. */
        public enum Empty {
            /** They are left out. */
            DROPPED,
            /** They are kept, with null. */
            NULL
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Leaves out the rows that have an error value in one of these columns; in any when there are none named.
     *
     * @param atMost how many rows may be left out before the run fails; {@link #ANY_NUMBER} for no limit
     * @param path the file that gets the errors of these rows, or empty
     */
    record RejectErrors(List<String> columns, long atMost, Optional<String> path) implements RowStep {
        /** No limit. */
        public static final long ANY_NUMBER = Long.MAX_VALUE;

        public RejectErrors {
            columns = List.copyOf(columns);
            if (atMost < 0) {
                throw new IllegalArgumentException("rows must not be negative: " + atMost);
            }
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Keeps the first rows. */
    record Limit(long rows) implements RowStep {
        public Limit {
            requireNotNegative(rows);
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Leaves out the first rows. */
    record Skip(long rows) implements RowStep {
        public Skip {
            requireNotNegative(rows);
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Keeps the last rows, in their order. */
    record Tail(long rows) implements RowStep {
        public Tail {
            requireNotNegative(rows);
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Adds a column with the number of the row, from 1. */
    record RowNumber(String name) implements RowStep {
        public RowNumber {
            Objects.requireNonNull(name, "name");
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Keeps that many rows, or all when there are fewer, chosen by a hash of the seed and the row; in their order. */
    record SampleRows(long rows, long seed) implements RowStep {
        public SampleRows {
            requireNotNegative(rows);
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Fails when there are no rows, and changes nothing otherwise. */
    record RequireRows() implements RowStep {
        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Orders the rows; equal ones stay in the order they came in. */
    record Sort(List<SortKey> keys) implements RowStep {
        public Sort {
            keys = List.copyOf(keys);
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("a sort needs at least one key");
            }
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Keeps some rows of each combination of values in these columns. */
    record Distinct(ColumnSelector columns, Keep keep) implements RowStep {
        public Distinct {
            Nesting.checked(columns);
            Objects.requireNonNull(keep, "keep");
        }

        /** The step for columns by name; for all columns when none are named. */
        public Distinct(List<String> names, Keep keep) {
            this(names.isEmpty() ? ColumnSelector.all() : new ColumnSelector.Named(names), keep);
        }

        /** Which rows of a combination are kept, each in its place. */
        public enum Keep {
            /** The first one. */
            FIRST,
            /** The last one. */
            LAST,
            /** All of them, where there are two or more. */
            REPEATED
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    private static void requireNotNegative(long rows) {
        if (rows < 0) {
            throw new IllegalArgumentException("rows must not be negative: " + rows);
        }
    }

    /** One method per step of this kind. */
    interface Visitor<R> {
        R visit(Filter step);

        R visit(FilterColumns step);

        R visit(Explode step);

        R visit(RejectErrors step);

        R visit(Limit step);

        R visit(Skip step);

        R visit(Tail step);

        R visit(RowNumber step);

        R visit(SampleRows step);

        R visit(RequireRows step);

        R visit(Sort step);

        R visit(Distinct step);
    }
}
