package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Lets only those rows of the right input of a join through that the left one has a key for, once the left one has ended
 * and so turned out to be the smaller. Changes neither the rows nor the order of the result: a row without a partner would
 * have been held and never looked at.
 */
final class JoinSieve implements AutoCloseable {
    /** The most rows of the left input that are read before the right one has ended. */
    private static final long MOST_ROWS = 1 << 18;

    private final Operator.Join join;
    private final MemoryReservation memory;
    private final RowKey key = new RowKey();
    private final boolean allowed;
    private long leftRows;
    private long rightRows;
    private @Nullable KeyTable leftKeys;

    JoinSieve(Operator.Join join, MemoryReservation memory) {
        this.join = join;
        this.memory = memory.child("join");
        // Rows without a partner matter where they are kept, and where a check has to see every key.
        this.allowed = !join.kind().keepsRight()
                && !join.expected().isRightUnique()
                && !join.rightKeys().isEmpty();
    }

    /** Whether the left input should be read on, because it may be the smaller one. */
    boolean wantsLeft() {
        return allowed && leftRows <= rightRows && leftRows < MOST_ROWS;
    }

    void countLeft(Batch batch) {
        leftRows += batch.rowCount();
    }

    /** Begins to sift by the keys of these batches, which are the whole left input. */
    void open(Collection<Batch> left) {
        if (!allowed) {
            return;
        }
        KeyTable keys = new KeyTable(memory);
        for (Batch batch : left) {
            List<Cells> columns = join.leftKeys().stream().map(batch::cells).toList();
            for (int row = 0; row < batch.rowCount(); row++) {
                key.set(columns, row);
                if (key.isComplete()) {
                    keys.add(key);
                }
            }
        }
        leftKeys = keys;
    }

    /** The rows of a batch of the right input that are worth holding. Takes the batch over. */
    Batch sift(Batch batch, BufferAllocator allocator) {
        rightRows += batch.rowCount();
        if (leftKeys == null) {
            return batch;
        }
        KeyTable wanted = Objects.requireNonNull(leftKeys);
        try (batch) {
            List<Cells> columns = join.rightKeys().stream().map(batch::cells).toList();
            int[] selected = new int[batch.rowCount()];
            int count = 0;
            for (int row = 0; row < batch.rowCount(); row++) {
                key.set(columns, row);
                if (key.isComplete() && wanted.find(key) != KeyTable.UNKNOWN) {
                    selected[count++] = row;
                }
            }
            return Gather.rows(batch, Arrays.copyOf(selected, count), allocator);
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}
