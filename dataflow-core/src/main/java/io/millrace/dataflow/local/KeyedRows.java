package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rows of one input by their key, those of one key in the order they came in. Reserves the memory it takes. */
final class KeyedRows implements AutoCloseable {
    /** What stands for no row. */
    static final int NO_ROW = -1;

    /** The batches that threads link at a time. */
    private static final int MOST_BATCHES = 16;

    private final List<Integer> keyColumns;
    private final List<DataType> types;
    private final MemoryReservation memory;
    private final Run run;
    private final HeldRows rows = new HeldRows();
    private final KeyIndex index;
    private final List<KeyBatch> keys = new ArrayList<>();
    /** The batches before this one are linked. */
    private int linked;

    /** By part of the index and number of a key there: its first and last row. */
    private final int[][] first = new int[KeyBatch.PARTS][0];

    private final int[][] last = new int[KeyBatch.PARTS][0];
    /** By number of a row: the next one with its key. */
    private int[] next = new int[0];

    KeyedRows(List<Integer> keyColumns, List<DataType> types, MemoryReservation memory, Run run) {
        this.keyColumns = keyColumns;
        this.types = types;
        this.memory = memory;
        this.run = run;
        this.index = new KeyIndex(types, memory);
    }

    /** Takes over a batch. A row whose key is not complete has no key. */
    void add(Batch batch) {
        rows.add(batch);
        if (rows.batches().size() - linked >= MOST_BATCHES) {
            link();
        }
    }

    /** Makes the rows that were added known to {@link #find}. */
    void link() {
        List<Batch> batches = rows.batches().subList(linked, rows.batches().size());
        if (batches.isEmpty()) {
            return;
        }
        reserveRows(size());
        while (keys.size() < batches.size()) {
            keys.add(new KeyBatch(types));
        }
        run.crew().each(batches.size(), i -> {
            run.cancellation().check();
            keys.get(i).read(batches.get(i), keyColumns);
        });
        List<KeyBatch> read = keys.subList(0, batches.size());
        index.add(read, run.crew());
        for (int part = 0; part < KeyBatch.PARTS; part++) {
            reserveKeys(part);
        }
        run.crew().each(KeyBatch.PARTS, part -> {
            run.cancellation().check();
            for (int i = 0; i < read.size(); i++) {
                link(read.get(i), part, Math.toIntExact(rows.start(linked + i)));
            }
        });
        linked = rows.batches().size();
    }

    private void link(KeyBatch batch, int part, int start) {
        int[] order = batch.order();
        int[] numbers = batch.numbers();
        int end = batch.start(part + 1);
        for (int i = batch.start(part); i < end; i++) {
            int row = order[i];
            if (batch.isComplete(row)) {
                int key = numbers[row];
                if (first[part][key] == NO_ROW) {
                    first[part][key] = start + row;
                } else {
                    next[last[part][key]] = start + row;
                }
                last[part][key] = start + row;
            }
        }
    }

    private void reserveKeys(int part) {
        int known = first[part].length;
        int needed = index.part(part).size();
        if (needed > known) {
            int capacity = Math.max(needed, 2 * known);
            memory.reserve((long) (capacity - known) * 2 * Integer.BYTES);
            first[part] = Arrays.copyOf(first[part], capacity);
            last[part] = Arrays.copyOf(last[part], capacity);
            Arrays.fill(first[part], known, capacity, NO_ROW);
        }
    }

    private void reserveRows(int count) {
        if (count > next.length) {
            int known = next.length;
            int capacity = Math.max(count, known * 2);
            memory.reserve((long) (capacity - known) * Integer.BYTES);
            next = Arrays.copyOf(next, capacity);
            Arrays.fill(next, known, capacity, NO_ROW);
        }
    }

    /** How many rows were added and are not linked. */
    long unlinked() {
        return linked == rows.batches().size() ? 0 : rows.rows() - rows.start(linked);
    }

    /** The number of rows, with and without a key. */
    int size() {
        return Math.toIntExact(rows.rows());
    }

    /**
     * By row of a batch: the first row here with its key, or {@link #NO_ROW}. Several threads may call it, each with its
     * own {@code wanted} to read the keys into.
     */
    int[] find(Batch batch, KeyBatch wanted, List<Integer> columns) {
        wanted.read(batch, columns);
        index.find(wanted);
        int[] found = new int[wanted.rows()];
        for (int row = 0; row < found.length; row++) {
            int key = wanted.isComplete(row) ? wanted.numbers()[row] : KeyPart.UNKNOWN;
            found[row] = key == KeyPart.UNKNOWN ? NO_ROW : first[wanted.part(row)][key];
        }
        return found;
    }

    /** The row after {@code row} that has its key, or {@link #NO_ROW}. */
    int next(int row) {
        return next[row];
    }

    HeldRows rows() {
        return rows;
    }

    @Override
    public void close() {
        rows.close();
    }
}
