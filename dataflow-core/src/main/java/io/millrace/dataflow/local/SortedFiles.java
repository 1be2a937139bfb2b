package io.millrace.dataflow.local;

import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import java.util.ArrayList;
import java.util.List;

/** Files of sorted rows, which are merged in the end, not too many at a time. */
final class SortedFiles implements AutoCloseable {
    /** The most files that are merged at a time. */
    private static final int MOST = 32;

    private final Schema schema;
    private final RowOrder order;
    private final Run run;
    private List<SpillFile> files = new ArrayList<>();

    SortedFiles(Schema schema, RowOrder order, Run run) {
        this.schema = schema;
        this.order = order;
        this.run = run;
    }

    /**
     * The rows of a batch of a file that was made of so many rows in memory: one batch of each file is there when they are
     * merged, together half of what one file holds.
     */
    static int batchRows(int held, Run run) {
        return Math.max(1, Math.min(run.batchRows(), held / (2 * MOST)));
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    /** Begins a file, whose rows come in order. */
    SpillFile begin() {
        SpillFile file = run.spill().create(schema, run);
        files.add(file);
        return file;
    }

    /** All rows in order; equal ones by the order of their files. */
    RunMerge merge() {
        while (files.size() > MOST) {
            List<SpillFile> merged = new ArrayList<>();
            for (int i = 0; i < files.size(); i += MOST) {
                merged.add(mergeAll(files.subList(i, Math.min(files.size(), i + MOST))));
            }
            files = merged;
        }
        return new RunMerge(files, schema, order, run);
    }

    private SpillFile mergeAll(List<SpillFile> some) {
        SpillFile target = run.spill().create(schema, run);
        int rows = some.stream().mapToInt(SpillFile::mostRows).max().orElse(1);
        try (RunMerge merging = new RunMerge(some, schema, order, run)) {
            // Of this file as well, a batch is in memory beside those of others.
            for (Batch batch = merging.next(rows); batch != null; batch = merging.next(rows)) {
                target.write(batch);
            }
        }
        some.forEach(SpillFile::close);
        return target;
    }

    @Override
    public void close() {
        files.forEach(SpillFile::close);
        files.clear();
    }
}
