package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.Cells;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Counts each value, for the most and the least frequent ones. */
final class FrequencyAccumulator extends Accumulator {
    private static final int ENTRY_BYTES = 96;

    private final Aggregate.Kind kind;
    private final int number;
    private final MemoryReservation memory;
    /** The ones that are asked for first; of equal counts the least value. */
    private final Comparator<Map.Entry<Object, long[]>> order;

    private Map<Object, long[]> counts = new HashMap<>();
    private long reserved;

    FrequencyAccumulator(Operator.GroupBy.Measure measure, int number, MemoryReservation memory) {
        this.kind = measure.kind();
        this.number = number;
        this.memory = memory;
        Comparator<Object> values = ValueOrder.of(valueType(measure.type()));
        int sign = kind == Aggregate.Kind.BOTTOM_VALUES ? 1 : -1;
        this.order = (left, right) -> {
            int byCount = sign * Long.compare(left.getValue()[0], right.getValue()[0]);
            return byCount != 0 ? byCount : values.compare(original(left.getKey()), original(right.getKey()));
        };
    }

    private static DataType valueType(DataType result) {
        return result instanceof DataType.ListOf list && list.element() instanceof DataType.Struct struct
                ? struct.fields().get(0).type()
                : result;
    }

    @Override
    boolean merges() {
        return false;
    }

    @Override
    void add(List<Cells> inputs, int row) {
        Object value = Objects.requireNonNull(inputs.get(0).value(row));
        Object key = value instanceof byte[] bytes
                ? ByteBuffer.wrap(bytes)
                : value instanceof Double real ? (Object) (real + 0.0) : value;
        long[] count = counts.get(key);
        if (count == null) {
            long bytes = ENTRY_BYTES + ValueOrder.bytes(value);
            memory.reserve(bytes);
            reserved += bytes;
            count = new long[1];
            counts.put(key, count);
        }
        count[0]++;
    }

    @SuppressWarnings("ByteBufferBackingArray") // every buffer here wraps an array of its own
    private static Object original(Object key) {
        return key instanceof ByteBuffer bytes ? bytes.array() : key;
    }

    @Override
    void clear() {
        memory.release(reserved);
        reserved = 0;
        counts = new HashMap<>();
    }

    @Override
    @Nullable
    Object value() {
        if (kind == Aggregate.Kind.MODE) {
            return counts.entrySet().stream()
                    .min(order)
                    .map(entry -> original(entry.getKey()))
                    .orElse(null);
        }
        // Holds the ones chosen so far, the first to be given up on top.
        PriorityQueue<Map.Entry<Object, long[]>> chosen = new PriorityQueue<>(order.reversed());
        for (Map.Entry<Object, long[]> entry : counts.entrySet()) {
            if (chosen.size() < number) {
                chosen.add(entry);
            } else if (order.compare(entry, Objects.requireNonNull(chosen.peek())) < 0) {
                chosen.poll();
                chosen.add(entry);
            }
        }
        List<Map.Entry<Object, long[]>> sorted = new ArrayList<>(chosen);
        sorted.sort(order);
        List<Object> values = new ArrayList<>();
        for (Map.Entry<Object, long[]> entry : sorted) {
            Map<String, Object> parts = new LinkedHashMap<>();
            parts.put("value", original(entry.getKey()));
            parts.put("count", entry.getValue()[0]);
            values.add(parts);
        }
        return values;
    }
}
