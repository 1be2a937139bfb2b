package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.decimal;
import static io.millrace.dataflow.schema.DataTypes.listOf;
import static io.millrace.dataflow.schema.DataTypes.struct;
import static io.millrace.dataflow.schema.Schema.Field.optional;
import static io.millrace.dataflow.testing.EngineFixture.error;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.table.CellError;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is computed of groups beyond counts, sums and extremes. */
interface AggregateContract extends EngineFixture {
    /** The one row that an aggregate of all rows gives, errors as nulls. */
    private List<@Nullable Object> whole(Dataflow dataflow, Aggregate first, Aggregate... rest) {
        return run(dataflow.groupBy().aggregate(first, rest)).content().rows().get(0);
    }

    private static void isClose(@Nullable Object actual, double expected) {
        assertThat((Double) actual).isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
    }

    @Test
    @Checks(
            aggregates = {
                Aggregate.Kind.VARIANCE,
                Aggregate.Kind.STANDARD_DEVIATION,
                Aggregate.Kind.SKEWNESS,
                Aggregate.Kind.KURTOSIS
            })
    default void momentsAreThoseOfASample() {
        for (Dataflow input : List.of(
                rows("x").of(1, null, 2, 4),
                rows("x").of(1.0, 2.0, null, 4.0),
                rows("x").of(new BigDecimal("1.0"), new BigDecimal("2.0"), new BigDecimal("4.0")))) {
            List<@Nullable Object> moments = whole(
                    input,
                    Aggregate.variance("x"),
                    Aggregate.standardDeviation("x"),
                    Aggregate.skewness("x"),
                    Aggregate.kurtosis("x"));

            isClose(moments.get(0), 7.0 / 3);
            isClose(moments.get(1), Math.sqrt(7.0 / 3));
            isClose(moments.get(2), 20.0 / 27 / Math.pow(7.0 / 3, 1.5));
            isClose(moments.get(3), -7.0 / 3);
        }
    }

    @Test
    @Checks(
            aggregates = {
                Aggregate.Kind.VARIANCE,
                Aggregate.Kind.STANDARD_DEVIATION,
                Aggregate.Kind.SKEWNESS,
                Aggregate.Kind.KURTOSIS
            })
    default void momentsOfOneValueAreNullAndOfEqualOnesHaveNoShape() {
        Dataflow input = rows("k", "x")
                .of("none", null, "one", 0.1, "same", 0.1, "same", 0.1, "same", 0.1, "nan", Double.NaN, "nan", 1.0);
        run(input.groupBy("k")
                        .aggregate(
                                Aggregate.variance("x"),
                                Aggregate.standardDeviation("x"),
                                Aggregate.skewness("x"),
                                Aggregate.kurtosis("x")))
                .hasTypes(TEXT, FLOAT64, FLOAT64, FLOAT64, FLOAT64)
                .hasRows(
                        row("none", null, null, null, null),
                        row("one", null, null, null, null),
                        row("same", 0.0, 0.0, Double.NaN, Double.NaN),
                        row("nan", Double.NaN, Double.NaN, Double.NaN, Double.NaN));
    }

    @Test
    @Checks(aggregates = {Aggregate.Kind.VARIANCE, Aggregate.Kind.KURTOSIS, Aggregate.Kind.COVARIANCE})
    default void momentsOfAnInfinityAreNanWhereverItStands() {
        double infinite = Double.POSITIVE_INFINITY;

        run(rows("k", "x")
                        .of("first", infinite, "first", 1.0, "last", 1.0, "last", infinite, "last", -infinite)
                        .groupBy("k")
                        .aggregate(Aggregate.variance("x"), Aggregate.kurtosis("x"), Aggregate.covariance("x", "x")))
                .hasRows(
                        row("first", Double.NaN, Double.NaN, Double.NaN),
                        row("last", Double.NaN, Double.NaN, Double.NaN));
    }

    @Test
    @Checks(aggregates = Aggregate.Kind.VARIANCE)
    default void aVarianceFarFromZeroLosesNothing() {
        isClose(
                whole(rows("x").of(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16), Aggregate.variance("x"))
                        .get(0),
                30);
    }

