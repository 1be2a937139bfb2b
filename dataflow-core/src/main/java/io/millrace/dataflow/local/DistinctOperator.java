package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** Gives the first row of each combination of values. */
final class DistinctOperator extends SingleInput {
    private final List<Integer> columns;
    private final BufferAllocator allocator;
    private final MemoryReservation memory;
    private final KeyTable seen;
    private final RowKey key = new RowKey();

    DistinctOperator(List<Integer> columns, Run run) {
        this.columns = columns;
        this.allocator = run.allocator();
        this.memory = run.memory().child("distinct");
        this.seen = new KeyTable(memory);
    }

    @Override
    public Batch next() {
        try (Batch batch = take()) {
            List<Cells> keys = columns.stream().map(batch::cells).toList();
            int[] firsts = new int[batch.rowCount()];
            int count = 0;
            for (int row = 0; row < batch.rowCount(); row++) {
                key.set(keys, row);
                int before = seen.size();
                seen.add(key);
                if (seen.size() > before) {
                    firsts[count++] = row;
                }
            }
            return Gather.rows(batch, Arrays.copyOf(firsts, count), allocator);
        }
    }

    @Override
    public void close() {
        super.close();
        memory.close();
    }
}
