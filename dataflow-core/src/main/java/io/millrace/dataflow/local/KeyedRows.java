package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.Arrays;
import java.util.List;

/** The rows of one input by their key, those of one key in the order they came in. Reserves the memory it takes. */
final class KeyedRows implements AutoCloseable {
    /** What stands for no row. */
    static final int NO_ROW = -1;

    private final List<Integer> keyColumns;
    private final MemoryReservation memory;
    private final HeldRows rows = new HeldRows();
    private final KeyTable keys;
    private final RowKey key = new RowKey();

    /** By number of a key: its first and last row. */
    private int[] first = new int[0];

    private int[] last = new int[0];
    /** By number of a row: the next one with its key, and the reference to it. */
    private int[] next = new int[0];

    private long[] references = new long[0];

    KeyedRows(List<Integer> keyColumns, MemoryReservation memory) {
        this.keyColumns = keyColumns;
        this.memory = memory;
        this.keys = new KeyTable(memory);
    }

    /** Takes over a batch. A row whose key is not complete has no key. */
    void add(Batch batch) {
        int start = size();
        rows.add(batch);
        reserveRows(start + batch.rowCount());
        List<Cells> columns = keyColumns.stream().map(batch::cells).toList();
        for (int row = 0; row < batch.rowCount(); row++) {
            int number = start + row;
            references[number] = HeldRows.reference(rows.batches().size() - 1, row);
            next[number] = NO_ROW;
            key.set(columns, row);
            if (key.isComplete()) {
                link(keys.add(key), number);
            }
        }
    }

    private void link(int keyNumber, int row) {
        if (keyNumber == first.length) {
            int capacity = Math.max(1 << 10, first.length * 2);
            memory.reserve((long) (capacity - first.length) * 2 * Integer.BYTES);
            first = Arrays.copyOf(first, capacity);
            last = Arrays.copyOf(last, capacity);
            Arrays.fill(first, keyNumber, capacity, NO_ROW);
        }
        if (first[keyNumber] == NO_ROW) {
            first[keyNumber] = row;
        } else {
            next[last[keyNumber]] = row;
        }
        last[keyNumber] = row;
    }

    private void reserveRows(int count) {
        if (count > next.length) {
            int capacity = Math.max(count, next.length * 2);
            memory.reserve((long) (capacity - next.length) * (Integer.BYTES + Long.BYTES));
            next = Arrays.copyOf(next, capacity);
            references = Arrays.copyOf(references, capacity);
        }
    }

    /** The number of rows, with and without a key. */
    int size() {
        return Math.toIntExact(rows.rows());
    }

    /** The first row with a key, or {@link #NO_ROW}. */
    int first(RowKey wanted) {
        int number = wanted.isComplete() ? keys.find(wanted) : KeyTable.UNKNOWN;
        return number == KeyTable.UNKNOWN ? NO_ROW : first[number];
    }

    /** The row after {@code row} that has its key, or {@link #NO_ROW}. */
    int next(int row) {
        return next[row];
    }

    /** Where the cells of a row are in {@link #rows}. */
    long reference(int row) {
        return references[row];
    }

    HeldRows rows() {
        return rows;
    }

    @Override
    public void close() {
        rows.close();
    }
}
