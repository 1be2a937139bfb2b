package io.millrace.dataflow.kernel;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Parses decimal numbers with an optional sign, point and exponent. Takes ASCII digits only. */
final class NumberText {
    /** What {@link #parseDouble} returns for a misfit: the bits of a NaN that no text stands for. */
    static final long NOT_A_DOUBLE = 0x7ff8_0000_0000_0001L;

    /** Exponents beyond this are all alike: zero or out of range. */
    private static final int LARGEST_EXPONENT = 1_000_000;

    private static final long LARGEST_EXACT = 1L << 53;
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private NumberText() {}

    /** The bits of the double nearest to the number {@code text}, or {@link #NOT_A_DOUBLE}. */
    static long parseDouble(String text) {
        int length = text.length();
        int i = length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        boolean negative = i == 1 && text.charAt(0) == '-';
        long mantissa = 0;
        int digits = 0;
        boolean exact = true;
        int exponent = 0;
        int point = -1;
        for (; i < length; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
                exact &= mantissa <= (LARGEST_EXACT - 9) / 10;
                mantissa = exact ? mantissa * 10 + (c - '0') : mantissa;
            } else if (c == '.' && point < 0) {
                point = i;
            } else {
                break;
            }
        }
        if (digits == 0) {
            return parseNamed(text);
        }
        if (point >= 0) {
            exponent -= i - point - 1;
        }
        if (i < length) {
            int written = parseExponent(text, i);
            if (written == Integer.MIN_VALUE) {
                return NOT_A_DOUBLE;
            }
            exponent += written;
        }
        double value;
        if (exact && exponent >= -22 && exponent <= 22) {
            // Both operands are exact, so the one rounding of the result is the right one.
            value = exponent < 0 ? mantissa / POWERS_OF_TEN[-exponent] : mantissa * POWERS_OF_TEN[exponent];
            value = negative ? -value : value;
        } else {
            value = Double.parseDouble(text);
        }
        return Double.isInfinite(value) ? NOT_A_DOUBLE : Double.doubleToRawLongBits(value);
    }

    /** The decimal of exactly this value with the scale given, or null when there is none within the precision. */
    static @Nullable BigDecimal parseDecimal(String text, int precision, int scale) {
        int length = text.length();
        int i = length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        boolean negative = i == 1 && text.charAt(0) == '-';
        int digits = 0;
        int point = -1;
        int first = -1;
        int last = -1;
        for (; i < length; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
                if (c != '0') {
                    first = first < 0 ? i : first;
                    last = i;
                }
            } else if (c == '.' && point < 0) {
                point = i;
            } else {
                break;
            }
        }
        int end = point < 0 ? i : point;
        int exponent = 0;
        if (digits == 0) {
            return null;
        }
        if (i < length) {
            exponent = parseExponent(text, i);
            if (exponent == Integer.MIN_VALUE) {
                return null;
            }
        }
        if (first < 0) {
            return BigDecimal.valueOf(0, scale);
        }
        // The value is the significant digits, first to last, times ten to the power of lastExponent.
        boolean pointInside = point > first && point < last;
        int significant = last - first + 1 - (pointInside ? 1 : 0);
        int lastExponent = exponent + (last < end ? end - last - 1 : end - last);
        if (lastExponent < -scale || significant + lastExponent > precision - scale) {
            return null;
        }
        String unscaledText = pointInside
                ? text.substring(first, point) + text.substring(point + 1, last + 1)
                : text.substring(first, last + 1);
        BigInteger unscaled;
        if (significant + lastExponent + scale <= 18) {
            long small = Long.parseLong(unscaledText);
            for (int power = lastExponent + scale; power > 0; power--) {
                small *= 10;
            }
            return BigDecimal.valueOf(negative ? -small : small, scale);
        }
        unscaled = new BigInteger(unscaledText).multiply(BigInteger.TEN.pow(lastExponent + scale));
        return new BigDecimal(negative ? unscaled.negate() : unscaled, scale);
    }

    /** The exponent written from {@code start} to the end of the text, or the least int when there is none. */
    private static int parseExponent(String text, int start) {
        int length = text.length();
        int i = start;
        if (text.charAt(i) != 'e' && text.charAt(i) != 'E') {
            return Integer.MIN_VALUE;
        }
        i++;
        boolean negative = i < length && text.charAt(i) == '-';
        if (negative || (i < length && text.charAt(i) == '+')) {
            i++;
        }
        if (i == length) {
            return Integer.MIN_VALUE;
        }
        int value = 0;
        for (; i < length; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return Integer.MIN_VALUE;
            }
            value = Math.min(value * 10 + digit, LARGEST_EXPONENT);
        }
        return negative ? -value : value;
    }

    private static long parseNamed(String text) {
        if (text.equalsIgnoreCase("nan")) {
            return Double.doubleToRawLongBits(Double.NaN);
        }
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String name = signed ? text.substring(1) : text;
        if (name.equalsIgnoreCase("infinity") || name.equalsIgnoreCase("inf")) {
            return Double.doubleToRawLongBits(
                    text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        return NOT_A_DOUBLE;
    }
}
