package io.millrace.dataflow.local;

import io.millrace.dataflow.kernel.CellOrder;
import io.millrace.dataflow.schema.DataType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The order of {@link CellOrder} over values as {@code Literals} normalises them, and about what they take of memory. */
final class ValueOrder {
    private static final int OBJECT_BYTES = 32;

    private ValueOrder() {}

    /** The order of the values of a type that has one. */
    @SuppressWarnings("unchecked") // the values of every other type are comparable with each other
    static Comparator<Object> of(DataType type) {
        if (type instanceof DataType.Float64) {
            return (left, right) -> CellOrder.compareDoubles((Double) left, (Double) right);
        }
        if (type instanceof DataType.Text) {
            return (left, right) -> Arrays.compareUnsigned(utf8(left), utf8(right));
        }
        if (type instanceof DataType.Binary) {
            return (left, right) -> Arrays.compareUnsigned((byte[]) left, (byte[]) right);
        }
        return (left, right) -> ((Comparable<Object>) left).compareTo(right);
    }

    /** The order of a type, or the opposite of it when {@code sign} is -1. */
    static Comparator<Object> signed(DataType type, int sign) {
        Comparator<Object> order = of(type);
        return sign < 0 ? order.reversed() : order;
    }

    private static byte[] utf8(Object text) {
        return ((String) text).getBytes(StandardCharsets.UTF_8);
    }

    /** About how many bytes a value takes, with a reference to it. */
    static long bytes(@Nullable Object value) {
        if (value instanceof String text) {
            return OBJECT_BYTES + 2L * text.length();
        }
        if (value instanceof byte[] bytes) {
            return (long) OBJECT_BYTES + bytes.length;
        }
        long total = OBJECT_BYTES;
        if (value instanceof List<?> list) {
            for (Object element : list) {
                total += bytes(element);
            }
        } else if (value instanceof Map<?, ?> parts) {
            for (Object part : parts.values()) {
                total += OBJECT_BYTES + bytes(part);
            }
        }
        return total;
    }
}
