package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.decimal;
import static io.millrace.dataflow.testing.EngineFixture.error;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.plan.TableStep;
import io.millrace.dataflow.table.CellError;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Groups and what is computed of them. */
interface GroupContract extends EngineFixture {
    @Test
    @Checks(
            steps = TableStep.GroupBy.class,
            aggregates = {
                Aggregate.Kind.COUNT_ROWS,
                Aggregate.Kind.COUNT,
                Aggregate.Kind.COUNT_DISTINCT,
                Aggregate.Kind.SUM,
                Aggregate.Kind.MEAN,
                Aggregate.Kind.MIN,
                Aggregate.Kind.MAX
            })
    default void aggregatesPassOverNulls() {
        run(rows("k", "x")
                        .of("a", 1, "b", null, "a", 4, "a", 1, "b", null, "a", null)
                        .groupBy("k")
                        .aggregate(
                                Aggregate.count(),
                                Aggregate.count("x"),
                                Aggregate.countDistinct("x"),
                                Aggregate.sum("x"),
                                Aggregate.mean("x"),
                                Aggregate.min("x"),
                                Aggregate.max("x")))
                .hasColumns("k", "count", "count_x", "count_distinct_x", "sum_x", "mean_x", "min_x", "max_x")
                .hasTypes(TEXT, INT64, INT64, INT64, INT64, FLOAT64, INT64, INT64)
                .hasRowsInAnyOrder(row("a", 4, 3, 2, 6, 2.0, 1, 4), row("b", 2, 0, 0, null, null, null, null))
                .hasNoErrors();
    }

    @Test
    @Checks(steps = TableStep.GroupBy.class)
    default void aNullKeyIsAGroupOfItsOwn() {
        run(rows("k", "l", "x")
                        .of("a", 1, 1, null, 1, 2, null, 1, 3, null, null, 4, "", 1, 5)
                        .groupBy("k", "l")
                        .aggregate(Aggregate.sum("x").as("s")))
                .hasColumns("k", "l", "s")
                .hasRowsInAnyOrder(row("a", 1, 1), row(null, 1, 5), row(null, null, 4), row("", 1, 5));
    }

    @Test
    @Checks(steps = TableStep.GroupBy.class)
    default void floatKeysAreEqualAsNumbers() {
        run(rows("k", "x")
                        .of(0.0, 1, -0.0, 2, Double.NaN, 3, Double.NaN, 4)
                        .groupBy("k")
                        .aggregate(Aggregate.sum("x")))
                .hasRowsInAnyOrder(row(0.0, 3), row(Double.NaN, 7));
    }

    @Test
    @Checks(steps = TableStep.GroupBy.class)
    default void withoutKeysThereIsOneGroup() {
        run(rows("x").of(1, 2, 3).groupBy().aggregate(Aggregate.count(), Aggregate.max("x")))
                .hasRows(row(3, 3));
        run(rows("x: int64").none().groupBy().aggregate(Aggregate.count(), Aggregate.sum("x")))
                .hasRows(row(0, null));
        run(rows("k: text", "x: int64").none().groupBy("k").aggregate(Aggregate.count()))
                .hasRows();
    }

    @Test
    @Checks(
            steps = TableStep.GroupBy.class,
            aggregates = {Aggregate.Kind.MIN, Aggregate.Kind.MAX, Aggregate.Kind.COUNT_DISTINCT})
    default void leastAndGreatestOfEveryType() {
        run(rows("b", "f", "d", "t", "day", "at")
                        .of(
                                true,
                                Double.NaN,
                                new BigDecimal("1.5"),
                                "z",
                                LocalDate.of(2024, 1, 1),
                                Instant.parse("2024-01-01T00:00:00Z"),
                                false,
                                -1.0,
                                new BigDecimal("-2.5"),
                                "ä",
                                LocalDate.of(1900, 1, 1),
                                Instant.parse("1900-01-01T00:00:00.000001Z"))
                        .groupBy()
                        .aggregate(
                                Aggregate.min("b"),
                                Aggregate.max("b"),
                                Aggregate.min("f"),
                                Aggregate.max("f"),
                                Aggregate.min("d"),
                                Aggregate.max("d"),
                                Aggregate.min("t"),
                                Aggregate.max("t"),
                                Aggregate.min("day"),
                                Aggregate.max("day"),
                                Aggregate.min("at"),
                                Aggregate.max("at"),
                                Aggregate.countDistinct("t")))
                .hasRows(row(
                        false,
                        true,
                        -1.0,
                        Double.NaN,
                        new BigDecimal("-2.5"),
                        new BigDecimal("1.5"),
                        "z",
                        "ä",
                        LocalDate.of(1900, 1, 1),
                        LocalDate.of(2024, 1, 1),
                        Instant.parse("1900-01-01T00:00:00.000001Z"),
                        Instant.parse("2024-01-01T00:00:00Z"),
                        2));
    }

    @Test
    @Checks(aggregates = {Aggregate.Kind.SUM, Aggregate.Kind.MEAN})
    default void aSumBeyondItsTypeIsAnErrorAndAMeanIsNot() {
        String step = "groupBy().aggregate(sum(x) as s, mean(x) as m)";
        run(rows("x")
                        .of(Long.MAX_VALUE, 1L, Long.MAX_VALUE)
                        .groupBy()
                        .aggregate(
                                Aggregate.sum("x").as("s"), Aggregate.mean("x").as("m")))
                .hasRows(row(null, 0x1p64 / 3))
                .hasErrors(error(CellError.Code.OVERFLOW, "18446744073709551615", 0, step));
    }

