package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.SortKey.ascending;
import static io.millrace.dataflow.expr.SortKey.descending;
import static io.millrace.dataflow.expr.WindowFunction.cumulativeShare;
import static io.millrace.dataflow.expr.WindowFunction.denseRank;
import static io.millrace.dataflow.expr.WindowFunction.firstValue;
import static io.millrace.dataflow.expr.WindowFunction.lag;
import static io.millrace.dataflow.expr.WindowFunction.lastValue;
import static io.millrace.dataflow.expr.WindowFunction.lead;
import static io.millrace.dataflow.expr.WindowFunction.nthValue;
import static io.millrace.dataflow.expr.WindowFunction.ntile;
import static io.millrace.dataflow.expr.WindowFunction.percentRank;
import static io.millrace.dataflow.expr.WindowFunction.rank;
import static io.millrace.dataflow.expr.WindowFunction.rowNumber;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.testing.EngineFixture.error;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Frame;
import io.millrace.dataflow.expr.WindowFunction.Kind;
import io.millrace.dataflow.plan.TableStep;
import io.millrace.dataflow.table.CellError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Places in partitions, the values of other rows, and aggregates beside the rows they are of. */
interface WindowContract extends EngineFixture {
    @Test
    @Checks(
            steps = TableStep.Window.class,
            windows = {Kind.ROW_NUMBER, Kind.RANK, Kind.DENSE_RANK, Kind.PERCENT_RANK, Kind.CUMULATIVE_SHARE})
    default void peersShareTheirRanksAndRowsKeepTheirPlace() {
        run(rows("k", "x")
                        .of("a", 20, "b", 1, "a", 10, "a", 20, "a", 30, "a", null)
                        .window(
                                w -> w.partitionBy("k").orderBy("x"),
                                rowNumber(),
                                rank(),
                                denseRank(),
                                percentRank(),
                                cumulativeShare()))
                .hasColumns("k", "x", "row_number", "rank", "dense_rank", "percent_rank", "cumulative_share")
                .hasTypes(TEXT, INT64, INT64, INT64, INT64, FLOAT64, FLOAT64)
                .hasRows(
                        row("a", 20, 3, 3, 3, 0.5, 0.8),
                        row("b", 1, 1, 1, 1, 0.0, 1.0),
                        row("a", 10, 2, 2, 2, 0.25, 0.4),
                        row("a", 20, 4, 3, 3, 0.5, 0.8),
                        row("a", 30, 5, 5, 4, 1.0, 1.0),
                        row("a", null, 1, 1, 1, 0.0, 0.2));
    }

    @Test
    @Checks(
            steps = TableStep.Window.class,
            windows = {Kind.ROW_NUMBER, Kind.RANK, Kind.PERCENT_RANK, Kind.CUMULATIVE_SHARE, Kind.LAG})
    default void withoutAnOrderRowsFollowTheDataflowAndAllArePeers() {
        run(rows("x").of(3, 1, 2).window(w -> w, rowNumber(), rank(), percentRank(), cumulativeShare(), lag("x", 1)))
                .hasRows(row(3, 1, 1, 0.0, 1.0, null), row(1, 2, 1, 0.0, 1.0, 3), row(2, 3, 1, 0.0, 1.0, 1));
        run(rows("x: int64").none().window(w -> w.orderBy("x"), rank(), Aggregate.count()))
                .hasColumns("x", "rank", "count")
                .hasRows();
    }

    @Test
    @Checks(windows = Kind.NTILE)
    default void bucketsDifferByOneRowAtMost() {
        run(rows("x")
                        .of(1, 2, 3, 4, 5)
                        .window(w -> w.orderBy(descending("x")), ntile(3), ntile(1).as("one"), ntile(9).as("nine")))
                .hasRows(row(1, 3, 1, 5), row(2, 2, 1, 4), row(3, 2, 1, 3), row(4, 1, 1, 2), row(5, 1, 1, 1));
    }

    @Test
    @Checks(windows = {Kind.LAG, Kind.LEAD})
    default void neighboursAreTakenInsideOfThePartition() {
        run(rows("k", "t", "x")
                        .of("a", 2, "a2", "b", 1, null, "a", 1, "a1", "a", 3, "a3", "b", 2, "b2")
                        .window(
                                w -> w.partitionBy("k").orderBy("t"),
                                lag("x", 1),
                                lead("x", 1),
                                lag("x", -2).as("two after"),
                                lead("x", 0).as("own"),
                                lag("x", 1).otherwise("none").as("or none"),
                                lead("x", Long.MAX_VALUE).as("far")))
                .hasRows(
                        row("a", 2, "a2", "a1", "a3", null, "a2", "a1", null),
                        row("b", 1, null, null, "b2", null, null, "none", null),
                        row("a", 1, "a1", null, "a2", "a3", "a1", "none", null),
                        row("a", 3, "a3", "a2", null, null, "a3", "a2", null),
                        row("b", 2, "b2", null, null, null, "b2", null, null));
    }

    @Test
    @Checks(windows = {Kind.LAG, Kind.NTH_VALUE})
    default void anErrorIsTakenAsItIs() {
        CellError abc = error(CellError.Code.CAST, "abc", 1, "cast(t, int64)");
        run(rows("t").of("abc", "2").cast("t", INT64).window(w -> w, lag("t", 1).otherwise(7), firstValue("t")))
                .hasRows(row(null, 7, null), row(2, null, null))
                .hasErrors(abc, abc, abc, abc);
    }

