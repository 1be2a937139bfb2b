package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.decimal;
import static io.millrace.dataflow.testing.EngineFixture.error;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.CellError.Code;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Functions of numbers. */
interface MathContract extends EngineFixture {
    private TableAssert ofNumbers(Expr expression, @Nullable Object... numbers) {
        return run(rows("x").of(numbers).withColumn("y", expression).select("y"));
    }

    private TableAssert ofPairs(Expr expression, @Nullable Object... pairs) {
        return run(rows("a", "b").of(pairs).withColumn("y", expression).select("y"));
    }

    private static CellError domain(String text, long row) {
        return error(Code.DOMAIN, text, row, "withColumn(y, " + text.replaceAll("\\(.*", "(x)") + ")");
    }

    @Test
    @Checks(functions = Function.ROUND)
    default void roundGoesHalfUpAwayFromZero() {
        ofNumbers(col("x").math().round(2), 2.675, -2.675, 1.005, 0.125, 1e300, Double.NaN, null)
                .hasTypes(FLOAT64)
                .hasValues(2.68, -2.68, 1.01, 0.13, 1e300, Double.NaN, null);
        ofNumbers(col("x").math().round(), 0.5, 1.5, -0.5, 0.49999999999999994, Double.NEGATIVE_INFINITY)
                .hasValues(1.0, 2.0, -1.0, 0.0, Double.NEGATIVE_INFINITY);
        ofNumbers(col("x").math().round(-2), 1250.0, 1249.9, 49.0).hasValues(1300.0, 1200.0, 0.0);
    }

    @Test
    @Checks(functions = Function.ROUND)
    default void roundKeepsWholeNumbersAndDecimals() {
        ofNumbers(col("x").math().round(2), 7, -7).hasTypes(INT64).hasValues(7, -7);
        ofNumbers(col("x").math().round(-1), 15, -15, 14, Long.MAX_VALUE)
                .hasValues(20, -20, 10, null)
                .hasErrors(error(Code.OVERFLOW, "round(9223372036854775807, -1)", 4, "withColumn(y, round(x, -1))"));
        ofNumbers(col("x").math().round(1), new BigDecimal("9.95"), new BigDecimal("-0.05"))
                .hasTypes(decimal(38, 2))
                .hasValues(new BigDecimal("10.00"), new BigDecimal("-0.10"));
        ofNumbers(col("x").math().round(5), new BigDecimal("9.95")).hasValues(new BigDecimal("9.95"));
    }

    @Test
    @Checks(functions = Function.ROUND)
    default void theDecimalsOfRoundAreALiteralInRange() {
        assertThatThrownBy(() -> rows("x").of(1.5).withColumn("y", Expr.call("round", col("x"), col("x").cast(INT64))))
                .hasMessageContaining("INVALID_ARGUMENT: Cannot use cast(x as int64) as the number of decimals in"
                        + " round(x, cast(x as int64)): it must be a literal");
        assertThatThrownBy(
                        () -> rows("x").of(1.5).withColumn("y", col("x").math().round(31)))
                .hasMessageContaining(
                        "INVALID_ARGUMENT: Cannot use 31 as the number of decimals in round(x, 31): it must"
                                + " be from -30 to 30");
    }

    @Test
    @Checks(functions = {Function.FLOOR, Function.CEIL, Function.TRUNCATE, Function.SIGN})
    default void wholeParts() {
        Object[] reals = {2.5, -2.5, -0.0, Double.NaN, Double.POSITIVE_INFINITY};
        ofNumbers(col("x").math().floor(), reals).hasValues(2.0, -3.0, 0.0, Double.NaN, Double.POSITIVE_INFINITY);
        ofNumbers(col("x").math().ceil(), reals).hasValues(3.0, -2.0, 0.0, Double.NaN, Double.POSITIVE_INFINITY);
        ofNumbers(col("x").math().truncate(), reals).hasValues(2.0, -2.0, 0.0, Double.NaN, Double.POSITIVE_INFINITY);
        ofNumbers(col("x").math().sign(), reals).hasTypes(FLOAT64).hasValues(1.0, -1.0, 0.0, Double.NaN, 1.0);

        Object[] wholes = {Long.MAX_VALUE, Long.MIN_VALUE, 0, null};
        ofNumbers(col("x").math().floor(), wholes).hasTypes(INT64).hasValues(wholes);
        ofNumbers(col("x").math().ceil(), wholes).hasValues(wholes);
        ofNumbers(col("x").math().truncate(), wholes).hasValues(wholes);
        ofNumbers(col("x").math().sign(), wholes).hasTypes(INT64).hasValues(1, -1, 0, null);

        Object[] decimals = {new BigDecimal("9.99"), new BigDecimal("-9.99")};
        ofNumbers(col("x").math().floor(), decimals)
                .hasTypes(decimal(38, 2))
                .hasValues(new BigDecimal("9"), new BigDecimal("-10"));
        ofNumbers(col("x").math().ceil(), decimals).hasValues(new BigDecimal("10"), new BigDecimal("-9"));
        ofNumbers(col("x").math().truncate(), decimals).hasValues(new BigDecimal("9"), new BigDecimal("-9"));
        ofNumbers(col("x").math().sign(), decimals).hasValues(new BigDecimal("1"), new BigDecimal("-1"));
    }

