package io.millrace.dataflow.local;

import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one input on disk, numbered and divided by key, of which one part after the other is worked on. The work on a
 * part may set rows of it aside again, for later parts. What the parts give is merged by the numbers of the rows.
 */
final class DividedRows implements AutoCloseable {
    private final Schema numbered;
    private final List<Integer> keys;
    private final Work work;
    private final Run run;
    private final SortedFiles results;
    private final Deque<Part> parts = new ArrayDeque<>();
    private RowDivision division;
    /** Whether rows that are set aside come from a part, and have their numbers. */
    private boolean again;

    private long rows;

    /**
     * All rows with some keys, with their numbers and in order.
     *
     * @param level how often they were divided
     * @param isWhole whether dividing them further is of no use
     */
    record Part(SpillFile file, int level, boolean isWhole) {}

    /** What is done with a part. */
    @FunctionalInterface
    interface Work {
        /**
         * Writes what a part gives, numbered, in the order of the numbers; of rows that were set aside again nothing.
         * False when the part should be divided first, and nothing was written or set aside.
         */
        boolean on(Part part, SortedFiles results);
    }

    /**
     * Without rows yet.
     *
     * @param schema the columns of the rows
     * @param result the columns of what the work gives, without the number
     * @param keys the columns of the keys
     */
    DividedRows(Schema schema, Schema result, List<Integer> keys, Work work, Run run) {
        this.numbered = Numbers.schema(schema);
        this.keys = keys;
        this.work = work;
        this.run = run;
        this.division = new RowDivision(numbered, keys, 0, run);
        this.results = SortedFiles.byNumber(result, run);
    }

    /** Takes over a batch. */
    void add(Batch batch) {
        long start = rows;
        rows += batch.rowCount();
        division.add(Numbers.number(batch, numbered, row -> start + row, run.allocator()));
    }

    /**
     * Sets aside the rows of a batch, which stays open, whose keys have no number.
     *
     * @param found the keys of the batch, looked up
     * @param first the number of the first row; of no matter while a part is worked on, whose rows have their numbers
     */
    void addUnknown(Batch batch, KeyBatch found, long first) {
        int[] unknown = found.unknown();
        if (unknown.length > 0) {
            Batch rest = Gather.rows(batch, unknown, run.allocator());
            division.add(again ? rest : Numbers.number(rest, numbered, row -> first + unknown[row], run.allocator()));
        }
    }

    /** Takes over all rows held. */
    void addAll(HeldRows held) {
        Deque<Batch> batches = new ArrayDeque<>(held.take());
        try {
            while (!batches.isEmpty()) {
                add(batches.remove());
            }
        } finally {
            batches.forEach(Batch::close);
        }
    }

    /** Works on all parts. */
    void work() {
        push(division.end(), 0, null);
        again = true;
        for (Part part = parts.poll(); part != null; part = parts.poll()) {
            results.begin();
            // A part that is divided no further still has fewer keys each time it is worked on.
            division = new RowDivision(numbered, keys, Math.min(part.level, RowDivision.LEVELS - 1), run);
            if (work.on(part, results)) {
                push(division.end(), part.level, part.file);
                part.file.close();
            } else {
                push(RowDivision.divide(part.file, keys, part.level, run), part.level, part.file);
            }
        }
    }

    private void push(List<@Nullable SpillFile> files, int level, @Nullable SpillFile divided) {
        for (int i = files.size() - 1; i >= 0; i--) {
            SpillFile file = files.get(i);
            if (file != null) {
                boolean isWhole = level + 1 >= RowDivision.LEVELS
                        || keys.isEmpty()
                        || (divided != null && RowDivision.isWhole(file, divided));
                parts.push(new Part(file, level + 1, isWhole));
            }
        }
    }

    /** The next rows of the result, or null after the last. Called when all parts were worked on. */
    @Nullable
    Batch next() {
        return results.next();
    }

    @Override
    public void close() {
        division.close();
        parts.forEach(part -> part.file.close());
        parts.clear();
        results.close();
    }
}
