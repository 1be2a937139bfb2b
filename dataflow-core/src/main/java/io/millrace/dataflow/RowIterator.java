package io.millrace.dataflow;

import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a dataflow, one at a time, each its values in the order of the columns; null for a null or an error. Computed
 * while they are asked for. Used by one thread; whoever has it closes it.
 */
public final class RowIterator implements Iterator<List<@Nullable Object>>, AutoCloseable {
    private final BatchStream stream;
    private @Nullable Batch batch;
    private int row;
    private boolean ended;

    RowIterator(BatchStream stream) {
        this.stream = stream;
    }

    /**
     * Whether there is a further row.
     *
     * @throws io.millrace.dataflow.error.DataflowException when it cannot be computed
     */
    @Override
    public boolean hasNext() {
        while (!ended && (batch == null || row == batch.rowCount())) {
            release();
            batch = stream.next();
            row = 0;
            ended = batch == null;
        }
        return !ended;
    }

    @Override
    public List<@Nullable Object> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (Cells cells : Objects.requireNonNull(batch).columns()) {
            values.add(cells.value(row));
        }
        row++;
        return values;
    }

    private void release() {
        Batch done = batch;
        batch = null;
        if (done != null) {
            done.close();
        }
    }

    /** Stops the work behind the rows. May be called more than once. */
    @Override
    public void close() {
        ended = true;
        release();
        stream.close();
    }
}