    @Test
    @Checks(functions = {Function.SQRT, Function.CBRT})
    default void roots() {
        ofNumbers(col("x").math().sqrt(), 9.0, -4.0, Double.NaN, null)
                .hasTypes(FLOAT64)
                .hasValues(3.0, null, Double.NaN, null)
                .hasErrors(domain("sqrt(-4.0)", 2));
        ofNumbers(col("x").math().sqrt(), 16).hasTypes(FLOAT64).hasValues(4.0);
        ofNumbers(col("x").math().cbrt(), 27.0, -8.0, null).hasValues(3.0, -2.0, null);
    }

    @Test
    @Checks(functions = {Function.EXP, Function.LN, Function.LOG10, Function.LOG2, Function.LOG1P})
    default void logarithmsAndPowersOfE() {
        ofNumbers(col("x").math().exp(), 0.0, 1.0, 1000.0, Double.NEGATIVE_INFINITY)
                .hasValues(1.0, StrictMath.exp(1), Double.POSITIVE_INFINITY, 0.0)
                .hasNoErrors();
        ofNumbers(col("x").math().ln(), 1.0, 0.0, -1.0, Double.POSITIVE_INFINITY, null)
                .hasValues(0.0, null, null, Double.POSITIVE_INFINITY, null)
                .hasErrors(domain("ln(0.0)", 2), domain("ln(-1.0)", 3));
        ofNumbers(col("x").math().log10(), 1000.0, 0.0).hasValues(3.0, null).hasErrors(domain("log10(0.0)", 2));
        ofNumbers(col("x").math().log2(), 8.0, 0x1p29, 0x1p-1074, 0.0, Double.NaN, Double.POSITIVE_INFINITY)
                .hasValues(3.0, 29.0, -1074.0, null, Double.NaN, Double.POSITIVE_INFINITY)
                .hasErrors(domain("log2(0.0)", 4));
        ofNumbers(col("x").math().log1p(), 1e-20, -1.0).hasValues(1e-20, null).hasErrors(domain("log1p(-1.0)", 2));
    }

    @Test
    @Checks(functions = Function.POWER)
    default void powers() {
        ofPairs(
                        col("a").math().power(col("b")),
                        2.0,
                        10.0,
                        4.0,
                        0.5,
                        0.0,
                        0.0,
                        -8.0,
                        0.5,
                        0.0,
                        -1.0,
                        10.0,
                        400.0,
                        null,
                        2.0)
                .hasTypes(FLOAT64)
                .hasValues(1024.0, 2.0, 1.0, null, null, Double.POSITIVE_INFINITY, null)
                .hasErrors(
                        error(Code.DOMAIN, "power(-8.0, 0.5)", 4, "withColumn(y, power(a, b))"),
                        error(Code.DIVISION_BY_ZERO, "power(0.0, -1.0)", 5, "withColumn(y, power(a, b))"));
    }

    @Test
    @Checks(functions = {Function.SIN, Function.COS, Function.TAN, Function.ASIN, Function.ACOS, Function.ATAN})
    default void anglesAndTheirRatios() {
        ofNumbers(col("x").math().sin(), 0.0, 1.0, Double.POSITIVE_INFINITY, null)
                .hasValues(0.0, StrictMath.sin(1), null, null)
                .hasErrors(domain("sin(Infinity)", 3));
        ofNumbers(col("x").math().cos(), 0.0, 1.0).hasValues(1.0, StrictMath.cos(1));
        ofNumbers(col("x").math().tan(), 0.0, 1.0).hasValues(0.0, StrictMath.tan(1));
        ofNumbers(col("x").math().asin(), 1.0, 1.5).hasValues(Math.PI / 2, null).hasErrors(domain("asin(1.5)", 2));
        ofNumbers(col("x").math().acos(), 1.0, -1.5).hasValues(0.0, null).hasErrors(domain("acos(-1.5)", 2));
        ofNumbers(col("x").math().atan(), 0.0, Double.POSITIVE_INFINITY).hasValues(0.0, Math.PI / 2);
    }

    @Test
    @Checks(
            functions = {Function.ATAN2, Function.SINH, Function.COSH, Function.TANH, Function.DEGREES, Function.RADIANS
            })
    default void otherFunctionsOfAngles() {
        ofPairs(col("a").math().atan2(col("b")), 1.0, 0.0, 0.0, -1.0, null, 1.0).hasValues(Math.PI / 2, Math.PI, null);
        ofNumbers(col("x").math().sinh(), 0.0, 1.0).hasValues(0.0, StrictMath.sinh(1));
        ofNumbers(col("x").math().cosh(), 0.0, 1.0).hasValues(1.0, StrictMath.cosh(1));
        ofNumbers(col("x").math().tanh(), 0.0, Double.NEGATIVE_INFINITY).hasValues(0.0, -1.0);
        ofNumbers(col("x").math().degrees(), Math.PI).hasValues(180.0);
        ofNumbers(col("x").math().radians(), 180).hasValues(Math.PI);
    }

