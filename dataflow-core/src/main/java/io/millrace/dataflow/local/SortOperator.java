package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds all rows and gives them in order; equal ones as they came. When memory is short, it sorts what it holds, sets it
 * aside on disk, and merges the files in the end.
 */
final class SortOperator implements BatchOperator {
    private static final int MOST_ROWS = 1 << 30;

    private final Schema schema;
    private final List<Operator.Sort.Key> keys;
    private final RowOrder rowOrder;
    private final Run run;
    private final MemoryReservation memory;
    private final HeldRows held = new HeldRows();
    private final SortedFiles files;
    private final Deque<Batch> ready = new ArrayDeque<>();
    private long @Nullable [] order;
    private int given;
    /** Whether rows come from the files. */
    private boolean merges;

    private boolean done;

    SortOperator(Schema schema, List<Operator.Sort.Key> keys, Run run) {
        this.schema = schema;
        this.keys = keys;
        this.rowOrder = new RowOrder(keys, schema);
        this.run = run;
        this.files = SortedFiles.by(rowOrder, schema, run);
        this.memory = run.memory().child("sort");
    }

    @Override
    public int wants() {
        if (done) {
            return DONE;
        }
        if (order == null && !merges) {
            return 0;
        }
        if (ready.isEmpty()) {
            work();
        }
        done = ready.isEmpty();
        return done ? DONE : READY;
    }

    @Override
    public void accept(int input, Batch batch) {
        held.add(batch);
        if (run.isShort(RowSort.bytesPerRow(keys.size()) * held.rows()) || held.rows() > MOST_ROWS) {
            setAside();
        }
    }

    @Override
    public void end(int input) {
        if (files.isEmpty()) {
            order = sorted();
            return;
        }
        if (held.rows() > 0) {
            setAside();
        }
        merges = true;
    }

    /** Sorts the rows held and writes them to a file. */
    private void setAside() {
        files.write(held, sorted());
        held.close();
        memory.release(memory.reserved());
    }

    private long[] sorted() {
        SortWords words = SortWords.of(keys, schema, held.batches());
        return words.count() > 0 && held.rows() > 0
                ? RowSort.sort(held, words, memory, run)
                : new MergeSort(held.batches(), rowOrder, run).sort(held.references(0, held.rows()), memory);
    }

    /** Makes the next batches, one a thread at least. */
    private void work() {
        if (merges) {
            Batch next = files.next();
            if (next != null) {
                ready.add(next);
            }
            return;
        }
        long[] sorted = Objects.requireNonNull(order);
        int rows = run.batchRows();
        int count = (int) Math.min(2L * run.crew().size(), ((long) sorted.length - given + rows - 1) / rows);
        @Nullable Batch[] made = new Batch[count];
        try {
            run.crew().each(count, i -> {
                run.cancellation().check();
                int start = given + i * rows;
                long[] part = Arrays.copyOfRange(sorted, start, Math.min(sorted.length, start + rows));
                made[i] = held.batch(schema, part, run.allocator());
            });
        } catch (RuntimeException | Error failure) {
            for (Batch batch : made) {
                if (batch != null) {
                    batch.close();
                }
            }
            throw failure;
        }
        for (Batch batch : made) {
            ready.add(Objects.requireNonNull(batch));
        }
        given = (int) Math.min(sorted.length, given + (long) count * rows);
    }

    @Override
    public Batch next() {
        return ready.remove();
    }

    @Override
    public void close() {
        done = true;
        ready.forEach(Batch::close);
        ready.clear();
        held.close();
        memory.close();
        order = new long[0];
        files.close();
    }
}
