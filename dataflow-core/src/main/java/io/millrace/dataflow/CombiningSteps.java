package io.millrace.dataflow;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.JoinKeys;
import io.millrace.dataflow.expr.JoinOptions;
import io.millrace.dataflow.plan.TableStep;

/** Steps over several dataflows: their rows one after the other, in pairs, or side by side. */
public sealed interface CombiningSteps permits Dataflow {
    /**
     * The rows of this, then those of the others in order. Columns are matched by name and stand in the order of this; all
     * have the same ones. Engines: local, Spark.
     *
     * @throws DataflowException {@code TYPE_MISMATCH}, naming every difference
     */
    default Dataflow union(Dataflow other, Dataflow... others) {
        return Steps.combine(this, new TableStep.Union(TableStep.Union.Match.SAME), other, others);
    }

    /**
     * As {@link #union}, but a column that an input does not have is null in its rows, and columns that only others have
     * come last. Numbers of unlike types meet in one. Engines: local, Spark.
     *
     * @throws DataflowException {@code TYPE_MISMATCH} when columns of one name have types that do not meet
     */
    default Dataflow unionByName(Dataflow other, Dataflow... others) {
        return Steps.combine(this, new TableStep.Union(TableStep.Union.Match.NAME), other, others);
    }

    /**
     * As {@link #union}, but matches the first column with the first, whatever their names, and so on; the names are those
     * of this. Numbers of unlike types meet in one. Engines: local, Spark.
     *
     * @throws DataflowException {@code TYPE_MISMATCH} for another number of columns, or types that do not meet
     */
    default Dataflow unionByPosition(Dataflow other, Dataflow... others) {
        return Steps.combine(this, new TableStep.Union(TableStep.Union.Match.POSITION), other, others);
    }

    /**
     * Pairs rows that agree in the columns {@code on}; a null or an error there equals nothing. The columns are those of
     * this, then the others of {@code right}, with {@code _right} after a name that is taken. The rows are in the order of
     * this, the partners of one row in the order of {@code right}. Engines: local, Spark.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN}, or {@code TYPE_MISMATCH} for keys of unlike types
     */
    default Dataflow innerJoin(Dataflow right, String... on) {
        return join(right, JoinOptions.inner(JoinKeys.shared(on)));
    }

    /** As {@link #innerJoin}, and keeps rows of this without a partner, with nulls. Engines: local, Spark. */
    default Dataflow leftJoin(Dataflow right, String... on) {
        return join(right, JoinOptions.left(JoinKeys.shared(on)));
    }

    /**
     * As {@link #innerJoin}, and keeps rows of {@code right} without a partner, with nulls, after all others and in their
     * order. Their keys stand in the columns {@code on}. Engines: local, Spark.
     */
    default Dataflow rightJoin(Dataflow right, String... on) {
        return join(right, JoinOptions.right(JoinKeys.shared(on)));
    }

    /** As {@link #leftJoin}, and keeps the rows that {@link #rightJoin} keeps, last. Engines: local, Spark. */
    default Dataflow fullJoin(Dataflow right, String... on) {
        return join(right, JoinOptions.full(JoinKeys.shared(on)));
    }

    /** Keeps the rows that have a partner in {@code right}, each once and in order. Engines: local, Spark. */
    default Dataflow semiJoin(Dataflow right, String... on) {
        return join(right, JoinOptions.semi(JoinKeys.shared(on)));
    }

    /**
     * Keeps the rows that have no partner in {@code right}, in order; so those whose key is null or an error. Engines: local,
     * Spark.
     */
    default Dataflow antiJoin(Dataflow right, String... on) {
        return join(right, JoinOptions.anti(JoinKeys.shared(on)));
    }

    /**
     * Every row with every row of {@code right}: as many as the product of both numbers. The names and the order are as
     * {@link #innerJoin} has them. Engines: local, Spark.
     */
    default Dataflow crossJoin(Dataflow right) {
        return join(right, JoinOptions.cross());
    }

    /**
     * A join with keys that are pairs of columns or expressions, with names by prefix or suffix, or with an expectation of
     * how many rows a key has. Engines: local, Spark.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN} or {@code TYPE_MISMATCH}; when run, {@code DUPLICATE_KEY} with a key
     *     that is on more rows than expected
     */
    default Dataflow join(Dataflow right, JoinOptions options) {
        return Steps.combine(this, new TableStep.Join(options), right);
    }

    /**
     * The columns of this and those of {@code other}, row by row, with {@code _right} after a name that is taken. Costs a
     * second run of both on Spark, to count their rows. Engines: local, Spark.
     *
     * @throws DataflowException when run, {@code UNEQUAL_LENGTHS} for different numbers of rows
     */
    default Dataflow appendColumns(Dataflow other) {
        return Steps.combine(this, new TableStep.AppendColumns(TableStep.AppendColumns.Lengths.EQUAL), other);
    }

    /** As {@link #appendColumns}, but where one input has no row left its columns are null. Engines: local, Spark. */
    default Dataflow appendColumnsPadded(Dataflow other) {
        return Steps.combine(this, new TableStep.AppendColumns(TableStep.AppendColumns.Lengths.PADDED), other);
    }
}
