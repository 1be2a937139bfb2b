package io.millrace.dataflow.plan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Cardinality;
import io.millrace.dataflow.expr.JoinKind;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.ReadOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.table.Table;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an engine does: a bound step. The sugar of the language has become few shapes over positions and types.
 * Immutable.
 */
public sealed interface Operator {
    /** Rows of files, with the columns of {@code schema} by name, whatever else the files hold. */
    record Scan(Source source, ReadOptions options, Schema schema) implements Operator {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Rows held in the plan, each in the order of {@code schema}, values as {@code Literals} normalises them. */
    record Values(Schema schema, List<List<@Nullable Object>> rows) implements Operator {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Rows of a table in memory, with the columns of it that {@code columns} names. */
    record TableRows(Table table, List<Integer> columns) implements Operator {
        public TableRows {
            Objects.requireNonNull(table, "table");
            columns = List.copyOf(columns);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Columns, by index, of rows that live in one engine. */
    record Hosted(HostedRows rows, List<Integer> columns) implements Operator {
        public Hosted {
            columns = List.copyOf(columns);
        }

        /** The error of an engine that other rows live in. */
        public DataflowException refused(Plan.Stage stage, String engine) {
            return DataflowException.of(
                    ErrorCode.UNSUPPORTED_BY_ENGINE,
                    "Cannot run " + stage.text() + " on the engine '" + engine + "': its rows live in the engine '"
                            + rows.engine() + "'",
                    "Run the dataflow on the engine that made it, or write the rows to Parquet or CSV there and read these"
                            + " files",
                    stage.where());
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** One column per expression, of the same row. */
    record Project(List<TypedExpr> columns) implements Operator {
        public Project {
            columns = columns instanceof PassedColumns ? columns : List.copyOf(columns);
        }

        /**
         * The places, from small to large, whose column is not the one that the input has in the same place. What looks
         * at these alone takes no time for columns that are passed on.
         */
        public int[] changed() {
            return PassedColumns.changed(columns);
        }

        /** The columns in the places of {@link #changed}. */
        public List<TypedExpr> changedColumns() {
            return PassedColumns.at(changed(), columns);
        }

        /** The projection with what {@code change} makes of each changed column; itself when it leaves all as they are. */
        @SuppressWarnings("ReferenceEquality") // what does not change is used as it is
        public Project mapped(UnaryOperator<TypedExpr> change) {
            List<TypedExpr> mapped = PassedColumns.mapped(columns, change);
            return mapped == columns ? this : new Project(mapped);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** The rows for which the predicate is true. */
    record Filter(TypedExpr predicate) implements Operator {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** A row for each element of the list at {@code column}, the element in its place. An error stays, in one row. */
    record Explode(int column, RowStep.Explode.Empty empty) implements Operator {
        public Explode {
            Objects.requireNonNull(empty, "empty");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * The rows without an error in any of {@code columns}. The run fails when more than {@code atMost} are left out; their
     * errors are written to the file at {@code path}, where there is one.
     */
    record RejectErrors(List<Integer> columns, long atMost, Optional<String> path) implements Operator {
        public RejectErrors {
            columns = List.copyOf(columns);
        }

        /** A filter that keeps the same rows, and neither counts nor writes. */
        public static Filter withoutErrors(List<Integer> columns, Schema schema) {
            Deque<TypedExpr> conditions = new ArrayDeque<>();
            for (int column : columns) {
                Schema.Field field = schema.field(column);
                TypedExpr input = new TypedExpr.Input(column, field.type(), field.nullable());
                TypedExpr error = new TypedExpr.Call(Function.IS_ERROR, List.of(input), DataTypes.BOOL, false);
                conditions.add(new TypedExpr.Call(Function.NOT, List.of(error), DataTypes.BOOL, false));
            }
            // Pairs are joined until one is left, so that the depth grows by the logarithm of the columns.
            while (conditions.size() > 1) {
                List<TypedExpr> pair = List.of(conditions.remove(), conditions.remove());
                conditions.add(new TypedExpr.Call(Function.AND, pair, DataTypes.BOOL, false));
            }
            return new Filter(
                    conditions.isEmpty() ? new TypedExpr.Constant(true, DataTypes.BOOL) : conditions.remove());
        }

        /** A filter that keeps the same rows of an input. */
        public Filter filter(Schema schema) {
            return withoutErrors(columns, schema);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** The first rows. */
    record Limit(long rows) implements Operator {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** The rows after the first ones. */
    record Skip(long rows) implements Operator {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** The last rows, in their order. */
    record Tail(long rows) implements Operator {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** All columns, and after them the number of the row as an int64, from 1. */
    record RowNumber() implements Operator {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** All rows. That there are none is an error, whatever asks for them. */
    record RequireRows() implements Operator {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Rows in order of the keys; equal ones stay in the order they came in. */
    record Sort(List<Key> keys) implements Operator {
        public Sort {
            keys = List.copyOf(keys);
        }

        /** The column at {@code index}, a direction and the place of nulls. */
        public record Key(int index, SortKey.Direction direction, SortKey.Nulls nulls) {}

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Several rows of each row: one per list of expressions over it, in their order. The lists have the same types. */
    record Expand(List<List<TypedExpr>> rows) implements Operator {
        public Expand {
            rows = rows.stream().map(List::copyOf).toList();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Some rows of each combination of values in {@code columns}, in their places. Nulls equal each other, and so do
     * errors of one text.
     */
    record Distinct(List<Integer> columns, RowStep.Distinct.Keep keep) implements Operator {
        public Distinct {
            columns = List.copyOf(columns);
            Objects.requireNonNull(keep, "keep");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** The rows of every input, one after the other; the inputs have the same columns in the same order. */
    record Union() implements Operator {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Pairs of rows of two inputs with equal keys, and what {@code kind} adds to them or leaves of them; without keys
     * every row with every row. A null or an error key equals nothing. In the order of the left input and then of the
     * right one, rows of the right one without a partner last.
     *
     * @param expected how many rows may have one key; more are an error
     */
    record Join(
            JoinKind kind, List<Integer> leftKeys, List<Integer> rightKeys, List<Column> columns, Cardinality expected)
            implements Operator {
        public Join {
            Objects.requireNonNull(kind, "kind");
            leftKeys = List.copyOf(leftKeys);
            rightKeys = List.copyOf(rightKeys);
            columns = List.copyOf(columns);
            Objects.requireNonNull(expected, "expected");
        }

        /** A column of the result: the one at {@code index} of a side, or the key of that number. */
        public record Column(Side side, int index) {}

        /** Where a column of the result comes from. */
        public enum Side {
            /** The left input. */
            LEFT,
            /** The right input. */
            RIGHT,
            /** A key: of the left row, or of the right one where there is no left row. */
            KEY
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Columns of two inputs side by side, row by row: the {@code left} ones of the first, then the {@code right} ones. */
    record Append(TableStep.AppendColumns.Lengths lengths, List<Integer> left, List<Integer> right)
            implements Operator {
        public Append {
            Objects.requireNonNull(lengths, "lengths");
            left = List.copyOf(left);
            right = List.copyOf(right);
        }

        /** The error of inputs that do not have the same number of rows, in a step as {@code explain} shows it. */
        public static DataflowException unequal(String step, long left, long right) {
            return DataflowException.of(
                    ErrorCode.UNEQUAL_LENGTHS,
                    "Cannot put columns side by side in " + step + ": the first input has " + left
                            + " rows and the other " + right,
                    "appendColumnsPadded(...) fills the shorter one up with nulls");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** One row per combination of key values, nulls equal to each other: the keys, then the aggregates. */
    record GroupBy(List<Integer> keys, List<Measure> measures) implements Operator {
        public GroupBy {
            keys = List.copyOf(keys);
            measures = List.copyOf(measures);
        }

        /**
         * A value computed from the rows of a group.
         *
         * @param inputs the positions of its input columns; none for {@code COUNT_ROWS}
         * @param parameter the parameter of the kinds that need one
         * @param type the type of the result
         */
        public record Measure(Aggregate.Kind kind, List<Integer> inputs, OptionalDouble parameter, DataType type) {
            public Measure {
                Objects.requireNonNull(kind, "kind");
                Objects.requireNonNull(type, "type");
                inputs = List.copyOf(inputs);
            }

            /** A measure of one input without a parameter; of no input when {@code input} is -1. */
            public Measure(Aggregate.Kind kind, int input, DataType type) {
                this(kind, input < 0 ? List.of() : List.of(input), OptionalDouble.empty(), type);
            }

            /** The position of the first input column; -1 for {@code COUNT_ROWS}. */
            public int input() {
                return inputs.isEmpty() ? -1 : inputs.get(0);
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Every row in its place, with the columns of its input that {@code columns} names and then the measures, which are
     * computed for it of the rows with the same values in {@code partition}, in the order of {@code order}.
     */
    record Window(List<Integer> columns, List<Integer> partition, List<Sort.Key> order, List<WindowMeasure> measures)
            implements Operator {
        public Window {
            columns = List.copyOf(columns);
            partition = List.copyOf(partition);
            order = List.copyOf(order);
            measures = List.copyOf(measures);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Calls the method of {@code visitor} for this shape. */
    <R> R accept(Visitor<R> visitor);

    /** One method per shape, so that a forgotten one does not compile. */
    interface Visitor<R> {
        R visit(Scan scan);

        R visit(Values values);

        R visit(TableRows rows);

        R visit(Hosted hosted);

        R visit(Project project);

        R visit(Filter filter);

        R visit(Expand expand);

        R visit(Explode explode);

        R visit(RejectErrors reject);

        R visit(Limit limit);

        R visit(Skip skip);

        R visit(Tail tail);

        R visit(RowNumber number);

        R visit(RequireRows require);

        R visit(Sort sort);

        R visit(Distinct distinct);

        R visit(Union union);

        R visit(Join join);

        R visit(Append append);

        R visit(GroupBy groupBy);

        R visit(Window window);
    }
}
