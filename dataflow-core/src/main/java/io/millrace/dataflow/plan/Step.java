package io.millrace.dataflow.plan;

import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.ColumnSelector;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.JoinOptions;
import io.millrace.dataflow.expr.Literals;
import io.millrace.dataflow.expr.Nesting;
import io.millrace.dataflow.expr.PivotColumn;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.expr.WindowColumn;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.ReadOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.table.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One operation of a dataflow as the user said it: its parameters, and nothing about its inputs. Immutable. */
public sealed interface Step {
    /** Rows of files of one format. The schema is empty until it was inferred, and frozen from then on. */
    record Read(Source source, ReadOptions options, Optional<Schema> schema) implements Step {
        public Read {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(options, "options");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Rows held in the plan. */
    record Values(Schema schema, List<List<@Nullable Object>> rows) implements Step {
        public Values {
            List<List<@Nullable Object>> copy = new ArrayList<>();
            for (List<@Nullable Object> row : rows) {
                if (row.size() != schema.size()) {
                    throw new IllegalArgumentException("row " + (copy.size() + 1) + " has " + row.size()
                            + " values for " + schema.size() + " columns");
                }
                List<@Nullable Object> values = new ArrayList<>();
                for (Object value : row) {
                    values.add(Literals.normalised(value));
                }
                copy.add(Collections.unmodifiableList(values));
            }
            rows = Collections.unmodifiableList(copy);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Rows of a table in memory, which stays its owner's. */
    record FromTable(Table table) implements Step {
        /** The most cells of a table that a saved plan holds. */
        static final long MOST_CELLS_SAVED = 10_000;

        public FromTable {
            Objects.requireNonNull(table, "table");
        }

        /** The same rows as a step that can be written; empty for many rows, error values, lists and structs. */
        Optional<Values> asValues() {
            Schema schema = table.schema();
            boolean fits = table.rowCount() * schema.size() <= MOST_CELLS_SAVED
                    && schema.fields().stream()
                            .noneMatch(field ->
                                    field.type() instanceof DataType.ListOf || field.type() instanceof DataType.Struct)
                    && table.errors().isEmpty();
            return fits ? Optional.of(new Values(schema, table.rows())) : Optional.empty();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Rows that live in one engine. */
    record Hosted(HostedRows rows) implements Step {
        public Hosted {
            Objects.requireNonNull(rows, "rows");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Keeps these columns, in this order. */
    record Select(ColumnSelector columns) implements Step {
        public Select {
            Nesting.checked(columns);
        }

        /** The step for columns by name. */
        public Select(List<String> names) {
            this(new ColumnSelector.Named(names));
        }

        /** The names, when the columns were selected by nothing else. */
        public List<String> names() {
            return Step.names(columns);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Leaves these columns out. */
    record Drop(ColumnSelector columns) implements Step {
        public Drop {
            Nesting.checked(columns);
        }

        /** The step for columns by name. */
        public Drop(List<String> names) {
            this(new ColumnSelector.Named(names));
        }

        /** The names, when the columns were selected by nothing else. */
        public List<String> names() {
            return Step.names(columns);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Gives a column another name, in place. */
    record Rename(String from, String to) implements Step {
        public Rename {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Gives columns other names, in place and all at once: two may change theirs with each other. The names are sorted, since
     * maps that hold the same are the same step.
     */
    record RenameAll(Map<String, String> names) implements Step {
        public RenameAll {
            names = Collections.unmodifiableMap(new TreeMap<>(names));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Gives every column whose whole name matches {@code pattern} the name that {@code replacement} makes of it, in which
     * {@code $1} stands for the first group.
     */
    record RenameMatching(ColumnSelector.Matching pattern, String replacement) implements Step {
        public RenameMatching {
            Objects.requireNonNull(pattern, "pattern");
            Objects.requireNonNull(replacement, "replacement");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Puts columns, in the order they are selected, right after another one; before all others when there is none. */
    record Move(ColumnSelector columns, Optional<String> after) implements Step {
        public Move {
            Nesting.checked(columns);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Adds a column at the end, or replaces the one of that name in place. */
    record WithColumn(String name, Expr value) implements Step {
        public WithColumn {
            Objects.requireNonNull(name, "name");
            Nesting.checked(value);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Puts a value in place of each selected column, which a placeholder in {@code value} stands for; all at once. */
    record WithColumns(ColumnSelector columns, Expr value, Typing typing) implements Step {
        public WithColumns {
            Nesting.checked(columns);
            Nesting.checked(value);
            Objects.requireNonNull(typing, "typing");
        }

        /** Which type a column has afterwards. */
        public enum Typing {
            /** That of the value. */
            AS_COMPUTED,
            /** The one it had. A value of another type is refused, but for a decimal of other digits, which is cast. */
            AS_BEFORE
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Converts a column in place. What does not fit is an error value. */
    record Cast(String column, DataType to) implements Step {
        public Cast {
            Objects.requireNonNull(column, "column");
            Objects.requireNonNull(to, "to");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Keeps the rows for which the predicate is true. */
    record Filter(Expr predicate) implements Step {
        public Filter {
            Nesting.checked(predicate);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Keeps the rows for which the predicate is true of every selected column, or of any. A placeholder in it stands for
     * the column. When no column is selected every row is kept.
     */
    record FilterColumns(ColumnSelector columns, Quantifier quantifier, Expr predicate) implements Step {
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
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Puts a constant in place of the nulls of a column. Error values stay. */
    record FillNull(String column, Object value) implements Step {
        public FillNull {
            Objects.requireNonNull(column, "column");
            value = Objects.requireNonNull(Literals.normalised(Objects.requireNonNull(value, "value")));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** A row for each element of a list, which stands in place of the list. */
    record Explode(String column, Empty empty) implements Step {
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
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Puts the fields of a struct in its place. */
    record Unnest(String column) implements Step {
        public Unnest {
            Objects.requireNonNull(column, "column");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Leaves out the rows that have an error value in one of these columns; in any when there are none named.
     *
     * @param atMost how many rows may be left out before the run fails; {@link #ANY_NUMBER} for no limit
     * @param path the file that gets the errors of these rows, or empty
     */
    record RejectErrors(List<String> columns, long atMost, Optional<String> path) implements Step {
        /** No limit. */
        public static final long ANY_NUMBER = Long.MAX_VALUE;

        public RejectErrors {
            columns = List.copyOf(columns);
            if (atMost < 0) {
                throw new IllegalArgumentException("rows must not be negative: " + atMost);
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Keeps the first rows. */
    record Limit(long rows) implements Step {
        public Limit {
            requireNotNegative(rows);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Leaves out the first rows. */
    record Skip(long rows) implements Step {
        public Skip {
            requireNotNegative(rows);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Keeps the last rows, in their order. */
    record Tail(long rows) implements Step {
        public Tail {
            requireNotNegative(rows);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Adds a column with the number of the row, from 1. */
    record RowNumber(String name) implements Step {
        public RowNumber {
            Objects.requireNonNull(name, "name");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Keeps that many rows, or all when there are fewer, chosen by a hash of the seed and the row; in their order. */
    record SampleRows(long rows, long seed) implements Step {
        public SampleRows {
            requireNotNegative(rows);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Fails when there are no rows, and changes nothing otherwise. */
    record RequireRows() implements Step {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Orders the rows; equal ones stay in the order they came in. */
    record Sort(List<SortKey> keys) implements Step {
        public Sort {
            keys = List.copyOf(keys);
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("a sort needs at least one key");
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Keeps some rows of each combination of values in these columns. */
    record Distinct(ColumnSelector columns, Keep keep) implements Step {
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
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** The rows of the first input, then those of the others. */
    record Union(Match match) implements Step {
        public Union {
            Objects.requireNonNull(match, "match");
        }

        /** Which columns of the inputs belong together. */
        public enum Match {
            /** Those of one name; all inputs have the same columns with the same types. */
            SAME,
            /** Those of one name; absent ones are null, and types meet. */
            NAME,
            /** Those at one position, under the names of the first input; types meet. */
            POSITION
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Pairs the rows of two inputs that agree in their keys. */
    record Join(JoinOptions options) implements Step {
        public Join {
            Objects.requireNonNull(options, "options");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** The columns of two inputs side by side, row by row. */
    record AppendColumns(Lengths lengths) implements Step {
        public AppendColumns {
            Objects.requireNonNull(lengths, "lengths");
        }

        /** What becomes of inputs that do not have the same number of rows. */
        public enum Lengths {
            /** They are an error. */
            EQUAL,
            /** The rows of the longer one stay, with nulls. */
            PADDED
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Makes of each row one per value column, with its name and its value. All columns that are not kept when none is named. */
    record Unpivot(List<String> keep, List<String> values, String nameColumn, String valueColumn) implements Step {
        public Unpivot {
            keep = List.copyOf(keep);
            values = List.copyOf(values);
            Objects.requireNonNull(nameColumn, "nameColumn");
            Objects.requireNonNull(valueColumn, "valueColumn");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** One row per combination of key values, with one aggregate of the rows of each pivoted value in a column of its own. */
    record Pivot(List<String> keys, String column, Aggregate aggregate, List<PivotColumn> columns) implements Step {
        public Pivot {
            keys = List.copyOf(keys);
            Objects.requireNonNull(column, "column");
            Objects.requireNonNull(aggregate, "aggregate");
            columns = List.copyOf(columns);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** One row per combination of key values, with aggregates. */
    record GroupBy(List<String> keys, List<Aggregate> aggregates) implements Step {
        public GroupBy {
            keys = List.copyOf(keys);
            aggregates = List.copyOf(aggregates);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Adds columns that are computed for each row of the rows of its partition. */
    record Window(io.millrace.dataflow.expr.Window over, List<WindowColumn> columns) implements Step {
        public Window {
            Objects.requireNonNull(over, "over");
            columns = List.copyOf(columns);
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("a window needs at least one column");
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    private static void requireNotNegative(long rows) {
        if (rows < 0) {
            throw new IllegalArgumentException("rows must not be negative: " + rows);
        }
    }

    private static List<String> names(ColumnSelector columns) {
        if (columns instanceof ColumnSelector.Named named) {
            return named.names();
        }
        throw new IllegalStateException("not selected by name: " + columns);
    }

    /** Calls the method of {@code visitor} for this step. */
    <R> R accept(Visitor<R> visitor);

    /** One method per step, so that a forgotten one does not compile. */
    interface Visitor<R> {
        R visit(Read step);

        R visit(FromTable step);

        R visit(Values step);

        R visit(Hosted step);

        R visit(Select step);

        R visit(Drop step);

        R visit(Rename step);

        R visit(RenameAll step);

        R visit(RenameMatching step);

        R visit(Move step);

        R visit(WithColumn step);

        R visit(WithColumns step);

        R visit(Cast step);

        R visit(Filter step);

        R visit(FilterColumns step);

        R visit(FillNull step);

        R visit(Explode step);

        R visit(Unnest step);

        R visit(RejectErrors step);

        R visit(Limit step);

        R visit(Skip step);

        R visit(Tail step);

        R visit(RowNumber step);

        R visit(SampleRows step);

        R visit(RequireRows step);

        R visit(Sort step);

        R visit(Distinct step);

        R visit(Union step);

        R visit(Join step);

        R visit(AppendColumns step);

        R visit(Unpivot step);

        R visit(Pivot step);

        R visit(GroupBy step);

        R visit(Window step);
    }
}
