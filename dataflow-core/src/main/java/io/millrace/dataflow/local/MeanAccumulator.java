package io.millrace.dataflow.local;

import io.millrace.dataflow.table.Cells;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arithmetic mean as float64. */
final class MeanAccumulator extends Accumulator {
    private final SumAccumulator.Total total = new SumAccumulator.Total();

    @Override
    void add(List<Cells> inputs, int row) {
        total.add(inputs.get(0).values(), row);
    }

    @Override
    void combine(Accumulator later) {
        total.add(((MeanAccumulator) later).total);
    }

    @Override
    void clear() {
        total.clear();
    }

    @Override
    @Nullable
    Object value() {
        return total.mean();
    }
}
