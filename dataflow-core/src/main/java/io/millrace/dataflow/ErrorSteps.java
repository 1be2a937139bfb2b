package io.millrace.dataflow;

import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.ColumnStep;
import io.millrace.dataflow.schema.DataType;

/**
 * Steps about error values, and about text of JSON, which makes them. Each looks at one row at a time.
 *
 * @param <T> what carries the steps
 */
public sealed interface ErrorSteps<T extends RowSteps<T>> permits RowSteps {
    /**
     * Puts {@code value} in place of the error values of a column. Nulls stay. The column takes the type that both meet
     * in. Engines: local, Spark.
     */
    default T fillErrors(String column, Object value) {
        return Steps.add(
                this, new ColumnStep.WithColumn(column, Expr.col(column).ifError(value)));
    }

    /**
     * Takes the error values out of a column: their codes and original texts go to two columns, which are null in rows
     * without an error, and they become null. Engines: local, Spark.
     */
    default T extractErrors(String column, String codeColumn, String textColumn) {
        Expr input = Expr.col(column);
        T codes = Steps.add(this, new ColumnStep.WithColumn(codeColumn, input.errorCode()));
        return codes.withColumn(textColumn, input.errorText()).withColumn(column, input.ifError(Expr.lit(null)));
    }

    /** Reads the JSON in a text column as values of a type, in place. See {@link Expr#parseJson}. Engines: local, Spark. */
    default T parseJsonColumn(String column, DataType type) {
        return Steps.add(
                this, new ColumnStep.WithColumn(column, Expr.col(column).parseJson(type)));
    }
}
