package io.millrace.dataflow.local;

import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.table.Batch;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/** Gives the rows after the first ones. */
final class SkipOperator extends SingleInput {
    private final BufferAllocator allocator;
    private long rest;

    SkipOperator(long rows, Run run) {
        this.rest = rows;
        this.allocator = run.allocator();
    }

    @Override
    public Batch next() {
        Batch batch = take();
        if (rest == 0) {
            return batch;
        }
        try (batch) {
            int skipped = (int) Math.min(rest, batch.rowCount());
            rest -= skipped;
            return Gather.rows(batch, IntStream.range(skipped, batch.rowCount()).toArray(), allocator);
        }
    }
}
