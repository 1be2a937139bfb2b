package io.millrace.dataflow;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.ColumnStep;
import io.millrace.dataflow.plan.RowStep;

/** Steps that take lists and structs apart. */
public sealed interface NestedSteps permits Dataflow {
    /**
     * A row for each element of a list column, the element in its place, in order. Rows whose list is null or empty are
     * left out; an error value stays, in one row. Rows keep the place they came from. Engines: local, Spark.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN}, or {@code TYPE_MISMATCH} when the column is no list
     */
    default Dataflow explode(String column) {
        return Steps.add(this, new RowStep.Explode(column, RowStep.Explode.Empty.DROPPED));
    }

    /** As {@link #explode}, and keeps rows whose list is null or empty, with null. Engines: local, Spark. */
    default Dataflow explodeOrNull(String column) {
        return Steps.add(this, new RowStep.Explode(column, RowStep.Explode.Empty.NULL));
    }

    /**
     * A row for each piece of a text column between separators, literally; all of it when there is none. Rows whose text
     * is null are left out. Engines: local, Spark.
     */
    default Dataflow explodeText(String column, String separator) {
        return Steps.<Dataflow>add(
                        this,
                        new ColumnStep.WithColumn(
                                column, Expr.col(column).text().splitList(separator)))
                .explode(column);
    }

    /**
     * Puts the fields of a struct column in its place. A field whose name is taken gets the name of the column and an
     * underscore before it, and a number after it where that is taken too. Null gives null in every field, an error value
     * that error. Engines: local, Spark.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN}, or {@code TYPE_MISMATCH} when the column is no struct
     */
    default Dataflow unnest(String column) {
        return Steps.add(this, new ColumnStep.Unnest(column));
    }
}