    @Test
    @Checks(aggregates = {Aggregate.Kind.COVARIANCE, Aggregate.Kind.CORRELATION})
    default void pairsWithANullArePassedOver() {
        Dataflow input = rows("x", "y").of(1, 2.0, 2, 4.0, null, 100.0, 3, 7.0, 50, null);

        List<@Nullable Object> both = whole(input, Aggregate.covariance("x", "y"), Aggregate.correlation("x", "y"));

        isClose(both.get(0), 2.5);
        isClose(both.get(1), 2.5 / Math.sqrt(19.0 / 3));
    }

    @Test
    @Checks(aggregates = {Aggregate.Kind.COVARIANCE, Aggregate.Kind.CORRELATION})
    default void aPairNeedsTwoRowsAndAConstantHasNoCorrelation() {
        run(rows("k", "x", "y")
                        .of("one", 1, 1, "same", 1, 2, "same", 1, 3, "line", 1, -2, "line", 2, -4, "line", 3, -6)
                        .groupBy("k")
                        .aggregate(Aggregate.covariance("x", "y"), Aggregate.correlation("x", "y")))
                .hasColumns("k", "covariance_x_y", "correlation_x_y")
                .hasRows(row("one", null, null), row("same", 0.0, Double.NaN), row("line", -2.0, -1.0));
    }

    @Test
    @Checks(aggregates = Aggregate.Kind.WEIGHTED_MEAN)
    default void aWeightedMeanDividesByTheWeights() {
        String step = "groupBy(k).aggregate(weighted_mean(x, w) as weighted_mean_x)";
        run(rows("k", "x", "w")
                        .of("a", 1.0, 3, "a", 5.0, 1, "a", null, 9, "none", null, 1, "zero", 2.0, 0)
                        .groupBy("k")
                        .aggregate(Aggregate.weightedMean("x", "w")))
                .hasRows(row("a", 2.0), row("none", null), row("zero", null))
                .hasErrors(error(CellError.Code.DIVISION_BY_ZERO, "0.0", 0, step));
    }

    @Test
    @Checks(aggregates = Aggregate.Kind.QUANTILE)
    default void quantilesAreStraightLinesBetweenValues() {
        run(rows("x")
                        .of(30, null, 10, 20)
                        .groupBy()
                        .aggregate(
                                Aggregate.median("x"),
                                Aggregate.quantile("x", 0).as("least"),
                                Aggregate.quantile("x", 1.0 / 6).as("first"),
                                Aggregate.quantile("x", 0.25).as("quarter"),
                                Aggregate.quantile("x", 0.75),
                                Aggregate.quantile("x", 1).as("most")))
                .hasColumns("median_x", "least", "first", "quarter", "quantile_0.75_x", "most")
                .hasRows(row(20.0, 10.0, 10.0, 12.5, 27.5, 30.0));
    }

    @Test
    @Checks(aggregates = Aggregate.Kind.QUANTILE)
    default void theMedianOfAnEvenNumberIsBetweenTheMiddleOnes() {
        run(rows("k", "x")
                        .of(
                                "two",
                                1.0,
                                "two",
                                2.0,
                                "none",
                                null,
                                "nan",
                                Double.NaN,
                                "nan",
                                1.0,
                                "nan",
                                2.0,
                                "far",
                                -Double.MAX_VALUE,
                                "far",
                                Double.MAX_VALUE)
                        .groupBy("k")
                        .aggregate(Aggregate.median("x")))
                .hasRows(row("two", 1.5), row("none", null), row("nan", 2.0), row("far", 0.0));
    }

    @Test
    @Checks(aggregates = {Aggregate.Kind.FIRST, Aggregate.Kind.LAST, Aggregate.Kind.LIST})
    default void firstLastAndListFollowTheRows() {
        Dataflow input = rows("k", "x").of("a", null, "a", 3, "b", null, "a", 1, "a", 2, "a", null);
        Dataflow grouped = input.groupBy("k").aggregate(Aggregate.first("x"), Aggregate.last("x"), Aggregate.list("x"));

        run(grouped)
                .hasTypes(TEXT, INT64, INT64, listOf(INT64))
                .hasRows(row("a", 3, 2, List.of(3L, 1L, 2L)), row("b", null, null, List.of()));
        run(input.sort("x").groupBy("k").aggregate(Aggregate.first("x"), Aggregate.last("x"), Aggregate.list("x")))
                .hasRows(row("a", 1, 3, List.of(1L, 2L, 3L)), row("b", null, null, List.of()));
    }

