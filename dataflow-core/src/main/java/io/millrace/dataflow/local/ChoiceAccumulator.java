package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.table.Cells;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One of the values: a later one takes the place of the one that is kept when it is greater in an order. */
final class ChoiceAccumulator extends Accumulator {
    private final Comparator<Object> order;
    private final MemoryReservation memory;
    private @Nullable Object kept;
    private long reserved;

    ChoiceAccumulator(Comparator<Object> order, MemoryReservation memory) {
        this.order = order;
        this.memory = memory;
    }

    @Override
    void add(List<Cells> inputs, int row) {
        offer(Objects.requireNonNull(inputs.get(0).value(row)));
    }

    @Override
    void combine(Accumulator later) {
        Object other = ((ChoiceAccumulator) later).kept;
        if (other != null) {
            offer(other);
        }
    }

    private void offer(Object value) {
        if (kept == null || order.compare(value, kept) > 0) {
            long bytes = ValueOrder.bytes(value);
            memory.reserve(bytes - reserved);
            reserved = bytes;
            kept = value;
        }
    }

    @Override
    void clear() {
        memory.release(reserved);
        reserved = 0;
        kept = null;
    }

    @Override
    @Nullable
    Object value() {
        return kept;
    }
}
