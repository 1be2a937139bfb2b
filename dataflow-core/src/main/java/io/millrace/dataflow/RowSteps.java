package io.millrace.dataflow;

import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.schema.DataType;

/**
 * Steps that turn one row into one row, looking at nothing else.
 *
 * @param <T> what carries the steps
 */
public interface RowSteps<T extends RowSteps<T>> {
    /** Adds a column at the end, or replaces the one of that name in place. Engines: local, Spark. */
    T withColumn(String name, Expr value);

    /** Converts a column in place. A value that does not fit is an error value. Engines: local, Spark. */
    T cast(String column, DataType to);

    /** Gives a column another name, in place. Engines: local, Spark. */
    T rename(String from, String to);

    /** Keeps these columns, in this order. Engines: local, Spark. */
    T select(String... columns);

    /** Leaves these columns out. Engines: local, Spark. */
    T drop(String... columns);

    /** Puts {@code value} in place of the nulls of a column. Error values stay. Engines: local, Spark. */
    T fillNull(String column, Object value);
}