    @Test
    @Checks(aggregates = {Aggregate.Kind.FIRST, Aggregate.Kind.LIST})
    default void firstAndListFollowTheOrderThatAJoinAndAGroupLeave() {
        Dataflow left = rows("id", "k").of(3, "b", 1, "a", 2, "b");
        Dataflow right = rows("k", "x").of("a", 10, "b", 20, "b", 21);

        run(left.innerJoin(right, "k").groupBy().aggregate(Aggregate.list("x"), Aggregate.first("id")))
                .hasRows(row(List.of(20L, 21L, 10L, 20L, 21L), 3));
        run(left.groupBy("k").aggregate(Aggregate.sum("id")).groupBy().aggregate(Aggregate.list("k")))
                .hasRows(row(List.of("b", "a")));
    }

    @Test
    @Checks(aggregates = {Aggregate.Kind.LIST, Aggregate.Kind.FIRST, Aggregate.Kind.LAST, Aggregate.Kind.MODE})
    default void listsHoldEveryType() {
        LocalDate day = LocalDate.of(2024, 2, 29);
        run(rows("t", "f", "b", "d", "day")
                        .of("ä", -0.5, true, new BigDecimal("1.50"), day, "", Double.NaN, false, null, null)
                        .groupBy()
                        .aggregate(
                                Aggregate.list("t"),
                                Aggregate.list("f"),
                                Aggregate.list("b"),
                                Aggregate.list("d"),
                                Aggregate.list("day"),
                                Aggregate.last("t"),
                                Aggregate.mode("day")))
                .hasTypes(
                        listOf(TEXT),
                        listOf(FLOAT64),
                        listOf(BOOL),
                        listOf(decimal(3, 2)),
                        listOf(io.millrace.dataflow.schema.DataTypes.DATE),
                        TEXT,
                        io.millrace.dataflow.schema.DataTypes.DATE)
                .hasRows(row(
                        List.of("ä", ""),
                        List.of(-0.5, Double.NaN),
                        List.of(true, false),
                        List.of(new BigDecimal("1.50")),
                        List.of(day),
                        "",
                        day));
    }

    @Test
    @Checks(aggregates = {Aggregate.Kind.MODE, Aggregate.Kind.TOP_VALUES, Aggregate.Kind.BOTTOM_VALUES})
    default void ofEqualCountsTheLeastValueIsFirst() {
        run(rows("t")
                        .of("b", "a", null, "c", "b", "a", "z", "d")
                        .groupBy()
                        .aggregate(Aggregate.mode("t"), Aggregate.topValues("t", 3), Aggregate.bottomValues("t", 2)))
                .hasTypes(
                        TEXT,
                        listOf(struct(optional("value", TEXT), optional("count", INT64))),
                        listOf(struct(optional("value", TEXT), optional("count", INT64))))
                .hasRows(row(
                        "a",
                        List.of(counted("a", 2), counted("b", 2), counted("c", 1)),
                        List.of(counted("c", 1), counted("d", 1))));
    }

    @Test
    @Checks(aggregates = {Aggregate.Kind.MODE, Aggregate.Kind.TOP_VALUES, Aggregate.Kind.BOTTOM_VALUES})
    default void numbersThatAreEqualAreCountedAsOneValue() {
        run(rows("x")
                        .of(0.0, -0.0, Double.NaN, 1.0, Double.NaN, Double.NaN)
                        .groupBy()
                        .aggregate(Aggregate.mode("x"), Aggregate.topValues("x", 9)))
                .hasRows(row(Double.NaN, List.of(counted(Double.NaN, 3), counted(0.0, 2), counted(1.0, 1))));
        run(rows("x: int64")
                        .none()
                        .groupBy()
                        .aggregate(Aggregate.mode("x"), Aggregate.topValues("x", 1), Aggregate.bottomValues("x", 1)))
                .hasRows(row(null, List.of(), List.of()));
    }

    private static Map<String, Object> counted(Object value, long count) {
        return Map.of("value", value, "count", count);
    }

    @Test
    @Checks(aggregates = {Aggregate.Kind.ANY, Aggregate.Kind.ALL})
    default void anyAndAllPassOverNulls() {
        run(rows("k", "x")
                        .of("a", 1, "a", 5, "a", null, "b", 1, "c", 7, "d", null)
                        .groupBy("k")
                        .aggregate(
                                Aggregate.any(col("x").gt(2)).as("some"),
                                Aggregate.all(col("x").gt(2)).as("every")))
                .hasTypes(TEXT, BOOL, BOOL)
                .hasRows(row("a", true, false), row("b", false, false), row("c", true, true), row("d", null, null));
    }

