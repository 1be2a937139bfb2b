package io.millrace.dataflow.local;

import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Files of rows, each in one order. Gives all rows in this order, equal ones in the order of their files. Merges not too
 * many files at a time.
 */
final class SortedFiles implements AutoCloseable {
    /** The most files that are merged at a time. */
    private static final int MOST_FILES = 32;

    private final Schema schema;
    /** The columns that are given: all, or the ones before the number. */
    private final Schema given;

    private final RowOrder order;
    private final Run run;
    private List<SpillFile> files = new ArrayList<>();
    private boolean begins = true;
    private @Nullable RunMerge merge;

    private SortedFiles(Schema schema, Schema given, RowOrder order, Run run) {
        this.schema = schema;
        this.given = given;
        this.order = order;
        this.run = run;
    }

    /** Without rows yet; they are written and given in this order. */
    static SortedFiles by(RowOrder order, Schema schema, Run run) {
        return new SortedFiles(schema, schema, order, run);
    }

    /**
     * Without rows yet; they are written in the order of their numbers, as {@link Numbers} has them, and given without.
     *
     * @param schema the columns without the number
     */
    static SortedFiles byNumber(Schema schema, Run run) {
        Schema numbered = Numbers.schema(schema);
        return new SortedFiles(numbered, schema, new RowOrder(Numbers.order(numbered), numbered), run);
    }

    /** Whether no row was written. */
    boolean isEmpty() {
        return files.isEmpty();
    }

    /** The rows that are written from now on may come before those that were written. */
    void begin() {
        begins = true;
    }

    /** Takes over a batch that does not come before the last one since {@link #begin}. */
    void write(Batch batch) {
        if (batch.rowCount() == 0) {
            batch.close();
        } else {
            write(batch, file());
        }
    }

    /** Writes rows that are held, and stay so, in an order that was found for them. */
    void write(HeldRows held, long[] sorted) {
        begin();
        // One batch of each file is in memory when they are merged: together half of what this one was made of.
        int most = Math.max(1, Math.min(run.batchRows(), sorted.length / (2 * MOST_FILES)));
        for (int start = 0; start < sorted.length; start += most) {
            long[] part = Arrays.copyOfRange(sorted, start, Math.min(sorted.length, start + most));
            file().write(held.batch(schema, part, run.allocator()));
        }
    }

    private SpillFile file() {
        if (begins) {
            files.add(run.spill().create(schema, run));
            begins = false;
        }
        return files.get(files.size() - 1);
    }

    /** The next rows in order, or null after the last. Nothing can be written any more. */
    @Nullable
    Batch next() {
        if (merge == null) {
            while (files.size() > MOST_FILES) {
                mergeSome();
            }
            merge = new RunMerge(files, schema, order, run);
        }
        Batch next = merge.next();
        return next == null || given.size() == schema.size() ? next : Numbers.without(next, given);
    }

    private void mergeSome() {
        List<SpillFile> merged = new ArrayList<>();
        for (int i = 0; i < files.size(); i += MOST_FILES) {
            List<SpillFile> some = files.subList(i, Math.min(files.size(), i + MOST_FILES));
            SpillFile target = run.spill().create(schema, run);
            try (RunMerge merging = new RunMerge(some, schema, order, run)) {
                for (Batch batch = merging.next(); batch != null; batch = merging.next()) {
                    write(batch, target);
                }
            }
            some.forEach(SpillFile::close);
            merged.add(target);
        }
        files = merged;
    }

    private void write(Batch batch, SpillFile file) {
        // Here as well, one batch of each file is in memory when they are merged.
        int most = run.rowsOfPiece(batch, MOST_FILES);
        if (batch.rowCount() <= most) {
            file.write(batch);
            return;
        }
        try (batch) {
            for (int start = 0; start < batch.rowCount(); start += most) {
                int end = Math.min(batch.rowCount(), start + most);
                file.write(Gather.rows(batch, IntStream.range(start, end).toArray(), run.allocator()));
            }
        }
    }

    @Override
    public void close() {
        if (merge != null) {
            merge.close();
        }
        files.forEach(SpillFile::close);
        files.clear();
    }
}
