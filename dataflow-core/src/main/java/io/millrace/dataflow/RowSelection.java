package io.millrace.dataflow;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.ColumnSelector;
import io.millrace.dataflow.expr.EachColumn;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.plan.RowStep.FilterColumns.Quantifier;
import io.millrace.dataflow.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Steps that choose among rows. All keep the order of the rows they keep.
 *
 * <p>Samples and splits decide about each row by a hash of the seed and of what tells the row apart: the file and record
 * it came from, and after a join, a group or another step that makes new rows the content of all its columns, so that
 * equal rows share their fate there. The same seed decides the same on every engine; parts of one split that are to be
 * sampled again need another seed.
 */
public sealed interface RowSelection permits Dataflow {
    private Dataflow then(Step step) {
        return ((Dataflow) this).then(step);
    }

    /**
     * Keeps the rows for which a predicate is true of every selected column:
     * {@code filterEvery(numeric(), each -> each.ge(0))}. Null and error drop the row. Every row is kept when an optional
     * selector finds no column. Engines: local, Spark.
     *
     * @param predicate is called once, with an expression that stands for the column
     */
    default Dataflow filterEvery(ColumnSelector columns, UnaryOperator<Expr> predicate) {
        return then(new RowStep.FilterColumns(columns, Quantifier.EVERY, predicate.apply(EachColumn.placeholder())));
    }

    /** As {@link #filterEvery}, for a predicate that is true of at least one selected column. Engines: local, Spark. */
    default Dataflow filterAny(ColumnSelector columns, UnaryOperator<Expr> predicate) {
        return then(new RowStep.FilterColumns(columns, Quantifier.ANY, predicate.apply(EachColumn.placeholder())));
    }

    /** Drops the rows with a null in any of these columns; in any column when none are named. Engines: local, Spark. */
    default Dataflow dropNulls(String... columns) {
        return dropNulls(named(columns));
    }

    /** Drops the rows with a null in any selected column. An error value is not null. Engines: local, Spark. */
    default Dataflow dropNulls(ColumnSelector columns) {
        return filterEvery(columns, each -> each.isNull().not());
    }

    /** Drops the rows that are null in all of these columns; in all columns when none are named. Engines: local, Spark. */
    default Dataflow dropNullRows(String... columns) {
        return dropNullRows(named(columns));
    }

    /** Drops the rows that are null in all selected columns. An error value is not null. Engines: local, Spark. */
    default Dataflow dropNullRows(ColumnSelector columns) {
        return filterAny(columns, each -> each.isNull().not());
    }

    private static ColumnSelector named(String... columns) {
        return columns.length == 0 ? ColumnSelector.all() : ColumnSelector.columns(columns);
    }

    /**
     * Keeps the first row of each combination of values in the selected columns. Nulls equal each other. Engines: local,
     * Spark.
     */
    default Dataflow distinct(ColumnSelector columns) {
        return then(new RowStep.Distinct(columns, RowStep.Distinct.Keep.FIRST));
    }

    /** Keeps the first {@code rows} rows: another name of {@link Dataflow#limit}. Engines: local, Spark. */
    default Dataflow take(long rows) {
        return then(new RowStep.Limit(rows));
    }

    /** Leaves out the first {@code rows} rows. On Spark it counts the rows of partitions first. Engines: local, Spark. */
    default Dataflow skip(long rows) {
        return then(new RowStep.Skip(rows));
    }

    /** Keeps {@code rows} rows after the first {@code offset} ones. Engines: local, Spark. */
    default Dataflow slice(long offset, long rows) {
        return skip(offset).take(rows);
    }

    /** Keeps the last {@code rows} rows. On Spark it counts the rows of partitions first. Engines: local, Spark. */
    default Dataflow tail(long rows) {
        return then(new RowStep.Tail(rows));
    }

    /**
     * Adds a column at the end with the number of each row, an int64 from 1. On Spark it counts the rows of partitions
     * first. Engines: local, Spark.
     *
     * @throws DataflowException {@code DUPLICATE_COLUMN}
     */
    default Dataflow withRowNumber(String name) {
        return then(new RowStep.RowNumber(name));
    }

