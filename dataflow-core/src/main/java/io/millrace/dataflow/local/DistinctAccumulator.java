package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.table.Cells;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Another accumulator of the different values, each in the place of its first. */
final class DistinctAccumulator extends Accumulator {
    private static final int ENTRY_BYTES = 120;

    private final Accumulator input;
    private final MemoryReservation memory;
    private final RowKey key = new RowKey();
    private Set<ByteBuffer> seen = new HashSet<>();
    private long reserved;

    DistinctAccumulator(Accumulator input, MemoryReservation memory) {
        this.input = input;
        this.memory = memory;
    }

    @Override
    boolean merges() {
        return false;
    }

    @Override
    void add(List<Cells> inputs, int row) {
        key.set(inputs, row);
        if (seen.add(ByteBuffer.wrap(Arrays.copyOf(key.bytes(), key.length())))) {
            memory.reserve(ENTRY_BYTES + key.length());
            reserved += ENTRY_BYTES + key.length();
            input.add(inputs, row);
        }
    }

    @Override
    void clear() {
        memory.release(reserved);
        reserved = 0;
        seen = new HashSet<>();
        input.clear();
    }

    @Override
    @Nullable
    Object value() {
        return input.value();
    }
}
