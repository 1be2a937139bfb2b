package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.SortKey.descending;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.testing.EngineFixture.error;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;

import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Frame;
import io.millrace.dataflow.plan.TableStep;
import io.millrace.dataflow.table.CellError;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Aggregates of the rows around each row. */
interface FrameContract extends EngineFixture {
    @Test
    @Checks(steps = TableStep.Window.class)
    default void runningAggregatesEndAtTheRow() {
        run(rows("x")
                        .of(3, null, 1, 2)
                        .window(
                                w -> w,
                                Aggregate.sum("x").running(),
                                Aggregate.count().running(),
                                Aggregate.min("x").running(),
                                Aggregate.list("x").running(),
                                Aggregate.countDistinct("x").running()))
                .hasRows(
                        row(3, 3, 1, 3, List.of(3L), 1),
                        row(null, 3, 2, 3, List.of(3L), 1),
                        row(1, 4, 3, 1, List.of(3L, 1L), 2),
                        row(2, 6, 4, 1, List.of(3L, 1L, 2L), 3));
    }

    @Test
    @Checks(steps = TableStep.Window.class)
    default void rollingAggregatesForgetTheRowsBehind() {
        run(rows("x")
                        .of(1, 2, 3, 4, 5)
                        .window(
                                w -> w.orderBy(descending("x")),
                                Aggregate.sum("x").rows(-1, 0).as("two"),
                                Aggregate.max("x").rows(-1, 1).as("around"),
                                Aggregate.median("x").rows(0, 2).as("ahead"),
                                Aggregate.count().rows(-9, -1).as("before"),
                                Aggregate.first("x").rows(1, 3).as("next")))
                .hasRows(
                        row(1, 3, 2, 1.0, 4, null),
                        row(2, 5, 3, 1.5, 3, 1),
                        row(3, 7, 4, 2.0, 2, 2),
                        row(4, 9, 5, 3.0, 1, 3),
                        row(5, 5, 5, 4.0, 0, 4));
    }

    @Test
    @Checks(steps = TableStep.Window.class)
    default void aFrameWithoutRowsIsAnAggregateOfNoValue() {
        run(rows("x")
                        .of(1, 2)
                        .window(
                                w -> w,
                                Aggregate.sum("x").rows(2, 1).as("crossed"),
                                Aggregate.count().rows(5, 9).as("beyond"),
                                Aggregate.list("x").rows(Long.MIN_VALUE, -7).as("far")))
                .hasRows(row(1, null, 0, List.of()), row(2, null, 0, List.of()));
    }

