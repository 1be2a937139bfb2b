package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.Batch;
import java.util.Arrays;
import java.util.List;

/**
 * How often each combination of values comes, and where it comes last. Is shown all rows once, and asked about them when
 * it is shown them again.
 */
final class Repeats implements AutoCloseable {
    private final List<Integer> columns;
    private final RowStep.Distinct.Keep keep;
    private final Run run;
    private final MemoryReservation memory;
    private final KeyIndex index;
    private final KeyBatch keys;
    /** By part of the index and number of a key there: its last row, and how many rows it has, up to two. */
    private final long[][] last = new long[KeyBatch.PARTS][0];

    private final byte[][] counts = new byte[KeyBatch.PARTS][0];
    private long rows;

    /** The combinations of values in some columns of {@code types}; {@code keep} is the last row or repeated ones. */
    Repeats(List<Integer> columns, List<DataType> types, RowStep.Distinct.Keep keep, Run run) {
        this.columns = columns;
        this.keep = keep;
        this.run = run;
        this.memory = run.memory().child("distinct");
        this.index = new KeyIndex(types, memory);
        this.keys = new KeyBatch(types);
    }

    /** Takes in the rows of a batch, which stays open. */
    void add(Batch batch) {
        run.cancellation().check();
        keys.read(batch, columns);
        index.add(List.of(keys), run.crew());
        int[] numbers = keys.numbers();
        for (int part = 0; part < KeyBatch.PARTS; part++) {
            reserve(part);
            for (int i = keys.start(part); i < keys.start(part + 1); i++) {
                int row = keys.order()[i];
                last[part][numbers[row]] = rows + row;
                counts[part][numbers[row]] = (byte) Math.min(2, counts[part][numbers[row]] + 1);
            }
        }
        rows += batch.rowCount();
    }

    private void reserve(int part) {
        int known = last[part].length;
        int needed = index.part(part).size();
        if (needed > known) {
            int capacity = Math.max(needed, 2 * known);
            memory.reserve((long) (capacity - known) * (Long.BYTES + 1));
            last[part] = Arrays.copyOf(last[part], capacity);
            counts[part] = Arrays.copyOf(counts[part], capacity);
        }
    }

    /**
     * The rows of a batch that are kept. Several threads may ask, each with its own {@code found} to read keys into, when
     * all rows were taken in.
     *
     * @param start how many rows come before the batch
     */
    int[] kept(Batch batch, KeyBatch found, long start) {
        found.read(batch, columns);
        index.find(found);
        int[] numbers = found.numbers();
        int[] kept = new int[found.rows()];
        int count = 0;
        for (int row = 0; row < kept.length; row++) {
            int part = found.part(row);
            boolean isKept = keep == RowStep.Distinct.Keep.LAST
                    ? last[part][numbers[row]] == start + row
                    : counts[part][numbers[row]] > 1;
            if (isKept) {
                kept[count++] = row;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    @Override
    public void close() {
        memory.close();
    }
}
