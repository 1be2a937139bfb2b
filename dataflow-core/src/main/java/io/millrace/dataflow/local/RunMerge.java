package io.millrace.dataflow.local;

import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Merges sorted files into sorted batches; of equal rows those of an earlier file come first. */
final class RunMerge implements AutoCloseable {
    private final Schema schema;
    private final RowOrder order;
    private final Run run;
    private final List<Cursor> cursors = new ArrayList<>();
    /** A binary heap of the cursors that have a row. */
    private final Cursor[] heap;

    private int live;
    /** The batches that cursors stand in, and those that they left since the last one was given. */
    private HeldRows window = new HeldRows();

    /** Where the reading of one file stands. */
    private static final class Cursor {
        private final int number;
        private final SpillFile.Reader reader;
        private @Nullable Batch batch;
        private long @Nullable [] numbers;
        private int inWindow;
        private int row;

        Cursor(int number, SpillFile.Reader reader) {
            this.number = number;
            this.reader = reader;
        }

        Batch batch() {
            return java.util.Objects.requireNonNull(batch);
        }
    }

    RunMerge(List<SpillFile> files, Schema schema, RowOrder order, Run run) {
        this.schema = schema;
        this.order = order;
        this.run = run;
        this.heap = new Cursor[files.size()];
        for (SpillFile file : files) {
            cursors.add(new Cursor(cursors.size(), file.reader()));
        }
        try {
            for (Cursor cursor : cursors) {
                if (load(cursor)) {
                    heap[live++] = cursor;
                    up(live - 1);
                }
            }
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    /** The next rows in order, or null after the last. */
    @Nullable
    Batch next() {
        // The rows stay where they were read until a batch is made of them.
        return live == 0
                ? null
                : next(run.rowsOfPiece(java.util.Objects.requireNonNull(heap[0]).batch(), 4));
    }

    private Batch next(int rows) {
        long[] references = new long[rows];
        int count = 0;
        while (live > 0 && count < references.length) {
            Cursor first = java.util.Objects.requireNonNull(heap[0]);
            references[count++] = HeldRows.reference(first.inWindow, first.row);
            first.row++;
            if (first.row == first.batch().rowCount() && !load(first)) {
                heap[0] = heap[--live];
            }
            if (live > 0) {
                down(0);
            }
        }
        Batch merged = window.batch(schema, Arrays.copyOf(references, count), run.allocator());
        forget();
        return merged;
    }

    private boolean load(Cursor cursor) {
        Batch batch = cursor.reader.next();
        cursor.batch = batch;
        cursor.row = 0;
        if (batch == null) {
            return false;
        }
        cursor.numbers = order.numbers(batch);
        cursor.inWindow = window.batches().size();
        window.add(batch);
        return true;
    }

    /** Frees the batches that no cursor stands in. */
    private void forget() {
        HeldRows kept = new HeldRows();
        List<Batch> left = new ArrayList<>(window.batches());
        for (int i = 0; i < live; i++) {
            Cursor cursor = java.util.Objects.requireNonNull(heap[i]);
            left.remove(cursor.batch());
            cursor.inWindow = kept.batches().size();
            kept.add(cursor.batch());
        }
        left.forEach(Batch::close);
        window = kept;
    }

    private boolean isBefore(int left, int right) {
        Cursor a = java.util.Objects.requireNonNull(heap[left]);
        Cursor b = java.util.Objects.requireNonNull(heap[right]);
        long[] ofA = a.numbers;
        long[] ofB = b.numbers;
        int compared = ofA != null && ofB != null
                ? Long.compare(ofA[a.row], ofB[b.row])
                : order.compare(a.batch(), a.row, b.batch(), b.row);
        return compared != 0 ? compared < 0 : a.number < b.number;
    }

    private void up(int place) {
        for (int i = place; i > 0 && isBefore(i, (i - 1) / 2); i = (i - 1) / 2) {
            swap(i, (i - 1) / 2);
        }
    }

    private void down(int place) {
        int i = place;
        while (2 * i + 1 < live) {
            int child = 2 * i + 1;
            if (child + 1 < live && isBefore(child + 1, child)) {
                child++;
            }
            if (!isBefore(child, i)) {
                return;
            }
            swap(i, child);
            i = child;
        }
    }

    private void swap(int left, int right) {
        Cursor held = heap[left];
        heap[left] = heap[right];
        heap[right] = held;
    }

    @Override
    public void close() {
        live = 0;
        window.close();
    }
}
