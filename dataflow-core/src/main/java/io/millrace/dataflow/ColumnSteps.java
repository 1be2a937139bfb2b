package io.millrace.dataflow;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.ColumnSelector;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.ColumnStep;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Steps about which columns there are, their names and their order. Cells are untouched by all but {@link #withColumn}
 * and what is made of it.
 *
 * @param <T> what carries the steps
 */
public sealed interface ColumnSteps<T extends RowSteps<T>> permits RowSteps {
    /** Adds a column at the end, or replaces the one of that name in place. Engines: local, Spark. */
    default T withColumn(String name, Expr value) {
        return Steps.add(this, new ColumnStep.WithColumn(name, value));
    }

    /**
     * Adds a column right after another one. A column that has the name is replaced, and moves there. Engines: local,
     * Spark.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN} or {@code TYPE_MISMATCH}
     */
    default T withColumnAfter(String prior, String name, Expr value) {
        return withColumn(name, value).moveAfter(prior, name);
    }

    /**
     * Adds a copy of a column right after it. A column that has the name of the copy is replaced. Engines: local, Spark.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN}
     */
    default T duplicate(String column, String newName) {
        return withColumnAfter(column, newName, Expr.col(column));
    }

    /** Gives a column another name, in place. Engines: local, Spark. */
    default T rename(String from, String to) {
        return Steps.add(this, new ColumnStep.Rename(from, to));
    }

    /**
     * Gives columns other names, in place and all at once, so that two may change theirs with each other. The keys are
     * the names before. Engines: local, Spark.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN} or {@code DUPLICATE_COLUMN}
     */
    default T renameAll(Map<String, String> names) {
        return Steps.add(this, new ColumnStep.RenameAll(names));
    }

    /**
     * Renames every column whose whole name matches a regular expression. {@code $1} in {@code replacement} stands for
     * the first group: {@code renameMatching("old_(.*)", "$1")}. Engines: local, Spark.
     *
     * @throws IllegalArgumentException when {@code pattern} is no regular expression
     * @throws DataflowException {@code UNKNOWN_COLUMN} when no name matches, {@code DUPLICATE_COLUMN}, or
     *     {@code INVALID_ARGUMENT} for a group that is not there
     */
    default T renameMatching(String pattern, String replacement) {
        return renameMatching(ColumnSelector.matching(pattern), replacement);
    }

    /** As {@link #renameMatching(String, String)}, with a pattern that may ignore case. Engines: local, Spark. */
    default T renameMatching(ColumnSelector.Matching pattern, String replacement) {
        return Steps.add(this, new ColumnStep.RenameMatching(pattern, replacement));
    }

    /** Keeps these columns, in this order. Engines: local, Spark. */
    default T select(String... columns) {
        return Steps.add(this, new ColumnStep.Select(Arrays.asList(columns)));
    }

    /**
     * Keeps the columns that {@code columns} selects, in its order. Engines: local, Spark.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN} when it finds none, {@code INVALID_ARGUMENT} when it may find
     *     none and does
     */
    default T select(ColumnSelector columns) {
        return Steps.add(this, new ColumnStep.Select(columns));
    }

    /** Leaves these columns out. Engines: local, Spark. */
    default T drop(String... columns) {
        return Steps.add(this, new ColumnStep.Drop(Arrays.asList(columns)));
    }

    /**
     * Leaves the selected columns out; with an optional selector that may be none. Engines: local, Spark.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN} when it finds none, {@code INVALID_ARGUMENT} when it finds all
     */
    default T drop(ColumnSelector columns) {
        return Steps.add(this, new ColumnStep.Drop(columns));
    }

    /** Puts columns before all others, in the order given. Engines: local, Spark. */
    default T moveFirst(String... columns) {
        return moveFirst(new ColumnSelector.Named(List.of(columns)));
    }

    /** Puts the selected columns before all others, in the selector's order. Engines: local, Spark. */
    default T moveFirst(ColumnSelector columns) {
        return Steps.add(this, new ColumnStep.Move(columns, Optional.empty()));
    }

    /** Puts columns right after {@code prior}, in the order given. Engines: local, Spark. */
    default T moveAfter(String prior, String... columns) {
        return moveAfter(prior, new ColumnSelector.Named(List.of(columns)));
    }

    /**
     * Puts the selected columns right after {@code prior}, in the selector's order; {@code prior} itself stays where it
     * is. Engines: local, Spark.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN}
     */
    default T moveAfter(String prior, ColumnSelector columns) {
        return Steps.add(this, new ColumnStep.Move(columns, Optional.of(prior)));
    }
}
