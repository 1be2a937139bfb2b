package io.millrace.dataflow.kernel;

import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.CellError.Code;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.DoubleUnaryOperator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.jspecify.annotations.Nullable;

/** Rounding, and signs. The result has the argument's type, of decimals with 38 digits. */
final class Rounding {
    /** Below this a product's error stays far under {@link #NEAR_A_TIE}. */
    private static final double LARGEST_FAST = 1e9;

    private static final double NEAR_A_TIE = 1e-6;
    private static final double[] POWERS_OF_TEN = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

    private Rounding() {}

    static Kernel round(TypedExpr.Call call) {
        int decimals = (int) Constants.int64(call, 1);
        return of(
                "round",
                call.type(),
                x -> halfUp(x, decimals),
                x -> x.setScale(decimals, RoundingMode.HALF_UP),
                decimals >= 0);
    }

    static Kernel floor(TypedExpr.Call call) {
        return of("floor", call.type(), Math::floor, x -> x.setScale(0, RoundingMode.FLOOR), true);
    }

    static Kernel ceil(TypedExpr.Call call) {
        return of("ceil", call.type(), Math::ceil, x -> x.setScale(0, RoundingMode.CEILING), true);
    }

    static Kernel truncate(TypedExpr.Call call) {
        return of(
                "truncate",
                call.type(),
                x -> x < 0 ? Math.ceil(x) : Math.floor(x),
                x -> x.setScale(0, RoundingMode.DOWN),
                true);
    }

    static Kernel sign(TypedExpr.Call call) {
        return of("sign", call.type(), x -> Math.signum(x) + 0.0, x -> BigDecimal.valueOf(x.signum()), false);
    }

    private static Kernel of(
            String name, DataType type, DoubleUnaryOperator real, Exact exact, boolean wholeNumbersStay) {
        return RowByRow.of(name, (arguments, row, target) -> {
            if (type instanceof DataType.Float64) {
                ((Float8Vector) target).set(row, real.applyAsDouble(arguments.float64(0, row)));
                return null;
            }
            if (type instanceof DataType.Decimal decimal) {
                BigDecimal value = ((DecimalVector) arguments.vector(0)).getObjectNotNull(arguments.row(0, row));
                return write(exact.apply(value), decimal, target, row);
            }
            long value = arguments.int64(0, row);
            return wholeNumbersStay
                    ? write(value, target, row)
                    : write(exact.apply(BigDecimal.valueOf(value)), target, row);
        });
    }

    private static @Nullable Code write(long value, FieldVector target, int row) {
        ((BigIntVector) target).set(row, value);
        return null;
    }

    private static @Nullable Code write(BigDecimal value, FieldVector target, int row) {
        try {
            return write(value.longValueExact(), target, row);
        } catch (ArithmeticException beyondRange) {
            return Code.OVERFLOW;
        }
    }

    private static @Nullable Code write(BigDecimal value, DataType.Decimal type, FieldVector target, int row) {
        // What has more decimals than the type was rounded to more than it can differ in.
        BigDecimal scaled = value.setScale(type.scale(), RoundingMode.HALF_UP);
        if (scaled.precision() > type.precision()) {
            return Code.OVERFLOW;
        }
        ((DecimalVector) target).set(row, scaled);
        return null;
    }

    /**
     * The nearest number of so many decimals; of two, the one further from zero. The number is taken as the decimal that
     * it is written as: 2.675 becomes 2.68, though the double is a little less.
     */
    static double halfUp(double x, int decimals) {
        if (!Double.isFinite(x)) {
            return x;
        }
        if (decimals >= 0 && decimals < POWERS_OF_TEN.length) {
            double power = POWERS_OF_TEN[decimals];
            double scaled = Math.abs(x) * power;
            double whole = Math.floor(scaled);
            double rest = scaled - whole;
            if (scaled < LARGEST_FAST && Math.abs(rest - 0.5) > NEAR_A_TIE) {
                // Both are exact, so the one rounding of the quotient is the right one.
                return Math.copySign((rest < 0.5 ? whole : whole + 1) / power, x) + 0.0;
            }
        }
        return new BigDecimal(Double.toString(x))
                .setScale(decimals, RoundingMode.HALF_UP)
                .doubleValue();
    }

    @FunctionalInterface
    private interface Exact {
        BigDecimal apply(BigDecimal value);
    }
}
