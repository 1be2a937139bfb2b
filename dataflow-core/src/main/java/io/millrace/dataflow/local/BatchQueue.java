package io.millrace.dataflow.local;

import io.millrace.dataflow.table.Batch;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Batches that wait for a reader, in order. When memory is short, those behind the first one are set aside on disk:
 * another reader of the same rows may be far ahead.
 */
final class BatchQueue implements AutoCloseable {
    private final Run run;
    private final Deque<Batch> held = new ArrayDeque<>();
    /** What comes after the batches that are held. */
    private @Nullable SpillFile aside;

    private SpillFile.@Nullable Reader reader;

    BatchQueue(Run run) {
        this.run = run;
    }

    boolean isEmpty() {
        return held.isEmpty() && reader == null;
    }

    /** Takes over a batch. */
    void add(Batch batch) {
        SpillFile file = aside;
        if (file == null && (held.isEmpty() || !run.isShort(0))) {
            held.add(batch);
            return;
        }
        if (file == null) {
            file = run.spill().create(batch.schema(), run);
            aside = file;
            reader = file.reader();
        }
        file.write(batch);
    }

    /** The first batch, which the caller takes over; null when none waits. */
    @Nullable
    Batch poll() {
        if (!held.isEmpty() || reader == null) {
            return held.poll();
        }
        Batch first = reader.next();
        if (!reader.hasNext()) {
            closeAside();
        }
        return first;
    }

    private void closeAside() {
        if (aside != null) {
            aside.close();
        }
        aside = null;
        reader = null;
    }

    /** Frees what waits. More may be added. */
    @Override
    public void close() {
        held.forEach(Batch::close);
        held.clear();
        closeAside();
    }
}
