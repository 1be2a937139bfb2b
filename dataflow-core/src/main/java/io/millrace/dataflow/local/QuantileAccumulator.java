package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.table.Cells;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps all values for an exact quantile by Hazen's rule. */
final class QuantileAccumulator extends Accumulator {
    private final double share;
    private final MemoryReservation memory;
    private double[] values = new double[0];
    private int size;

    QuantileAccumulator(double share, MemoryReservation memory) {
        this.share = share;
        this.memory = memory;
    }

    @Override
    boolean merges() {
        return false;
    }

    @Override
    void add(List<Cells> inputs, int row) {
        if (size == values.length) {
            int capacity = Math.max(4, Math.addExact(size, size));
            memory.reserve((long) (capacity - size) * Double.BYTES);
            values = Arrays.copyOf(values, capacity);
        }
        // Adding zero turns -0.0 into 0.0, whose order among equal values would otherwise show.
        values[size++] = number(inputs.get(0), row) + 0.0;
    }

    @Override
    void clear() {
        size = 0;
    }

    @Override
    @Nullable
    Object value() {
        if (size == 0) {
            return null;
        }
        // Sorting here keeps what was sorted before in order, so that a growing frame is nearly sorted each time.
        Arrays.sort(values, 0, size);
        double place = share * size - 0.5;
        int below = (int) Math.floor(place);
        if (below < 0) {
            return values[0];
        }
        if (below >= size - 1) {
            return values[size - 1];
        }
        double lower = values[below];
        double upper = values[below + 1];
        double part = place - below;
        if (part == 0 || lower == upper) {
            return lower;
        }
        double between = lower + (upper - lower) * part;
        // The difference of two large numbers may be beyond the range where the numbers are not.
        return Double.isInfinite(upper - lower) ? lower * (1 - part) + upper * part : Math.min(upper, between);
    }
}
