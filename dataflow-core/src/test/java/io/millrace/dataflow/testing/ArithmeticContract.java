package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.decimal;
import static io.millrace.dataflow.testing.EngineFixture.error;
import static io.millrace.dataflow.testing.Rows.rows;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.table.CellError.Code;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** Numbers. */
interface ArithmeticContract extends EngineFixture {
    private TableAssert computed(Dataflow input, Expr expression) {
        return run(input.withColumn("y", expression).select("y"));
    }

    @Test
    @Checks(functions = {Function.ADD, Function.SUBTRACT, Function.MULTIPLY, Function.MOD})
    default void arithmeticOfWholeNumbers() {
        Dataflow input = rows("a", "b").of(7, 3, -7, 3, 7, -3, null, 1, 1, null);
        Expr a = col("a");
        Expr b = col("b");

        computed(input, a.plus(b)).hasTypes(INT64).hasValues(10, -4, 4, null, null);
        computed(input, a.minus(b)).hasValues(4, -10, 10, null, null);
        computed(input, a.times(b)).hasValues(21, -21, -21, null, null);
        computed(input, a.mod(b)).hasValues(1, -1, 1, null, null);
    }

    @Test
    @Checks(functions = {Function.ADD, Function.SUBTRACT, Function.MULTIPLY})
    default void wholeNumbersBeyondTheirRangeAreErrors() {
        Dataflow input = rows("x").of(1, Long.MAX_VALUE, Long.MIN_VALUE);

        computed(input, col("x").plus(1))
                .hasValues(2, null, Long.MIN_VALUE + 1)
                .hasErrors(error(Code.OVERFLOW, "9223372036854775807 + 1", 2, "withColumn(y, (x + 1))"));
        computed(input, col("x").minus(1))
                .hasValues(0, Long.MAX_VALUE - 1, null)
                .hasErrors(error(Code.OVERFLOW, "-9223372036854775808 - 1", 3, "withColumn(y, (x - 1))"));
        computed(input, col("x").times(-1))
                .hasValues(-1, -Long.MAX_VALUE, null)
                .hasErrors(error(Code.OVERFLOW, "-9223372036854775808 * -1", 3, "withColumn(y, (x * -1))"));
    }

    @Test
    @Checks(functions = {Function.NEGATE, Function.ABS})
    default void negationAndAbsoluteValue() {
        Dataflow input = rows("x").of(3, -4, null, Long.MIN_VALUE);

        computed(input, col("x").negated())
                .hasTypes(INT64)
                .hasValues(-3, 4, null, null)
                .hasErrors(error(Code.OVERFLOW, "negate(-9223372036854775808)", 4, "withColumn(y, negate(x))"));
        computed(input, col("x").abs())
                .hasValues(3, 4, null, null)
                .hasErrors(error(Code.OVERFLOW, "abs(-9223372036854775808)", 4, "withColumn(y, abs(x))"));
        computed(rows("x").of(-0.5, Double.NEGATIVE_INFINITY), col("x").abs())
                .hasTypes(FLOAT64)
                .hasValues(0.5, Double.POSITIVE_INFINITY);
        computed(rows("x").of(new BigDecimal("1.25")), col("x").negated())
                .hasTypes(decimal(3, 2))
                .hasValues(new BigDecimal("-1.25"));
    }

    @Test
    @Checks(functions = {Function.DIVIDE, Function.MOD})
    default void aZeroDivisorIsAnError() {
        Dataflow input = rows("a", "b").of(7, 2, 1, 0, null, 0);

        computed(input, col("a").dividedBy(col("b")))
                .hasTypes(FLOAT64)
                .hasValues(3.5, null, null)
                .hasErrors(error(Code.DIVISION_BY_ZERO, "1.0 / 0.0", 2, "withColumn(y, (a / b))"));
        computed(input, col("a").mod(col("b")))
                .hasValues(1, null, null)
                .hasErrors(error(Code.DIVISION_BY_ZERO, "1 % 0", 2, "withColumn(y, (a % b))"));
        computed(rows("a", "b").of(1.5, -0.0), col("a").mod(col("b")))
                .hasErrors(error(Code.DIVISION_BY_ZERO, "1.5 % -0.0", 1, "withColumn(y, (a % b))"));
    }

    @Test
    @Checks(functions = {Function.ADD, Function.MULTIPLY, Function.MOD})
    default void arithmeticOfFloatsFollowsIeee() {
        Dataflow input = rows("a", "b")
                .of(0.1, 0.2, Double.MAX_VALUE, Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

        computed(input, col("a").plus(col("b"))).hasValues(0.1 + 0.2, Double.POSITIVE_INFINITY, Double.NaN);
        computed(input, col("a").times(col("b")))
                .hasValues(0.1 * 0.2, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
                .hasNoErrors();
        computed(rows("a").of(-7.5), col("a").mod(2)).hasValues(-1.5);
        computed(rows("a").of(1), col("a").plus(0.5)).hasTypes(FLOAT64).hasValues(1.5);
    }

    @Test
    @Checks(functions = {Function.ADD, Function.SUBTRACT, Function.MULTIPLY, Function.MOD})
    default void arithmeticOfDecimalsIsExact() {
        Dataflow input = rows("a", "b").of(new BigDecimal("10.25"), new BigDecimal("3.1"));

        computed(input, col("a").plus(col("b"))).hasTypes(decimal(38, 2)).hasValues(new BigDecimal("13.35"));
        computed(input, col("a").minus(col("b"))).hasValues(new BigDecimal("7.15"));
        computed(input, col("a").times(col("b"))).hasTypes(decimal(38, 2)).hasValues(new BigDecimal("31.78"));
        computed(input, col("a").mod(col("b"))).hasValues(new BigDecimal("0.95"));
    }

    @Test
    @Checks(functions = {Function.ADD, Function.MOD})
    default void decimalsBeyondTheirDigitsAreErrors() {
        String most = "9".repeat(38);
        Dataflow input = rows("x: decimal(38, 0)").of(new BigDecimal(most));

        computed(input, col("x").plus(col("x")))
                .hasValues((Object) null)
                .hasErrors(error(Code.OVERFLOW, most + " + " + most, 1, "withColumn(y, (x + x))"));
        computed(input, col("x").mod(col("x").minus(col("x"))))
                .hasErrors(error(Code.DIVISION_BY_ZERO, most + " % 0", 1, "withColumn(y, (x % (x - x)))"));
    }
}
