package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.table.CellError;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Equality and order of values. */
final class Order {
    private Order() {}

    /** The order of two values of one type. */
    static int compare(Object left, Object right) {
        if (left instanceof Double a && right instanceof Double b) {
            // Adding zero makes -0.0 zero; Double.compare has NaN equal to NaN and above every number.
            return Double.compare(a + 0.0, b + 0.0);
        }
        if (left instanceof String a && right instanceof String b) {
            return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
        }
        if (left instanceof byte[] a && right instanceof byte[] b) {
            return Arrays.compareUnsigned(a, b);
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            return compareParts(a.iterator(), b.iterator());
        }
        if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
            return compareParts(a.values().iterator(), b.values().iterator());
        }
        if (left instanceof Comparable<?>) {
            @SuppressWarnings("unchecked")
            Comparable<Object> value = (Comparable<Object>) left;
            return value.compareTo(right);
        }
        throw new NotInReference("the order of " + left.getClass().getSimpleName());
    }

    /** Part by part; where all are equal the shorter one is first. */
    private static int compareParts(Iterator<?> left, Iterator<?> right) {
        while (left.hasNext() && right.hasNext()) {
            int compared = comparePart(left.next(), right.next());
            if (compared != 0) {
                return compared;
            }
        }
        return Boolean.compare(left.hasNext(), right.hasNext());
    }

    /** The order of two elements or fields, nulls first. */
    static int comparePart(@Nullable Object left, @Nullable Object right) {
        return left == null || right == null ? Boolean.compare(right == null, left == null) : compare(left, right);
    }

    static boolean equal(Object left, Object right) {
        return compare(left, right) == 0;
    }

    /** A key that is equal to others as cells are: nulls to nulls, errors to errors of their text. */
    static List<Object> key(List<@Nullable Object> cells) {
        List<Object> key = new ArrayList<>();
        for (Object cell : cells) {
            key.add(part(cell));
        }
        return key;
    }

    private static Object part(@Nullable Object cell) {
        if (cell == null) {
            return "null";
        }
        if (cell instanceof CellError error) {
            return List.of("error", error.text());
        }
        if (cell instanceof Double number) {
            return List.of(Double.doubleToLongBits(number + 0.0));
        }
        if (cell instanceof BigDecimal decimal) {
            return List.of(decimal.stripTrailingZeros());
        }
        if (cell instanceof byte[] bytes) {
            return List.of(Arrays.toString(bytes));
        }
        if (cell instanceof Approximate) {
            throw new NotInReference("a key of approximate numbers");
        }
        if (cell instanceof List<?> || cell instanceof Map<?, ?>) {
            throw new NotInReference("a key of lists or structs");
        }
        return List.of(cell);
    }
}
