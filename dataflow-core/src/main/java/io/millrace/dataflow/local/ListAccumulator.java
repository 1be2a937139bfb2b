package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps all values, in order. */
final class ListAccumulator extends Accumulator {
    private final MemoryReservation memory;
    private List<Object> values = new ArrayList<>();
    private long reserved;

    ListAccumulator(MemoryReservation memory) {
        this.memory = memory;
    }

    @Override
    boolean merges() {
        return false;
    }

    @Override
    void add(List<Cells> inputs, int row) {
        Object value = Objects.requireNonNull(inputs.get(0).value(row));
        long bytes = ValueOrder.bytes(value);
        memory.reserve(bytes);
        reserved += bytes;
        values.add(value);
    }

    @Override
    void clear() {
        memory.release(reserved);
        reserved = 0;
        values = new ArrayList<>();
    }

    @Override
    @Nullable
    Object value() {
        return List.copyOf(values);
    }
}
