package io.millrace.dataflow.kernel;

import io.millrace.dataflow.table.CellError.Code;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.Float8Vector;

/**
 * Functions of float64. Computed by {@link StrictMath}, so that every machine gives the same bits. Where a function has
 * no real value, or a pole, the result is an error; NaN gives NaN; beyond the greatest number it is infinite.
 */
final class RealFunctions {
    private static final double LN_2 = StrictMath.log(2);
    private static final double TWO_TO_54 = 0x1p54;

    private RealFunctions() {}

    static Kernel sqrt() {
        return unary("sqrt", StrictMath::sqrt);
    }

    static Kernel cbrt() {
        return unary("cbrt", StrictMath::cbrt);
    }

    static Kernel exp() {
        return unary("exp", StrictMath::exp);
    }

    static Kernel ln() {
        return unary("ln", x -> x > 0 ? StrictMath.log(x) : Double.NaN);
    }

    static Kernel log10() {
        return unary("log10", x -> x > 0 ? StrictMath.log10(x) : Double.NaN);
    }

    static Kernel log2() {
        return unary("log2", RealFunctions::log2);
    }

    static Kernel log1p() {
        return unary("log1p", x -> x > -1 ? StrictMath.log1p(x) : Double.NaN);
    }

    static Kernel sin() {
        return unary("sin", StrictMath::sin);
    }

    static Kernel cos() {
        return unary("cos", StrictMath::cos);
    }

    static Kernel tan() {
        return unary("tan", StrictMath::tan);
    }

    static Kernel asin() {
        return unary("asin", StrictMath::asin);
    }

    static Kernel acos() {
        return unary("acos", StrictMath::acos);
    }

    static Kernel atan() {
        return unary("atan", StrictMath::atan);
    }

    static Kernel sinh() {
        return unary("sinh", StrictMath::sinh);
    }

    static Kernel cosh() {
        return unary("cosh", StrictMath::cosh);
    }

    static Kernel tanh() {
        return unary("tanh", StrictMath::tanh);
    }

    static Kernel degrees() {
        return unary("degrees", StrictMath::toDegrees);
    }

    static Kernel radians() {
        return unary("radians", StrictMath::toRadians);
    }

    static Kernel atan2() {
        return binary("atan2", StrictMath::atan2);
    }

    /** Zero to a negative power divides by zero. */
    static Kernel power() {
        return RowByRow.of("power", (arguments, row, target) -> {
            double base = arguments.float64(0, row);
            double exponent = arguments.float64(1, row);
            if (base == 0 && exponent < 0) {
                return Code.DIVISION_BY_ZERO;
            }
            double value = StrictMath.pow(base, exponent);
            if (Double.isNaN(value) && !Double.isNaN(base) && !Double.isNaN(exponent)) {
                return Code.DOMAIN;
            }
            ((Float8Vector) target).set(row, value);
            return null;
        });
    }

    static Kernel isNan() {
        return RowByRow.of("is_nan", (arguments, row, target) -> {
            ((BitVector) target).set(row, Double.isNaN(arguments.float64(0, row)) ? 1 : 0);
            return null;
        });
    }

    static Kernel isInfinite() {
        return RowByRow.of("is_infinite", (arguments, row, target) -> {
            ((BitVector) target).set(row, Double.isInfinite(arguments.float64(0, row)) ? 1 : 0);
            return null;
        });
    }

    /** The exponent of the nearest power of two is taken off first, which makes powers of two exact. */
    private static double log2(double x) {
        if (!(x > 0) || Double.isInfinite(x)) {
            return x > 0 ? x : Double.NaN;
        }
        boolean subnormal = x < Double.MIN_NORMAL;
        double normal = subnormal ? x * TWO_TO_54 : x;
        int exponent = Math.getExponent(normal);
        double mantissa = Math.scalb(normal, -exponent);
        if (mantissa > 1.5) {
            mantissa /= 2;
            exponent++;
        }
        return exponent - (subnormal ? 54 : 0) + StrictMath.log(mantissa) / LN_2;
    }

    private static Kernel unary(String name, DoubleUnaryOperator function) {
        return RowByRow.of(name, (arguments, row, target) -> {
            double x = arguments.float64(0, row);
            double value = function.applyAsDouble(x);
            if (Double.isNaN(value) && !Double.isNaN(x)) {
                return Code.DOMAIN;
            }
            ((Float8Vector) target).set(row, value);
            return null;
        });
    }

    private static Kernel binary(String name, DoubleBinaryOperator function) {
        return RowByRow.of(name, (arguments, row, target) -> {
            ((Float8Vector) target)
                    .set(row, function.applyAsDouble(arguments.float64(0, row), arguments.float64(1, row)));
            return null;
        });
    }
}
