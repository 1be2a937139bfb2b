package io.millrace.dataflow.plan;

import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.JoinOptions;
import io.millrace.dataflow.expr.PivotColumn;
import io.millrace.dataflow.expr.WindowColumn;
import java.util.List;
import java.util.Objects;

/** A step that combines several inputs, or makes other rows of those it is given. */
public sealed interface TableStep extends Step {
    /** The rows of the first input, then those of the others. */
    record Union(Match match) implements TableStep {
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
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Pairs the rows of two inputs that agree in their keys. */
    record Join(JoinOptions options) implements TableStep {
        public Join {
            Objects.requireNonNull(options, "options");
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** The columns of two inputs side by side, row by row. */
    record AppendColumns(Lengths lengths) implements TableStep {
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
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Makes of each row one per value column, with its name and its value. All columns that are not kept when none is named. */
    record Unpivot(List<String> keep, List<String> values, String nameColumn, String valueColumn) implements TableStep {
        public Unpivot {
            keep = List.copyOf(keep);
            values = List.copyOf(values);
            Objects.requireNonNull(nameColumn, "nameColumn");
            Objects.requireNonNull(valueColumn, "valueColumn");
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** One row per combination of key values, with one aggregate of the rows of each pivoted value in a column of its own. */
    record Pivot(List<String> keys, String column, Aggregate aggregate, List<PivotColumn> columns)
            implements TableStep {
        public Pivot {
            keys = List.copyOf(keys);
            Objects.requireNonNull(column, "column");
            Objects.requireNonNull(aggregate, "aggregate");
            columns = List.copyOf(columns);
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** One row per combination of key values, with aggregates. */
    record GroupBy(List<String> keys, List<Aggregate> aggregates) implements TableStep {
        public GroupBy {
            keys = List.copyOf(keys);
            aggregates = List.copyOf(aggregates);
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Adds columns that are computed for each row of the rows of its partition. */
    record Window(io.millrace.dataflow.expr.Window over, List<WindowColumn> columns) implements TableStep {
        public Window {
            Objects.requireNonNull(over, "over");
            columns = List.copyOf(columns);
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("a window needs at least one column");
            }
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** One method per step of this kind. */
    interface Visitor<R> {
        R visit(Union step);

        R visit(Join step);

        R visit(AppendColumns step);

        R visit(Unpivot step);

        R visit(Pivot step);

        R visit(GroupBy step);

        R visit(Window step);
    }
}
