package io.millrace.dataflow.local;

import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.table.Batch;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/** Gives the first rows, and asks for no batch beyond them. */
final class LimitOperator extends SingleInput {
    private final BufferAllocator allocator;
    private long rest;

    LimitOperator(long rows, Run run) {
        this.rest = rows;
        this.allocator = run.allocator();
    }

    @Override
    public int wants() {
        return rest == 0 ? DONE : super.wants();
    }

    @Override
    public Batch next() {
        Batch batch = take();
        if (batch.rowCount() <= rest) {
            rest -= batch.rowCount();
            return batch;
        }
        try (batch) {
            int[] first = IntStream.range(0, (int) rest).toArray();
            rest = 0;
            return Gather.rows(batch, first, allocator);
        }
    }
}
