package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.table.CellError.Code;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/** Functions of float64, by the algorithms of fdlibm, which give the same bits everywhere. */
final class Reals {
    private Reals() {}

    static Map<String, Functions.Body> all() {
        Map<String, Functions.Body> all = new TreeMap<>();
        all.put("sqrt", unary(StrictMath::sqrt));
        all.put("cbrt", unary(StrictMath::cbrt));
        all.put("exp", unary(StrictMath::exp));
        all.put("ln", unary(x -> x == 0 ? Double.NaN : StrictMath.log(x)));
        all.put("log10", unary(x -> x == 0 ? Double.NaN : StrictMath.log10(x)));
        all.put("log2", unary(Reals::log2));
        all.put("log1p", unary(x -> x == -1 ? Double.NaN : StrictMath.log1p(x)));
        all.put("sin", unary(StrictMath::sin));
        all.put("cos", unary(StrictMath::cos));
        all.put("tan", unary(StrictMath::tan));
        all.put("asin", unary(StrictMath::asin));
        all.put("acos", unary(StrictMath::acos));
        all.put("atan", unary(StrictMath::atan));
        all.put("sinh", unary(StrictMath::sinh));
        all.put("cosh", unary(StrictMath::cosh));
        all.put("tanh", unary(StrictMath::tanh));
        all.put("degrees", unary(StrictMath::toDegrees));
        all.put("radians", unary(StrictMath::toRadians));
        all.put("atan2", call -> StrictMath.atan2(call.real(0), call.real(1)));
        all.put("power", call -> power(call.real(0), call.real(1)));
        all.put("interpolate", Reals::interpolated);
        all.put("is_nan", call -> Double.isNaN(call.real(0)));
        all.put("is_infinite", call -> Double.isInfinite(call.real(0)));
        return all;
    }

    /** On the straight line between the points on both sides; the height of the nearest point beyond all of them. */
    private static Object interpolated(Call call) {
        double place = call.real(0);
        int last = call.size() - 2;
        if (Double.isNaN(place)) {
            return place;
        }
        for (int i = 1; i <= last; i += 2) {
            if (place <= call.real(i)) {
                boolean isPoint = i == 1 || place == call.real(i);
                return isPoint ? (Object) call.real(i + 1) : between(call, i - 2, place);
            }
        }
        return call.real(last + 1);
    }

    private static Approximate between(Call call, int left, double place) {
        BigDecimal from = new BigDecimal(call.real(left));
        BigDecimal width = new BigDecimal(call.real(left + 2)).subtract(from);
        BigDecimal rise = new BigDecimal(call.real(left + 3)).subtract(new BigDecimal(call.real(left + 1)));
        BigDecimal risen = new BigDecimal(place).subtract(from).multiply(rise).divide(width, MathContext.DECIMAL128);
        double height = new BigDecimal(call.real(left + 1)).add(risen).doubleValue();
        double largest = Math.max(Math.abs(call.real(left + 1)), Math.abs(call.real(left + 3)));
        return new Approximate(height, 1e-14 * largest);
    }

    private static Functions.Body unary(DoubleUnaryOperator function) {
        return call -> known(function.applyAsDouble(call.real(0)), call.real(0), call.real(0));
    }

    private static double power(double base, double exponent) {
        if (base == 0 && exponent < 0) {
            throw new Wrong(Code.DIVISION_BY_ZERO);
        }
        return known(StrictMath.pow(base, exponent), base, exponent);
    }

    /** NaN comes of NaN alone. */
    private static double known(double result, double left, double right) {
        if (Double.isNaN(result) && !Double.isNaN(left) && !Double.isNaN(right)) {
            throw new Wrong(Code.DOMAIN);
        }
        return result;
    }

    /** The exponent that brings the number closest to 1, and the logarithm of the rest. */
    private static double log2(double x) {
        if (Double.isNaN(x) || x <= 0) {
            return Double.NaN;
        }
        if (Double.isInfinite(x)) {
            return x;
        }
        int exponent = 0;
        double rest = x;
        while (rest > 1.5) {
            rest /= 2;
            exponent++;
        }
        while (rest <= 0.75) {
            rest *= 2;
            exponent--;
        }
        return exponent + StrictMath.log(rest) / StrictMath.log(2);
    }
}
