package io.millrace.dataflow.local;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.Batch;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects some batches and the keys of their rows, so that the threads of a run have enough to divide at a time. The
 * batches stay in order.
 */
final class Rounds implements AutoCloseable {
    /** The batches of a round; it ends earlier with as many rows as these have, or when memory is short. */
    private static final int MOST_BATCHES = 16;

    /** About what a key takes that is new. */
    static final long KEY_BYTES = 64;

    private final List<DataType> types;
    private final List<Integer> columns;
    private final long bytesPerKey;
    private final Run run;
    private final List<Batch> batches = new ArrayList<>();
    private final List<KeyBatch> keys = new ArrayList<>();
    private int rows;

    /** Rounds of batches whose keys are in {@code columns}, of {@code types}, each new one taking so many bytes. */
    Rounds(List<DataType> types, List<Integer> columns, long bytesPerKey, Run run) {
        this.types = types;
        this.columns = columns;
        this.bytesPerKey = bytesPerKey;
        this.run = run;
    }

    /** Takes over a batch; true when the round is full. */
    boolean add(Batch batch) {
        batches.add(batch);
        rows += batch.rowCount();
        return batches.size() >= MOST_BATCHES
                || rows >= MOST_BATCHES * run.batchRows()
                || run.isShort(bytesPerKey * rows);
    }

    boolean isEmpty() {
        return batches.isEmpty();
    }

    /** The batches of this round. */
    List<Batch> batches() {
        return batches;
    }

    /** Reads the keys of this round; they are good until the next one is read. */
    List<KeyBatch> readKeys() {
        while (keys.size() < batches.size()) {
            keys.add(new KeyBatch(types));
        }
        run.crew().each(batches.size(), i -> {
            run.cancellation().check();
            keys.get(i).read(batches.get(i), columns);
        });
        return keys.subList(0, batches.size());
    }

    /** Frees the batches and begins the next round. */
    void end() {
        batches.forEach(Batch::close);
        batches.clear();
        rows = 0;
    }

    @Override
    public void close() {
        end();
    }
}
