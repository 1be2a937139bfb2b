package io.millrace.dataflow.local;

import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.table.Batch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/** Holds the last rows, as far as they are known, and gives them at the end of the input. */
final class TailOperator implements BatchOperator {
    private final long rows;
    private final BufferAllocator allocator;
    private final Deque<Batch> last = new ArrayDeque<>();
    private long held;
    private boolean ended;

    TailOperator(long rows, Run run) {
        this.rows = rows;
        this.allocator = run.allocator();
    }

    @Override
    public int wants() {
        return !ended ? 0 : last.isEmpty() ? DONE : READY;
    }

    @Override
    public void accept(int input, Batch batch) {
        last.add(batch);
        held += batch.rowCount();
        while (!last.isEmpty() && held - last.getFirst().rowCount() >= rows) {
            Batch first = last.removeFirst();
            held -= first.rowCount();
            first.close();
        }
    }

    @Override
    public void end(int input) {
        ended = true;
    }

    @Override
    public Batch next() {
        Batch batch = last.removeFirst();
        int surplus = (int) Math.max(0, held - rows);
        held -= batch.rowCount();
        if (surplus == 0) {
            return batch;
        }
        try (batch) {
            return Gather.rows(batch, IntStream.range(surplus, batch.rowCount()).toArray(), allocator);
        }
    }

    @Override
    public void close() {
        last.forEach(Batch::close);
        last.clear();
    }
}