    @Test
    @Checks(windows = {Kind.LAG, Kind.NTH_VALUE})
    default void otherRowsValuesMayBeComputed() {
        run(rows("x")
                        .of(1, 2)
                        .window(w -> w, lag(col("x").times(10), 1).otherwise(0).as("before")))
                .hasColumns("x", "before")
                .hasRows(row(1, 0), row(2, 10));
        run(rows("x").of(1.5, 2.5).window(w -> w, lag("x", 1).otherwise(0).as("before")))
                .hasRows(row(1.5, 0.0), row(2.5, 1.5));
    }

    @Test
    @Checks(windows = Kind.NTH_VALUE)
    default void nthValuesCountFromEitherEndOfTheFrame() {
        run(rows("x")
                        .of(10, null, 30, 40)
                        .window(
                                w -> w,
                                firstValue("x"),
                                lastValue("x"),
                                nthValue("x", 2),
                                nthValue("x", -2).as("last but one"),
                                nthValue("x", 5).as("fifth"),
                                lastValue("x").over(Frame.running()).as("so far"),
                                nthValue("x", 1).over(Frame.rows(1, 2)).as("next")))
                .hasRows(
                        row(10, 10, 40, null, 30, null, 10, null),
                        row(null, 10, 40, null, 30, null, null, 30),
                        row(30, 10, 40, null, 30, null, 30, 40),
                        row(40, 10, 40, null, 30, null, 40, null));
    }

    @Test
    @Checks(steps = TableStep.Window.class)
    default void nullKeysAreOnePartition() {
        run(rows("k", "x")
                        .of(null, 1, "a", 2, null, 3)
                        .window(w -> w.partitionBy("k"), rowNumber(), Aggregate.sum("x")))
                .hasRows(row(null, 1, 1, 4), row("a", 2, 1, 2), row(null, 3, 2, 4));
    }

    @Test
    @Checks(steps = TableStep.Window.class)
    default void nullsAreSortedWhereTheOrderSaysSo() {
        run(rows("x")
                        .of(2, null, 1)
                        .window(
                                w -> w.orderBy(ascending("x").nullsLast()),
                                rowNumber(),
                                lag("x", 1).as("before")))
                .hasRows(row(2, 2, 1), row(null, 3, 2), row(1, 1, null));
    }

    @Test
    @Checks(steps = TableStep.Window.class, aggregates = Aggregate.Kind.MEAN)
    default void aggregatesAreAppendedToTheRowsOfTheirGroup() {
        run(rows("k", "x")
                        .of("b", 1, "a", 2, "b", 5, null, 7, "b", null)
                        .groupBy("k")
                        .appendAggregates(
                                Aggregate.count(),
                                Aggregate.mean("x"),
                                Aggregate.sum(col("x").times(2)).as("twice")))
                .hasColumns("k", "x", "count", "mean_x", "twice")
                .hasRows(
                        row("b", 1, 3, 3.0, 12),
                        row("a", 2, 1, 2.0, 4),
                        row("b", 5, 3, 3.0, 12),
                        row(null, 7, 1, 7.0, 14),
                        row("b", null, 3, 3.0, 12));
    }

    @Test
    @Checks(steps = TableStep.Window.class)
    default void appendedErrorsStandInEveryRowOfTheGroup() {
        CellError abc = error(CellError.Code.CAST, "abc", 1, "cast(t, int64)");
        run(rows("k", "t")
                        .of("a", "abc", "b", "2", "a", "3")
                        .cast("t", INT64)
                        .groupBy("k")
                        .appendAggregates(Aggregate.max("t")))
                .hasRows(row("a", null, null), row("b", 2, 2), row("a", 3, null))
                .hasErrors(abc, abc, abc);
    }

    @Test
    @Checks(steps = TableStep.Window.class)
    default void theRowsKnowWhereTheyCameFromAfterwards() {
        run(rows("x").of("1", "abc").window(w -> w, rowNumber()).cast("x", INT64))
                .hasErrors(error(CellError.Code.CAST, "abc", 2, "cast(x, int64)"));
    }

    @Test
    @Checks(steps = TableStep.Window.class)
    default void columnsThatNobodyReadsAreNotComputed() {
        Dataflow flow = rows("k", "x", "y")
                .of("a", 1, 2, "a", 3, 4)
                .window(w -> w.partitionBy("k").orderBy("y"), rank(), Aggregate.sum("x"), lag("y", 1));

        run(flow.select("sum_x")).hasRows(row(4), row(4));
        run(flow.select("y")).hasRows(row(2), row(4));
        run(flow.select("lag_y", "x")).hasRows(row(null, 1), row(2, 3));
    }

    @Test
    @Checks(steps = TableStep.Window.class, windows = Kind.ROW_NUMBER)
    default void manyPartitionsOfManyRows() {
        List<List<@Nullable Object>> values = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            values.add(row("key " + i % 20_000, (long) i));
        }

        run(rows("k: text", "x: int64")
                        .ofRows(values)
                        .window(
                                w -> w.partitionBy("k").orderBy(descending("x")),
                                rowNumber(),
                                Aggregate.sum("x").running().as("s"),
                                Aggregate.list("x").as("l"))
                        .filter(col("row_number").eq(2))
                        .groupBy()
                        .aggregate(Aggregate.count(), Aggregate.min("s"), Aggregate.max("s"), Aggregate.first("x")))
                .hasRows(row(20_000, 20_000 + 2 * 10_000L, 2 * 29_999L + 20_000, 10_000));
    }
}