    @Test
    @Checks(functions = Function.FLOOR_DIVIDE)
    default void floorDivisionRoundsDown() {
        ofPairs(col("a").floorDividedBy(col("b")), 7, 2, -7, 2, 7, -2, 1, 0, Long.MIN_VALUE, -1, null, 1)
                .hasTypes(INT64)
                .hasValues(3, -4, -4, null, null, null)
                .hasErrors(
                        error(Code.DIVISION_BY_ZERO, "1 // 0", 4, "withColumn(y, (a // b))"),
                        error(Code.OVERFLOW, "-9223372036854775808 // -1", 5, "withColumn(y, (a // b))"));
        ofPairs(col("a").floorDividedBy(col("b")), 7.5, 2.0, -7.5, 2.0)
                .hasTypes(FLOAT64)
                .hasValues(3.0, -4.0);
        ofPairs(col("a").floorDividedBy(col("b")), new BigDecimal("-7.5"), new BigDecimal("2"))
                .hasTypes(decimal(38, 1))
                .hasValues(new BigDecimal("-4"));
    }

    @Test
    @Checks(functions = {Function.CLIP, Function.CLIP_TO_NULL})
    default void clipTakesTheNearestBound() {
        Object[] numbers = {-5, 5, 15, null};
        ofNumbers(col("x").math().clip(0, 10), numbers).hasTypes(INT64).hasValues(0, 5, 10, null);
        ofNumbers(col("x").math().clip(null, 10), numbers).hasValues(-5, 5, 10, null);
        ofNumbers(col("x").math().clip(0, null), numbers).hasValues(0, 5, 15, null);
        ofNumbers(col("x").math().clipToNull(0, 10), numbers).hasTypes(INT64).hasValues(null, 5, null, null);
        ofNumbers(col("x").math().clip(0, 1.5), 1, 2).hasTypes(FLOAT64).hasValues(1.0, 1.5);
        ofNumbers(col("x").math().clip(0, 10), Double.NaN, Double.POSITIVE_INFINITY)
                .hasValues(Double.NaN, 10.0);
        ofNumbers(col("x").math().clipToNull(0, 10), Double.NaN).hasValues(Double.NaN);
    }

    @Test
    @Checks(functions = Function.CLIP)
    default void boundsInTheWrongOrderAreRefusedOrAnError() {
        assertThatThrownBy(() -> rows("x").of(1).withColumn("y", col("x").math().clip(10, 0)))
                .hasMessageContaining(
                        "INVALID_ARGUMENT: Cannot use 10 as the lower bound in clip(x, 10, 0): it is above"
                                + " the upper bound");
        ofPairs(col("a").math().clip(col("b"), 3), 1, 2, 1, 4)
                .hasValues(2, null)
                .hasErrors(error(Code.DOMAIN, "clip(1, 4, 3)", 2, "withColumn(y, clip(a, b, 3))"));
    }

    @Test
    @Checks(functions = {Function.IS_NAN, Function.IS_INFINITE})
    default void nanAndInfiniteNumbersAreFound() {
        Object[] numbers = {Double.NaN, Double.NEGATIVE_INFINITY, 1.0, null};
        ofNumbers(col("x").math().isNan(), numbers).hasTypes(BOOL).hasValues(true, false, false, null);
        ofNumbers(col("x").math().isInfinite(), numbers).hasTypes(BOOL).hasValues(false, true, false, null);
        ofNumbers(col("x").math().isNan(), 1).hasValues(false);
    }

    @Test
    @Checks(functions = {Function.BIT_AND, Function.BIT_OR, Function.BIT_XOR, Function.BIT_NOT})
    default void bitsAreCombined() {
        ofPairs(col("a").math().bitAnd(col("b")), 12, 10, -1, 5, null, 1)
                .hasTypes(INT64)
                .hasValues(8, 5, null);
        ofPairs(col("a").math().bitOr(col("b")), 12, 10).hasValues(14);
        ofPairs(col("a").math().bitXor(col("b")), 12, 10).hasValues(6);
        ofNumbers(col("x").math().bitNot(), 0, -1, null).hasValues(-1, 0, null);
    }

    @Test
    @Checks(functions = {Function.SHIFT_LEFT, Function.SHIFT_RIGHT})
    default void bitsAreShiftedByUpTo63Places() {
        ofPairs(col("a").math().shiftLeft(col("b")), 1, 3, 1, 63, 1, 64)
                .hasValues(8, Long.MIN_VALUE, null)
                .hasErrors(error(Code.DOMAIN, "shift_left(1, 64)", 3, "withColumn(y, shift_left(a, b))"));
        ofPairs(col("a").math().shiftRight(col("b")), -8, 1, 8, 3, 8, -1)
                .hasValues(-4, 1, null)
                .hasErrors(error(Code.DOMAIN, "shift_right(8, -1)", 3, "withColumn(y, shift_right(a, b))"));
    }
}
