package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.Expr.lit;
import static io.millrace.dataflow.expr.Expr.when;
import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.Function;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Comparisons, truth values, questions about nulls and errors, and choices. */
interface LogicContract extends EngineFixture {
    /** The values of one expression over rows. */
    default TableAssert values(Dataflow input, Expr expression) {
        return run(input.withColumn("result", expression).select("result"));
    }

    @Test
    @Checks(functions = {Function.EQ, Function.NE, Function.LT, Function.LE, Function.GT, Function.GE})
    default void comparisonsOfNumbersAndNulls() {
        Dataflow input = rows("a", "b").of(1, 2, 2, 2, 3, 2, null, 2, 1, null);
        Expr a = col("a");
        Expr b = col("b");

        values(input, a.eq(b)).hasTypes(BOOL).hasValues(false, true, false, null, null);
        values(input, a.ne(b)).hasValues(true, false, true, null, null);
        values(input, a.lt(b)).hasValues(true, false, false, null, null);
        values(input, a.le(b)).hasValues(true, true, false, null, null);
        values(input, a.gt(b)).hasValues(false, false, true, null, null);
        values(input, a.ge(b)).hasValues(false, true, true, null, null);
    }

    @Test
    @Checks(functions = {Function.EQ, Function.LT, Function.GT})
    default void nanEqualsNanAndIsAboveEveryNumber() {
        Dataflow input = rows("a", "b")
                .of(Double.NaN, Double.NaN, Double.NaN, Double.POSITIVE_INFINITY, 0.0, -0.0, 1.0, Double.NaN);

        values(input, col("a").eq(col("b"))).hasValues(true, false, true, false);
        values(input, col("a").lt(col("b"))).hasValues(false, false, false, true);
        values(input, col("a").gt(col("b"))).hasValues(false, true, false, false);
    }

    @Test
    @Checks(functions = {Function.EQ, Function.LT})
    default void textIsComparedByCodePointAndCase() {
        Dataflow input = rows("a", "b").of("a", "A", "é", "e\u0301", "\uFFFD", "🐦", "", "a", "ab", "a");

        values(input, col("a").eq(col("b"))).hasValues(false, false, false, false, false);
        values(input, col("a").lt(col("b"))).hasValues(false, false, true, true, false);
        values(input, col("a").eq("a")).hasValues(true, false, false, false, false);
    }

    @Test
    @Checks(functions = {Function.EQ, Function.LT, Function.GE})
    default void numbersOfDifferentTypesMeet() {
        Dataflow input = rows("i", "f", "d").of(2, 2.5, new BigDecimal("2.00"), -1, -1.0, new BigDecimal("-1.01"));

        values(input, col("i").lt(col("f"))).hasValues(true, false);
        values(input, col("i").eq(col("d"))).hasValues(true, false);
        values(input, col("f").ge(col("d"))).hasValues(true, true);
        values(input, col("d").lt(0)).hasValues(false, true);
    }

    @Test
    @Checks(functions = {Function.LE, Function.EQ})
    default void aDateMeetsATimestampAtMidnightInUtc() {
        Dataflow input = rows("day", "at")
                .of(
                        LocalDate.of(2024, 3, 1),
                        Instant.parse("2024-03-01T00:00:00Z"),
                        LocalDate.of(2024, 3, 2),
                        Instant.parse("2024-03-01T23:59:59.999999Z"));

        values(input, col("day").eq(col("at"))).hasValues(true, false);
        values(input, col("day").le(col("at"))).hasValues(true, false);
    }

    @Test
    @Checks(functions = Function.IN)
    default void inMatchesAnyOfTheOthersButNoNull() {
        Dataflow input = rows("x").of(1, 2, null, 3);

        values(input, col("x").in(1, 3)).hasTypes(BOOL).hasValues(true, false, null, true);
        values(input, Expr.call("in", col("x"), lit(1), lit(null))).hasValues(true, false, null, false);
        values(rows("t").of("a", "A", null), col("t").in("a")).hasValues(true, false, null);
    }

    @Test
    @Checks(functions = {Function.AND, Function.OR, Function.NOT})
    default void truthHasThreeValues() {
        Dataflow input = rows("a", "b")
                .of(
                        true, true, true, false, true, null, false, true, false, false, false, null, null, true, null,
                        false, null, null);
        Expr a = col("a");
        Expr b = col("b");

        values(input, a.and(b)).hasValues(true, false, null, false, false, false, null, false, null);
        values(input, a.or(b)).hasValues(true, true, true, true, false, null, true, null, null);
        values(input, a.not()).hasValues(false, false, false, true, true, true, null, null, null);
    }

    @Test
    @Checks(functions = {Function.IS_NULL, Function.IS_NOT_NULL, Function.IS_ERROR})
    default void anErrorIsNeitherNullNorNotNull() {
        Dataflow input = rows("x").of("1", null, "abc").cast("x", INT64);
        Expr x = col("x");

        values(input, x.isNull()).hasValues(false, true, false).hasNoErrors();
        values(input, x.isNotNull()).hasValues(true, false, false).hasNoErrors();
        values(input, x.isError()).hasValues(false, false, true).hasNoErrors();
        values(input, x.plus(1).isError()).hasValues(false, false, true);
    }

    @Test
    @Checks(functions = Function.COALESCE)
    default void coalesceTakesTheFirstThatIsNotNull() {
        Dataflow input = rows("a", "b").of(1, 10, null, 20, null, null);

        values(input, col("a").orElse(col("b"))).hasValues(1, 20, null);
        values(input, col("a").orElse(col("b"), 0)).hasValues(1, 20, 0);
        values(input, col("a").orElse(0.5)).hasTypes(FLOAT64).hasValues(1.0, 0.5, 0.5);
    }

    @Test
    @Checks(functions = Function.COALESCE)
    default void coalesceGivesAnErrorThatComesFirstAndNoneThatComesLater() {
        Dataflow input = rows("a", "b")
                .of("abc", "1", "2", "abc", null, "abc")
                .cast("a", INT64)
                .cast("b", INT64);

        values(input, col("a").orElse(col("b"))).hasValues(null, 2, null).hasErrorsAt("0 result", "2 result");
    }

    @Test
    default void caseTakesTheFirstTrueCondition() {
        Dataflow input = rows("x").of(1, 5, null, 20);
        Expr x = col("x");

        values(input, when(x.lt(3)).then("low").when(x.lt(10)).then("middle").otherwise("high"))
                .hasTypes(TEXT)
                .hasValues("low", "middle", "high", "high");
        values(input, when(x.lt(3)).then("low").end()).hasValues("low", null, null, null);
        values(input, when(x.lt(3)).then(x).otherwise(0.5)).hasTypes(FLOAT64).hasValues(1.0, 0.5, 0.5, 0.5);
    }

    @Test
    default void caseShowsNoErrorOfABranchNotTaken() {
        Dataflow input = rows("t").of("1", "abc", null);
        Expr number = col("t").cast(INT64);

        values(input, when(col("t").eq("abc")).then(-1).otherwise(number))
                .hasValues(1, -1, null)
                .hasNoErrors();
        values(input, when(col("t").eq("1")).then(0).when(number.gt(0)).then(1).end())
                .hasRows(row(0), row((Object) null), row((Object) null))
                .hasErrorsAt("1 result");
    }
}