    @Test
    @Checks(aggregates = {Aggregate.Kind.SUM_DISTINCT, Aggregate.Kind.MEAN_DISTINCT})
    default void aValueThatRepeatsCountsOnce() {
        run(rows("k", "x")
                        .of("a", 2, "a", 2, "a", 5, "b", 2, "c", null, "b", 2)
                        .groupBy("k")
                        .aggregate(Aggregate.sumDistinct("x"), Aggregate.meanDistinct("x")))
                .hasTypes(TEXT, INT64, FLOAT64)
                .hasRows(row("a", 7, 3.5), row("b", 2, 2.0), row("c", null, null));
        run(rows("x")
                        .of(0.5, -0.0, 0.5, 0.0)
                        .groupBy()
                        .aggregate(Aggregate.sumDistinct("x"), Aggregate.meanDistinct("x")))
                .hasRows(row(0.5, 0.25));
    }

    @Test
    @Checks(aggregates = {Aggregate.Kind.COUNT_ROWS, Aggregate.Kind.SUM, Aggregate.Kind.COVARIANCE})
    default void aConditionChoosesTheRowsThatCount() {
        run(rows("k", "x", "y")
                        .of("a", 1, 5, "a", 2, null, "a", 3, 7, "a", null, 9, "b", 1, 1)
                        .groupBy("k")
                        .aggregate(
                                Aggregate.count().where(col("x").gt(1)).as("n"),
                                Aggregate.sum("x").where(col("y").gt(5)).as("s"),
                                Aggregate.list("y").where(col("x").gt(0)).where(col("x").lt(3)),
                                Aggregate.covariance("x", "y")
                                        .where(col("x").ne(2))
                                        .as("v")))
                .hasRows(row("a", 2, 3, List.of(5L), 2.0), row("b", 0, null, List.of(1L), null))
                .hasNoErrors();
    }

    @Test
    @Checks(aggregates = {Aggregate.Kind.COUNT_ROWS, Aggregate.Kind.SUM})
    default void aConditionThatIsAnErrorIsNotTrueAndErrorsOfOtherRowsDoNotCount() {
        Dataflow input = rows("x", "t").of(1, "2", 2, "abc", 4, "8").cast("t", INT64);

        run(input.groupBy()
                        .aggregate(
                                Aggregate.count().where(col("t").gt(0)).as("n"),
                                Aggregate.sum("x").where(col("t").gt(0)).as("s"),
                                Aggregate.sum("t").where(col("x").ne(2)).as("u")))
                .hasRows(row(2, 5, 10))
                .hasNoErrors();
    }

    @Test
    @Checks(
            aggregates = {
                Aggregate.Kind.QUANTILE,
                Aggregate.Kind.LIST,
                Aggregate.Kind.CORRELATION,
                Aggregate.Kind.SUM_DISTINCT,
                Aggregate.Kind.ANY
            })
    default void theFirstErrorOfAGroupIsItsValue() {
        CellError first = error(CellError.Code.CAST, "abc", 2, "cast(t, int64)");
        run(rows("x", "t")
                        .of(1, "2", 2, "abc", 4, "def")
                        .cast("t", INT64)
                        .groupBy()
                        .aggregate(
                                Aggregate.median("t"),
                                Aggregate.list("t"),
                                Aggregate.correlation("x", "t"),
                                Aggregate.sumDistinct("t"),
                                Aggregate.any(col("t").gt(0)).as("some"),
                                Aggregate.first("x")))
                .hasRows(row(null, null, null, null, null, 1))
                .hasErrors(first, first, first, first, first);
    }

    @Test
    @Checks(aggregates = Aggregate.Kind.SUM_DISTINCT)
    default void aSumOfDifferentValuesOverflowsAsASum() {
        String step = "groupBy().aggregate(sum_distinct(x) as s)";
        run(rows("x")
                        .of(Long.MAX_VALUE, Long.MAX_VALUE, 1L)
                        .groupBy()
                        .aggregate(Aggregate.sumDistinct("x").as("s")))
                .hasErrors(error(CellError.Code.OVERFLOW, "9223372036854775808", 0, step));
    }
}
