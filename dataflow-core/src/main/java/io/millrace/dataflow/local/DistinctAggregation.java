package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.Cells;
import org.jspecify.annotations.Nullable;

/** Another aggregation of the different values of each group, each in the place of its first. */
final class DistinctAggregation extends Aggregation {
    private final Aggregation input;
    private final KeyTable seen;
    private final RowKey key = new RowKey();

    DistinctAggregation(Aggregation input, DataType type, MemoryReservation memory) {
        super(type, memory, 0);
        this.input = input;
        this.seen = new KeyTable(memory);
    }

    @Override
    void resize(int groups) {
        input.grow(groups);
    }

    @Override
    void add(Cells cells, int row, int group) {
        key.set(group, cells, row);
        int before = seen.size();
        seen.add(key);
        if (seen.size() > before) {
            input.add(cells, row, group);
        }
    }

    @Override
    @Nullable
    Object value(int group) {
        return input.value(group);
    }
}
