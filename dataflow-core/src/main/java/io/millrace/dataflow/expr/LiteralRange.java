package io.millrace.dataflow.expr;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;

/** Refuses values that no cell can hold. */
final class LiteralRange {
    private static final int MOST_DIGITS = 38;
    private static final BigInteger MICROS_PER_SECOND = BigInteger.valueOf(1_000_000);

    private LiteralRange() {}

    static void check(Object value) {
        if (value instanceof LocalDate date && date.toEpochDay() != (int) date.toEpochDay()) {
            throw new IllegalArgumentException("a date is from -5877641-06-23 to +5881580-07-11: " + date);
        }
        if (value instanceof Instant instant && micros(instant).bitLength() >= Long.SIZE) {
            throw new IllegalArgumentException("a timestamp is from -290308-12-21T19:59:05.224192Z to "
                    + "+294247-01-10T04:00:54.775807Z: " + instant);
        }
        if (value instanceof String text) {
            int half = halfPair(text);
            if (half >= 0) {
                throw new IllegalArgumentException("text has half of a pair of surrogates at index " + half);
            }
        }
    }

    private static BigInteger micros(Instant instant) {
        return BigInteger.valueOf(instant.getEpochSecond())
                .multiply(MICROS_PER_SECOND)
                .add(BigInteger.valueOf(instant.getNano() / 1_000));
    }

    /** Where the first half of a pair of surrogates stands alone; -1 when none does. */
    static int halfPair(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(unit)) {
                return i;
            }
        }
        return -1;
    }

    /** A decimal without a negative scale. */
    static BigDecimal checked(BigDecimal decimal) {
        // The digits of a number with a large exponent are counted before they are written out.
        long whole = (long) decimal.precision() - decimal.scale();
        if (decimal.signum() != 0 && Math.max(whole, 0) + Math.max(decimal.scale(), 0) > MOST_DIGITS) {
            throw new IllegalArgumentException("a decimal has at most " + MOST_DIGITS + " digits: " + decimal);
        }
        if (decimal.signum() == 0 && decimal.scale() > MOST_DIGITS) {
            return BigDecimal.ZERO.setScale(MOST_DIGITS);
        }
        return decimal.scale() >= 0 ? decimal : decimal.signum() == 0 ? BigDecimal.ZERO : decimal.setScale(0);
    }
}