    @Test
    @Checks(aggregates = {Aggregate.Kind.SUM, Aggregate.Kind.MEAN})
    default void aLargeValueThatHasLeftTheFrameLeavesNoTrace() {
        run(rows("x")
                        .of(1e300, 1.0, 2.0, Double.NaN, 3.0, 4.0, Double.POSITIVE_INFINITY, 5.0)
                        .window(
                                w -> w,
                                Aggregate.sum("x").rows(-1, 0).as("s"),
                                Aggregate.mean("x").rows(-1, 0).as("m")))
                .hasRows(
                        row(1e300, 1e300, 1e300),
                        row(1.0, 1e300, 5e299),
                        row(2.0, 3.0, 1.5),
                        row(Double.NaN, Double.NaN, Double.NaN),
                        row(3.0, Double.NaN, Double.NaN),
                        row(4.0, 7.0, 3.5),
                        row(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY),
                        row(5.0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
    }

    @Test
    @Checks(aggregates = Aggregate.Kind.SUM)
    default void onlyFramesWhoseSumOverflowsAreErrors() {
        String step = "window(partitionBy(), sum(x) over rows(-1, 0) as s)";
        run(rows("x")
                        .of(Long.MAX_VALUE, 1L, 2L)
                        .window(w -> w, Aggregate.sum("x").rows(-1, 0).as("s")))
                .hasRows(row(Long.MAX_VALUE, Long.MAX_VALUE), row(1, null), row(2, 3))
                .hasErrors(error(CellError.Code.OVERFLOW, "9223372036854775808", 0, step));
    }

    @Test
    @Checks(aggregates = {Aggregate.Kind.SUM, Aggregate.Kind.LIST})
    default void onlyFramesWithAnErrorAreErrors() {
        CellError abc = error(CellError.Code.CAST, "abc", 2, "cast(t, int64)");
        run(rows("t")
                        .of("1", "abc", "3", "4")
                        .cast("t", INT64)
                        .window(
                                w -> w,
                                Aggregate.sum("t").rows(-1, 0).as("s"),
                                Aggregate.list("t").rows(-1, 0).as("l"),
                                Aggregate.count().rows(-1, 0).as("n")))
                .hasRows(
                        row(1, 1, List.of(1L), 1),
                        row(null, null, null, 2),
                        row(3, null, null, 2),
                        row(4, 7, List.of(3L, 4L), 2))
                .hasErrors(abc, abc, abc, abc, abc);
    }

    @Test
    @Checks(steps = TableStep.Window.class)
    default void framesOfValuesAreMeasuredByTheKey() {
        run(rows("t", "x")
                        .of(1, 1, 2, 2, 2, 4, 5, 8, null, 16)
                        .window(
                                w -> w.orderBy("t"),
                                Aggregate.sum("x").over(Frame.values(-1, 0)).as("near"),
                                Aggregate.sum("x").over(Frame.values(0, 0)).as("peers"),
                                Aggregate.sum("x").over(Frame.values(0.5, 3)).as("ahead"),
                                Aggregate.sum("x").running().as("running")))
                .hasRows(
                        row(1, 1, 1, 1, 6, 17),
                        row(2, 2, 7, 6, 8, 19),
                        row(2, 4, 7, 6, 8, 23),
                        row(5, 8, 8, 8, null, 31),
                        row(null, 16, 16, 16, 16, 16));
    }

    @Test
    @Checks(steps = TableStep.Window.class)
    default void framesOfADescendingOrderLookTheOtherWay() {
        run(rows("t", "x")
                        .of(1.0, 1, 2.0, 2, 4.0, 4, Double.NaN, 8)
                        .window(
                                w -> w.orderBy(descending("t").nullsLast()),
                                Aggregate.sum("x").over(Frame.values(-2, 0)).as("s")))
                .hasRows(row(1.0, 1, 3), row(2.0, 2, 6), row(4.0, 4, 4), row(Double.NaN, 8, 8));
        run(rows("t", "x")
                        .of(new BigDecimal("1.5"), 1, new BigDecimal("1.6"), 2, new BigDecimal("2.6"), 4)
                        .window(
                                w -> w.orderBy(descending("t")),
                                Aggregate.sum("x").over(Frame.values(-1, 0)).as("s")))
                .hasRows(
                        row(new BigDecimal("1.5"), 1, 3),
                        row(new BigDecimal("1.6"), 2, 6),
                        row(new BigDecimal("2.6"), 4, 4));
    }

    @Test
    @Checks(steps = TableStep.Window.class)
    default void framesOfTimesAreMeasuredInSeconds() {
        run(rows("at", "x")
                        .of(
                                Instant.parse("2024-03-01T00:00:00Z"),
                                1,
                                Instant.parse("2024-03-01T00:59:59.999999Z"),
                                2,
                                Instant.parse("2024-03-01T02:00:00Z"),
                                4)
                        .window(
                                w -> w.orderBy("at"),
                                Aggregate.sum("x")
                                        .over(Frame.times(Duration.ofHours(-1), Duration.ZERO))
                                        .as("s"))
                        .select("s"))
                .hasValues(1, 3, 4);
        run(rows("day", "x")
                        .of(LocalDate.of(2024, 2, 28), 1, LocalDate.of(2024, 3, 1), 2, LocalDate.of(2024, 3, 6), 4)
                        .window(
                                w -> w.orderBy("day"),
                                Aggregate.sum("x")
                                        .over(Frame.times(Duration.ofDays(-2), Duration.ofDays(5)))
                                        .as("s"))
                        .select("s"))
                .hasValues(3, 7, 4);
    }

    @Test
    @Checks(steps = TableStep.Window.class)
    default void keysAtTheEndsOfTheirRangeAreFarFromEachOther() {
        run(rows("t", "x")
                        .of(Long.MIN_VALUE, 1, Long.MAX_VALUE, 2, 0L, 4)
                        .window(
                                w -> w.orderBy("t"),
                                Aggregate.sum("x").over(Frame.values(-9e18, 0)).as("s"),
                                Aggregate.sum("x")
                                        .over(Frame.values(-1e30, 1e30))
                                        .as("all")))
                .hasRows(row(Long.MIN_VALUE, 1, 1, 7), row(Long.MAX_VALUE, 2, 2, 7), row(0, 4, 4, 7));
    }

    @Test
    @Checks(steps = TableStep.Window.class)
    default void conditionsChooseInsideOfTheFrame() {
        run(rows("x")
                        .of(1, 2, 3, 4)
                        .window(
                                w -> w,
                                Aggregate.count()
                                        .where(col("x").mod(2).eq(0))
                                        .rows(-1, 1)
                                        .as("even")))
                .hasRows(row(1, 1), row(2, 1), row(3, 2), row(4, 1));
    }
}