    /**
     * Fails with {@code EMPTY_SOURCE} when the flow gives no row up to here, whatever the steps after it want; otherwise
     * changes nothing. Looked at before the first row of the result is given. Engines: local, Spark.
     */
    default Dataflow verifyHasRows() {
        return then(new RowStep.RequireRows());
    }

    /** As {@link #sample(double, long)} with a seed that is made now, differs from call to call, and is saved. */
    default Dataflow sample(double fraction) {
        return sample(fraction, newSeed());
    }

    /**
     * Keeps each row with a chance of {@code fraction}, so that about that share of them is left. Engines: local, Spark.
     *
     * @throws IllegalArgumentException when {@code fraction} is not between 0 and 1
     */
    default Dataflow sample(double fraction, long seed) {
        return below(requireFraction(fraction), seed);
    }

    /** As {@link #sampleRows(long, long)} with a seed that is made now, differs from call to call, and is saved. */
    default Dataflow sampleRows(long rows) {
        return sampleRows(rows, newSeed());
    }

    /**
     * Keeps exactly {@code rows} rows chosen by chance, or all when there are fewer; of rows of equal content those that
     * come first. Sorts the rows twice. Engines: local, Spark.
     *
     * @throws IllegalArgumentException when {@code rows} is negative
     */
    default Dataflow sampleRows(long rows, long seed) {
        return then(new RowStep.SampleRows(rows, seed));
    }

    /** As {@link #stratifiedSample(List, Map, long)} by one column, whose values are the keys. Engines: local, Spark. */
    default Dataflow stratifiedSample(String column, Map<?, Double> fractions, long seed) {
        return then(new RowStep.Filter(Strata.isSampled(List.of(column), Strata.ofOne(fractions), seed)));
    }

    /**
     * Keeps each row with the chance that belongs to its values in {@code columns}. The chance of values that
     * {@code fractions} does not have is 0, and so is that of an error value. A null is a value. Engines: local, Spark.
     *
     * @param fractions the chance by values, as many in each key as there are columns
     * @throws IllegalArgumentException when a chance is not between 0 and 1, or a key has another number of values
     */
    default Dataflow stratifiedSample(
            List<String> columns, Map<? extends List<? extends @Nullable Object>, Double> fractions, long seed) {
        return then(new RowStep.Filter(Strata.isSampled(columns, fractions, seed)));
    }

    /**
     * Two parts of the rows: about {@code fraction} of them, and all others. Every row is in exactly one. Engines: local,
     * Spark.
     *
     * @throws IllegalArgumentException when {@code fraction} is not between 0 and 1
     */
    default Split randomSplit(double fraction, long seed) {
        requireFraction(fraction);
        return new Split(
                below(fraction, seed),
                then(new RowStep.Filter(Expr.rowRandom(seed).ge(fraction))));
    }

    /**
     * {@code parts} parts of about the same size. Every row is in exactly one. Engines: local, Spark.
     *
     * @throws IllegalArgumentException when {@code parts} is not positive
     */
    default List<Dataflow> splitInto(int parts, long seed) {
        if (parts < 1) {
            throw new IllegalArgumentException("parts must be positive: " + parts);
        }
        List<Dataflow> all = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            double from = (double) part / parts;
            double to = (double) (part + 1) / parts;
            Expr random = Expr.rowRandom(seed);
            Expr inPart = part + 1 == parts ? random.ge(from) : random.ge(from).and(random.lt(to));
            all.add(then(new RowStep.Filter(inPart)));
        }
        return List.copyOf(all);
    }

    /**
     * The parts of a split.
     *
     * @param sample about as many rows as were asked for
     * @param rest all others
     */
    record Split(Dataflow sample, Dataflow rest) {}

    private Dataflow below(double fraction, long seed) {
        return then(new RowStep.Filter(Expr.rowRandom(seed).lt(fraction)));
    }

    private static double requireFraction(double fraction) {
        return Strata.requireFraction(fraction);
    }

    private static long newSeed() {
        return ThreadLocalRandom.current().nextLong(1L << 32);
    }
}
