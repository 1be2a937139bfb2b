package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.CellError.Code;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Arithmetic and rounding. Whole numbers and decimals are computed without a limit, and then looked at. */
final class Arithmetics {
    private Arithmetics() {}

    static Map<String, Functions.Body> all() {
        Map<String, Functions.Body> all = new TreeMap<>();
        all.put("add", binary("+", Double::sum, BigDecimal::add));
        all.put("subtract", binary("-", (a, b) -> a - b, BigDecimal::subtract));
        all.put("multiply", binary("*", (a, b) -> a * b, BigDecimal::multiply));
        all.put("divide", divided("/", (a, b) -> a / b, (a, b) -> a));
        all.put(
                "floor_divide",
                divided("//", (a, b) -> Math.floor(a / b), (a, b) -> a.divide(b, 0, RoundingMode.FLOOR)));
        all.put("mod", divided("%", (a, b) -> a % b, BigDecimal::remainder));
        all.put("negate", unary(a -> -a, BigDecimal::negate));
        all.put("abs", unary(Math::abs, BigDecimal::abs));
        all.put("floor", unary(Math::floor, x -> x.setScale(0, RoundingMode.FLOOR)));
        all.put("ceil", unary(Math::ceil, x -> x.setScale(0, RoundingMode.CEILING)));
        all.put("truncate", unary(x -> x < 0 ? Math.ceil(x) : Math.floor(x), x -> x.setScale(0, RoundingMode.DOWN)));
        all.put("sign", unary(x -> Math.signum(x) + 0.0, x -> BigDecimal.valueOf(x.signum())));
        all.put("round", call -> {
            int places = (int) call.whole(1);
            return unary(x -> rounded(x, places), x -> x.setScale(places, RoundingMode.HALF_UP))
                    .apply(call);
        });
        all.put("bit_and", call -> call.whole(0) & call.whole(1));
        all.put("bit_or", call -> call.whole(0) | call.whole(1));
        all.put("bit_xor", call -> call.whole(0) ^ call.whole(1));
        all.put("bit_not", call -> -1 - call.whole(0));
        all.put("shift_left", call -> {
            BigInteger moved = BigInteger.valueOf(call.whole(0)).shiftLeft(places(call));
            return moved.longValue();
        });
        all.put("shift_right", call -> {
            BigInteger divisor = BigInteger.ONE.shiftLeft(places(call));
            BigInteger[] parts = BigInteger.valueOf(call.whole(0)).divideAndRemainder(divisor);
            return parts[0].subtract(parts[1].signum() < 0 ? BigInteger.ONE : BigInteger.ZERO)
                    .longValue();
        });
        return all;
    }

    private static int places(Call call) {
        long places = call.whole(1);
        if (places < 0 || places > 63) {
            throw new Wrong(Code.DOMAIN);
        }
        return (int) places;
    }

    private static double rounded(double x, int places) {
        return Double.isNaN(x) || Double.isInfinite(x)
                ? x
                : new BigDecimal(Double.toString(x))
                        .setScale(places, RoundingMode.HALF_UP)
                        .doubleValue();
    }

    private static Functions.Body divided(String sign, DoubleBinaryOperator real, BinaryOperator<BigDecimal> exact) {
        Functions.Body body = binary(sign, real, exact);
        return call -> {
            Object divisor = call.value(1);
            boolean zero = divisor instanceof Double number
                    ? number == 0
                    : exact(divisor).signum() == 0;
            if (zero) {
                throw new Wrong(Code.DIVISION_BY_ZERO, written(call, sign));
            }
            return body.apply(call);
        };
    }

    private static Functions.Body binary(String sign, DoubleBinaryOperator real, BinaryOperator<BigDecimal> exact) {
        return call -> {
            if (call.value(0) instanceof Double) {
                return real.applyAsDouble(call.real(0), call.real(1));
            }
            BigDecimal result = exact.apply(exact(call.value(0)), exact(call.value(1)));
            return fitted(result, call, written(call, sign));
        };
    }

    private static Functions.Body unary(DoubleUnaryOperator real, UnaryOperator<BigDecimal> exact) {
        return call -> call.value(0) instanceof Double
                ? (Object) real.applyAsDouble(call.real(0))
                : fitted(exact.apply(exact(call.value(0))), call, null);
    }

    private static BigDecimal exact(Object number) {
        return number instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) number;
    }

    private static String written(Call call, String sign) {
        return CellWords.of(call.value(0)) + " " + sign + " " + CellWords.of(call.value(1));
    }

    /** The number in the type of the result; beyond its range it is an overflow. */
    private static Object fitted(BigDecimal result, Call call, @Nullable String text) {
        if (call.written().type() instanceof DataType.Decimal decimal) {
            BigDecimal scaled = result.setScale(decimal.scale(), RoundingMode.HALF_UP);
            if (scaled.precision() > decimal.precision()) {
                throw new Wrong(Code.OVERFLOW, text);
            }
            return scaled;
        }
        BigInteger whole = result.toBigIntegerExact();
        if (whole.bitLength() > 63) {
            throw new Wrong(Code.OVERFLOW, text);
        }
        return whole.longValue();
    }
}
