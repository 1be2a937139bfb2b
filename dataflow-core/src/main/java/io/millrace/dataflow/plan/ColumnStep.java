package io.millrace.dataflow.plan;

import io.millrace.dataflow.expr.ColumnSelector;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.Literals;
import io.millrace.dataflow.expr.Nesting;
import io.millrace.dataflow.schema.DataType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** A step that chooses, names, orders or computes columns, and gives a row for every row. */
public sealed interface ColumnStep extends Step {
    /** Keeps these columns, in this order. */
    record Select(ColumnSelector columns) implements ColumnStep {
        public Select {
            Nesting.checked(columns);
        }

        /** The step for columns by name. */
        public Select(List<String> names) {
            this(new ColumnSelector.Named(names));
        }

        /** The names, when the columns were selected by nothing else. */
        public List<String> names() {
            return ColumnStep.names(columns);
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Leaves these columns out. */
    record Drop(ColumnSelector columns) implements ColumnStep {
        public Drop {
            Nesting.checked(columns);
        }

        /** The step for columns by name. */
        public Drop(List<String> names) {
            this(new ColumnSelector.Named(names));
        }

        /** The names, when the columns were selected by nothing else. */
        public List<String> names() {
            return ColumnStep.names(columns);
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Gives a column another name, in place. */
    record Rename(String from, String to) implements ColumnStep {
        public Rename {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Gives columns other names, in place and all at once: two may change theirs with each other. The names are sorted, since
     * maps that hold the same are the same step.
     */
    record RenameAll(Map<String, String> names) implements ColumnStep {
        public RenameAll {
            names = Collections.unmodifiableMap(new TreeMap<>(names));
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Gives every column whose whole name matches {@code pattern} the name that {@code replacement} makes of it, in which
     * {@code $1} stands for the first group.
     */
    record RenameMatching(ColumnSelector.Matching pattern, String replacement) implements ColumnStep {
        public RenameMatching {
            Objects.requireNonNull(pattern, "pattern");
            Objects.requireNonNull(replacement, "replacement");
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Puts columns, in the order they are selected, right after another one; before all others when there is none. */
    record Move(ColumnSelector columns, Optional<String> after) implements ColumnStep {
        public Move {
            Nesting.checked(columns);
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Adds a column at the end, or replaces the one of that name in place. */
    record WithColumn(String name, Expr value) implements ColumnStep {
        public WithColumn {
            Objects.requireNonNull(name, "name");
            Nesting.checked(value);
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Puts a value in place of each selected column, which a placeholder in {@code value} stands for; all at once. */
    record WithColumns(ColumnSelector columns, Expr value, Typing typing) implements ColumnStep {
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
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Converts a column in place. What does not fit is an error value. */
    record Cast(String column, DataType to) implements ColumnStep {
        public Cast {
            Objects.requireNonNull(column, "column");
            Objects.requireNonNull(to, "to");
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Puts a constant in place of the nulls of a column. Error values stay. */
    record FillNull(String column, Object value) implements ColumnStep {
        public FillNull {
            Objects.requireNonNull(column, "column");
            value = Objects.requireNonNull(Literals.normalised(Objects.requireNonNull(value, "value")));
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Puts the fields of a struct in its place. */
    record Unnest(String column) implements ColumnStep {
        public Unnest {
            Objects.requireNonNull(column, "column");
        }

        @Override
        public <R> R accept(Step.Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    private static List<String> names(ColumnSelector columns) {
        if (columns instanceof ColumnSelector.Named named) {
            return named.names();
        }
        throw new IllegalStateException("not selected by name: " + columns);
    }

    /** One method per step of this kind. */
    interface Visitor<R> {
        R visit(Select step);

        R visit(Drop step);

        R visit(Rename step);

        R visit(RenameAll step);

        R visit(RenameMatching step);

        R visit(Move step);

        R visit(WithColumn step);

        R visit(WithColumns step);

        R visit(Cast step);

        R visit(FillNull step);

        R visit(Unnest step);
    }
}
