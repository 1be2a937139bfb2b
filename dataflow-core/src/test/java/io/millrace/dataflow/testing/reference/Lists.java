package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.CellError.Code;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Functions of lists and structs. */
final class Lists {
    private Lists() {}

    /** Those that take nulls as elements and fields. */
    static Map<String, Functions.Body> ofCells() {
        Map<String, Functions.Body> all = new TreeMap<>();
        all.put("list", call -> new ArrayList<>(call.arguments()));
        all.put("struct", call -> {
            Map<String, @Nullable Object> struct = new LinkedHashMap<>();
            for (int i = 0; i < call.size(); i += 2) {
                struct.put(call.text(i), call.cell(i + 1));
            }
            return struct;
        });
        return all;
    }

    static Map<String, Functions.Body> all() {
        Map<String, Functions.Body> all = new TreeMap<>();
        all.put("field", call -> ((Map<?, ?>) call.value(0)).get(call.text(1)));
        all.put("element", call -> element(elements(call, 0), call.whole(1)));
        all.put("list_length", call -> (long) elements(call, 0).size());
        all.put("list_contains", call -> position(call) >= 0);
        all.put("list_position", call -> position(call) < 0 ? null : (Object) position(call));
        all.put("list_slice", Lists::slice);
        all.put("list_concat", call -> {
            List<@Nullable Object> joined = new ArrayList<>();
            for (int i = 0; i < call.size(); i++) {
                joined.addAll(elements(call, i));
            }
            return joined;
        });
        all.put("list_join", call -> {
            List<String> texts = new ArrayList<>();
            values(call).forEach(value -> texts.add(CellWords.of(value)));
            return String.join(call.text(1), texts);
        });
        all.put("list_distinct", call -> {
            List<@Nullable Object> kept = new ArrayList<>();
            for (Object element : elements(call, 0)) {
                if (kept.stream().noneMatch(other -> Order.comparePart(other, element) == 0)) {
                    kept.add(element);
                }
            }
            return kept;
        });
        all.put("list_sort", call -> {
            List<@Nullable Object> sorted = new ArrayList<>(elements(call, 0));
            sorted.sort(Order::comparePart);
            return sorted;
        });
        all.put("list_min", call -> extreme(values(call), -1));
        all.put("list_max", call -> extreme(values(call), 1));
        all.put("list_sum", Lists::sum);
        all.put("split_list", call -> Texts.pieces(call.text(0), call.text(1)));
        return all;
    }

    private static List<@Nullable Object> elements(Call call, int index) {
        List<@Nullable Object> elements = new ArrayList<>();
        elements.addAll((List<?>) call.value(index));
        return elements;
    }

    private static List<Object> values(Call call) {
        List<Object> values = new ArrayList<>();
        for (Object element : elements(call, 0)) {
            if (element != null) {
                values.add(element);
            }
        }
        return values;
    }

    private static @Nullable Object element(List<@Nullable Object> elements, long index) {
        long place = index < 0 ? index + elements.size() : index;
        return place < 0 || place >= elements.size() ? null : elements.get((int) place);
    }

    private static long position(Call call) {
        List<@Nullable Object> elements = elements(call, 0);
        for (int i = 0; i < elements.size(); i++) {
            Object element = elements.get(i);
            if (element != null && Order.equal(element, call.value(1))) {
                return i;
            }
        }
        return -1;
    }

    /** So many elements from a place on; of a place before the first one they are counted from the first. */
    private static List<@Nullable Object> slice(Call call) {
        List<@Nullable Object> kept = new ArrayList<>();
        List<@Nullable Object> elements = elements(call, 0);
        long from = call.whole(1) < 0 ? Math.max(0, elements.size() + call.whole(1)) : call.whole(1);
        for (int i = 0; i < elements.size(); i++) {
            if (i >= from && kept.size() < call.whole(2)) {
                kept.add(elements.get(i));
            }
        }
        return kept;
    }

    private static @Nullable Object extreme(List<Object> values, int sign) {
        Object best = null;
        for (Object value : values) {
            if (best == null || Order.compare(value, best) * sign > 0) {
                best = value;
            }
        }
        return best;
    }

    private static @Nullable Object sum(Call call) {
        List<Object> values = values(call);
        if (values.isEmpty()) {
            return null;
        }
        if (values.get(0) instanceof Double) {
            double sum = 0;
            for (Object value : values) {
                sum += (Double) value;
            }
            return sum;
        }
        BigDecimal sum = Measures.exact(values);
        if (call.written().type() instanceof DataType.Decimal decimal) {
            if (sum.precision() > decimal.precision()) {
                throw new Wrong(Code.OVERFLOW);
            }
            return Objects.requireNonNull(sum);
        }
        if (sum.toBigInteger().bitLength() >= Long.SIZE) {
            throw new Wrong(Code.OVERFLOW);
        }
        return sum.longValueExact();
    }
}
