package io.millrace.dataflow.kernel;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.CellError.Code;
import io.millrace.dataflow.table.CellErrors;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;

/**
 * Arithmetic. Of int64 and decimals a result beyond the range is an error; of float64 it is infinite, as IEEE 754 has
 * it. A product of decimals is rounded half up to the scale of the result.
 */
final class Arithmetic {
    private Arithmetic() {}

    static Kernel add(DataType result) {
        return binary(result, " + ", Math::addExact, Double::sum, BigDecimal::add);
    }

    static Kernel subtract(DataType result) {
        return binary(result, " - ", Math::subtractExact, (a, b) -> a - b, BigDecimal::subtract);
    }

    static Kernel multiply(DataType result) {
        return binary(result, " * ", Math::multiplyExact, (a, b) -> a * b, BigDecimal::multiply);
    }

    static Kernel divide() {
        return float64(" / ", true, (a, b) -> a / b);
    }

    /** The quotient rounded down, to a whole number. */
    static Kernel floorDivide(DataType result) {
        if (result instanceof DataType.Int64) {
            return int64(" // ", true, Arithmetic::floorDivExact);
        }
        if (result instanceof DataType.Float64) {
            return float64(" // ", true, (a, b) -> Math.floor(a / b));
        }
        return decimal((DataType.Decimal) result, " // ", true, (a, b) -> a.divide(b, 0, RoundingMode.FLOOR));
    }

    private static long floorDivExact(long a, long b) {
        return b == -1 ? Math.negateExact(a) : Math.floorDiv(a, b);
    }

    static Kernel mod(DataType result) {
        if (result instanceof DataType.Int64) {
            return int64(" % ", true, (a, b) -> a % b);
        }
        if (result instanceof DataType.Float64) {
            return float64(" % ", true, (a, b) -> a % b);
        }
        return decimal((DataType.Decimal) result, " % ", true, BigDecimal::remainder);
    }

    static Kernel negate(DataType result) {
        return unary(result, "negate", Math::negateExact, a -> -a, BigDecimal::negate);
    }

    static Kernel abs(DataType result) {
        return unary(result, "abs", Math::absExact, Math::abs, BigDecimal::abs);
    }

    private static Kernel binary(
            DataType result, String sign, LongFunction whole, DoubleFunction real, DecimalFunction exact) {
        if (result instanceof DataType.Int64) {
            return int64(sign, false, whole);
        }
        if (result instanceof DataType.Float64) {
            return float64(sign, false, real);
        }
        return decimal((DataType.Decimal) result, sign, false, exact);
    }

    private static Kernel int64(String sign, boolean divides, LongFunction function) {
        return (arguments, target) -> {
            BigIntVector left = (BigIntVector) arguments.vector(0);
            BigIntVector right = (BigIntVector) arguments.vector(1);
            BigIntVector result = (BigIntVector) target;
            CellErrors.Builder made = CellErrors.builder();
            for (int row = 0; row < arguments.rows(); row++) {
                int i = arguments.row(0, row);
                int j = arguments.row(1, row);
                if (left.isNull(i) || right.isNull(j)) {
                    continue;
                }
                if (divides && right.get(j) == 0) {
                    made.add(row, arguments.failure(Code.DIVISION_BY_ZERO, text(arguments, sign, row), row));
                    continue;
                }
                try {
                    result.set(row, function.apply(left.get(i), right.get(j)));
                } catch (ArithmeticException overflow) {
                    made.add(row, arguments.failure(Code.OVERFLOW, text(arguments, sign, row), row));
                }
            }
            return arguments.errors().or(made.build());
        };
    }

    private static Kernel float64(String sign, boolean divides, DoubleFunction function) {
        return (arguments, target) -> {
            Float8Vector left = (Float8Vector) arguments.vector(0);
            Float8Vector right = (Float8Vector) arguments.vector(1);
            Float8Vector result = (Float8Vector) target;
            CellErrors.Builder made = CellErrors.builder();
            for (int row = 0; row < arguments.rows(); row++) {
                int i = arguments.row(0, row);
                int j = arguments.row(1, row);
                if (left.isNull(i) || right.isNull(j)) {
                    continue;
                }
                if (divides && right.get(j) == 0) {
                    made.add(row, arguments.failure(Code.DIVISION_BY_ZERO, text(arguments, sign, row), row));
                } else {
                    result.set(row, function.apply(left.get(i), right.get(j)));
                }
            }
            return arguments.errors().or(made.build());
        };
    }

    private static Kernel decimal(DataType.Decimal type, String sign, boolean divides, DecimalFunction function) {
        return (arguments, target) -> {
            DecimalVector left = (DecimalVector) arguments.vector(0);
            DecimalVector right = (DecimalVector) arguments.vector(1);
            DecimalVector result = (DecimalVector) target;
            CellErrors.Builder made = CellErrors.builder();
            for (int row = 0; row < arguments.rows(); row++) {
                int i = arguments.row(0, row);
                int j = arguments.row(1, row);
                if (left.isNull(i) || right.isNull(j)) {
                    continue;
                }
                BigDecimal divisor = right.getObjectNotNull(j);
                if (divides && divisor.signum() == 0) {
                    made.add(row, arguments.failure(Code.DIVISION_BY_ZERO, text(arguments, sign, row), row));
                    continue;
                }
                BigDecimal value =
                        function.apply(left.getObjectNotNull(i), divisor).setScale(type.scale(), RoundingMode.HALF_UP);
                if (value.precision() <= type.precision()) {
                    result.set(row, value);
                } else {
                    made.add(row, arguments.failure(Code.OVERFLOW, text(arguments, sign, row), row));
                }
            }
            return arguments.errors().or(made.build());
        };
    }

    private static Kernel unary(
            DataType type,
            String name,
            java.util.function.LongUnaryOperator whole,
            java.util.function.DoubleUnaryOperator real,
            java.util.function.UnaryOperator<BigDecimal> exact) {
        return (arguments, target) -> {
            FieldVector input = arguments.vector(0);
            CellErrors.Builder made = CellErrors.builder();
            for (int row = 0; row < arguments.rows(); row++) {
                int i = arguments.row(0, row);
                if (input.isNull(i)) {
                    continue;
                }
                if (type instanceof DataType.Float64) {
                    ((Float8Vector) target).set(row, real.applyAsDouble(((Float8Vector) input).get(i)));
                } else if (type instanceof DataType.Decimal) {
                    ((DecimalVector) target).set(row, exact.apply(((DecimalVector) input).getObjectNotNull(i)));
                } else {
                    try {
                        ((BigIntVector) target).set(row, whole.applyAsLong(((BigIntVector) input).get(i)));
                    } catch (ArithmeticException overflow) {
                        String text = name + "(" + arguments.text(0, row) + ")";
                        made.add(row, arguments.failure(Code.OVERFLOW, text, row));
                    }
                }
            }
            return arguments.errors().or(made.build());
        };
    }

    private static String text(Arguments arguments, String sign, int row) {
        return arguments.text(0, row) + sign + arguments.text(1, row);
    }

    @FunctionalInterface
    private interface LongFunction {
        long apply(long left, long right);
    }

    @FunctionalInterface
    private interface DoubleFunction {
        double apply(double left, double right);
    }

    @FunctionalInterface
    private interface DecimalFunction {
        BigDecimal apply(BigDecimal left, BigDecimal right);
    }
}
