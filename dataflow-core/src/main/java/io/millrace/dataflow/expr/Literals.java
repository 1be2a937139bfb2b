package io.millrace.dataflow.expr;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Java values that stand for cells outside of an engine, and the type of each. */
public final class Literals {
    /** Far above what a type holds, and small enough to be written out: a few letters can say 10 to the billionth. */
    private static final int MOST_SCALE = 1_000;

    private Literals() {}

    /**
     * {@code value} in the one class that stands for its type: {@link Long}, {@link Double}, {@link BigDecimal} without
     * a negative scale, {@link Instant} cut to microseconds, {@link Bytes} for an array of bytes, or itself; a {@link List}
     * of such values for a list, and a {@link Map} from the names of its fields, in their order, for a struct.
     *
     * @throws IllegalArgumentException for a class that stands for no type, and for a value that its type does not have: a
     *     date or an instant beyond the range, a number of more than 38 digits, text with half of a pair of surrogates
     */
    public static @Nullable Object normalised(@Nullable Object value) {
        if (value == null
                || value instanceof Boolean
                || value instanceof Long
                || value instanceof Double
                || value instanceof Bytes) {
            return value;
        }
        if (value instanceof String || value instanceof LocalDate) {
            LiteralRange.check(value);
            return value;
        }
        if (value instanceof byte[] bytes) {
            return Bytes.of(bytes);
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float) {
            return ((Number) value).doubleValue();
        }
        if (value instanceof BigInteger whole) {
            return LiteralRange.checked(new BigDecimal(whole));
        }
        if (value instanceof BigDecimal decimal) {
            if (Math.abs((long) decimal.scale()) > MOST_SCALE) {
                throw new IllegalArgumentException(
                        "a decimal has up to 38 digits, and this one has an exponent of " + -(long) decimal.scale());
            }
            return LiteralRange.checked(decimal);
        }
        if (value instanceof Instant instant) {
            LiteralRange.check(instant);
            return instant.truncatedTo(ChronoUnit.MICROS);
        }
        if (value instanceof List<?> || value instanceof Map<?, ?>) {
            return NestedLiterals.normalised(value);
        }
        throw new IllegalArgumentException("a literal cannot be a "
                + value.getClass().getName() + "; use a boolean, number, text, LocalDate, Instant or byte[]");
    }

    /** Whether a text is Unicode: a cell cannot hold half of a pair of surrogates. */
    public static boolean isUnicode(String text) {
        return LiteralRange.halfPair(text) < 0;
    }

    /**
     * The type of a normalised value; empty for null. A list has the type that its elements share, whole numbers and
     * decimals beside a float64 being float64; text when it has none that is not null.
     *
     * @throws IllegalArgumentException for a list whose elements share no type
     */
    public static Optional<DataType> type(@Nullable Object value) {
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Boolean) {
            return Optional.of(DataTypes.BOOL);
        }
        if (value instanceof Long) {
            return Optional.of(DataTypes.INT64);
        }
        if (value instanceof Double) {
            return Optional.of(DataTypes.FLOAT64);
        }
        if (value instanceof BigDecimal decimal) {
            int precision = Math.max(decimal.precision(), decimal.scale());
            return Optional.of(DataTypes.decimal(Math.max(1, precision), decimal.scale()));
        }
        if (value instanceof String) {
            return Optional.of(DataTypes.TEXT);
        }
        if (value instanceof LocalDate) {
            return Optional.of(DataTypes.DATE);
        }
        if (value instanceof Bytes) {
            return Optional.of(DataTypes.BINARY);
        }
        if (value instanceof List<?> || value instanceof Map<?, ?>) {
            return Optional.of(NestedLiterals.type(value));
        }
        return Optional.of(DataTypes.TIMESTAMP);
    }

    /**
     * An order of keys, as they are given to a plan, that does not depend on where they came from: by their classes, and of
     * one class from small to large. It makes the fingerprint of a plan the same for every map that holds the same.
     */
    public static Comparator<@Nullable Object> order() {
        return (left, right) -> {
            Object first = normalised(left);
            Object second = normalised(right);
            if (first == null || second == null) {
                return Boolean.compare(first != null, second != null);
            }
            int classes = first.getClass().getName().compareTo(second.getClass().getName());
            if (classes != 0) {
                return classes;
            }
            int values = compared(first, second);
            return values == 0 ? text(first).compareTo(text(second)) : values;
        };
    }

    @SuppressWarnings("unchecked") // two values of one class that compares with itself, as all but lists and maps do
    private static int compared(Object first, Object second) {
        return first instanceof Comparable<?> ? ((Comparable<Object>) first).compareTo(second) : 0;
    }

    /** A normalised value as it is written in messages: text in single quotes. */
    static String text(@Nullable Object value) {
        if (value instanceof String text) {
            return "'" + text.replace("'", "''") + "'";
        }
        if (value instanceof LocalDate) {
            return "date '" + value + "'";
        }
        if (value instanceof Instant) {
            return "timestamp '" + value + "'";
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof Bytes) {
            return "binary '" + value + "'";
        }
        if (value instanceof List<?> || value instanceof Map<?, ?>) {
            return NestedLiterals.text(value);
        }
        return String.valueOf(value);
    }
}