    @Test
    @Checks(aggregates = Aggregate.Kind.SUM)
    default void aSumThatIsWithinItsTypeAtTheEndIsNoError() {
        run(rows("x").of(Long.MAX_VALUE, 1L, -2L).groupBy().aggregate(Aggregate.sum("x")))
                .hasRows(row(Long.MAX_VALUE - 1))
                .hasNoErrors();
    }

    @Test
    @Checks(aggregates = {Aggregate.Kind.SUM, Aggregate.Kind.MEAN})
    default void aSumOfDecimalsIsExactWithAllDigits() {
        BigDecimal large = new BigDecimal("99999999.99");
        run(rows("x: decimal(10, 2)")
                        .of(large, large, new BigDecimal("0.01"), null)
                        .groupBy()
                        .aggregate(Aggregate.sum("x"), Aggregate.mean("x")))
                .hasTypes(decimal(38, 2), FLOAT64)
                .hasRows(row(new BigDecimal("199999999.99"), 199999999.99 / 3));

        BigDecimal most = new BigDecimal("9".repeat(38));
        run(rows("x: decimal(38, 0)").of(most, most).groupBy().aggregate(Aggregate.sum("x")))
                .hasRows(row((Object) null))
                .hasErrors(error(
                        CellError.Code.OVERFLOW,
                        "1" + "9".repeat(37) + "8",
                        0,
                        "groupBy().aggregate(sum(x) as sum_x)"));
    }

    @Test
    @Checks(aggregates = {Aggregate.Kind.SUM, Aggregate.Kind.MEAN})
    default void floatSumsLoseNothingThatMatters() {
        List<List<@Nullable Object>> values = new ArrayList<>();
        double magnitude = 0;
        Random random = new Random(7);
        BigDecimal exact = BigDecimal.ZERO;
        for (int i = 0; i < 20_000; i++) {
            double value = random.nextGaussian() * Math.pow(10, random.nextInt(12));
            values.add(row(value));
            magnitude += Math.abs(value);
            exact = exact.add(new BigDecimal(value));
        }
        Dataflow all = rows("x: float64").ofRows(values);

        run(all.groupBy().aggregate(Aggregate.sum("x"))).hasValueCloseTo(exact.doubleValue(), 1e-12 * magnitude);
        run(all.groupBy().aggregate(Aggregate.mean("x")))
                .hasValueCloseTo(exact.doubleValue() / 20_000, 1e-12 * magnitude / 20_000);
    }

    @Test
    @Checks(aggregates = Aggregate.Kind.SUM)
    default void floatSumsFollowIeee() {
        run(rows("k", "x")
                        .of(
                                "inf",
                                Double.POSITIVE_INFINITY,
                                "inf",
                                1.0,
                                "nan",
                                Double.NaN,
                                "nan",
                                1.0,
                                "both",
                                Double.POSITIVE_INFINITY,
                                "both",
                                Double.NEGATIVE_INFINITY,
                                "most",
                                Double.MAX_VALUE,
                                "most",
                                Double.MAX_VALUE)
                        .groupBy("k")
                        .aggregate(Aggregate.sum("x")))
                .hasRowsInAnyOrder(
                        row("inf", Double.POSITIVE_INFINITY),
                        row("nan", Double.NaN),
                        row("both", Double.NaN),
                        row("most", Double.POSITIVE_INFINITY));
    }

    @Test
    @Checks(steps = TableStep.GroupBy.class)
    default void anErrorInAGroupMakesItsAggregatesThatError() {
        String step = "cast(x, int64)";
        CellError first = error(CellError.Code.CAST, "abc", 2, step);
        run(rows("k", "x")
                        .of("a", "1", "a", "abc", "a", "def", "b", "2")
                        .cast("x", INT64)
                        .groupBy("k")
                        .aggregate(
                                Aggregate.count().as("n"),
                                Aggregate.count("x").as("c"),
                                Aggregate.sum("x").as("s"),
                                Aggregate.min("x").as("m")))
                .hasRowsInAnyOrder(row("a", 3, null, null, null), row("b", 1, 1, 2, 2))
                .hasErrors(first, first, first);
    }

    @Test
    @Checks(steps = TableStep.GroupBy.class)
    default void keysThatAreErrorsOfOneTextAreOneGroup() {
        String step = "cast(k, int64)";
        run(rows("k", "x")
                        .of("abc", 1, "1", 2, "abc", 3, "def", 4, null, 5)
                        .cast("k", INT64)
                        .groupBy("k")
                        .aggregate(Aggregate.sum("x")))
                .hasRowsInAnyOrder(row(null, 4), row(1, 2), row(null, 4), row(null, 5))
                .hasErrorsInAnyOrder(
                        error(CellError.Code.CAST, "abc", 1, step), error(CellError.Code.CAST, "def", 4, step));
    }

    @Test
    @Checks(steps = TableStep.GroupBy.class)
    default void aggregatesMayComputeTheirInput() {
        run(rows("x")
                        .of(1, 2, 3)
                        .groupBy()
                        .aggregate(new Aggregate(Aggregate.Kind.SUM, Optional.of(col("x").times(col("x"))), "squares")))
                .hasColumns("squares")
                .hasValues(14);
    }

    @Test
    @Checks(steps = TableStep.GroupBy.class)
    default void manyGroupsOfManyRows() {
        List<List<@Nullable Object>> values = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) {
            values.add(row("key " + i % 30_000, i));
        }

        run(rows("k: text", "x: int64")
                        .ofRows(values)
                        .groupBy("k")
                        .aggregate(Aggregate.count().as("n"), Aggregate.sum("x").as("s"))
                        .filter(col("n").eq(2))
                        .groupBy()
                        .aggregate(Aggregate.count(), Aggregate.sum("s"), Aggregate.max("s")))
                .hasRows(row(30_000, 59_999L * 30_000, 89_998));
    }
}
