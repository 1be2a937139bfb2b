package io.millrace.dataflow.local;

import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Files of numbered rows, each in the order of the numbers. Gives all rows in this order, those of one number in the
 * order of their files, and without the numbers.
 */
final class NumberedFiles implements AutoCloseable {
    /** The most files that are merged at a time. */
    private static final int MOST_FILES = 32;

    private final Schema schema;
    private final Schema numbered;
    private final RowOrder order;
    private final Run run;
    private List<SpillFile> files = new ArrayList<>();
    private boolean begins = true;
    private @Nullable RunMerge merge;

    /** Without rows yet; {@code schema} is that of the rows without numbers. */
    NumberedFiles(Schema schema, Run run) {
        this.schema = schema;
        this.numbered = Numbers.schema(schema);
        this.order = new RowOrder(Numbers.order(numbered), numbered);
        this.run = run;
    }

    /** Whether no row was written. */
    boolean isEmpty() {
        return files.isEmpty();
    }

    /** The rows that are written from now on begin with a lower number. */
    void begin() {
        begins = true;
    }

    /** Takes over a numbered batch. */
    void write(Batch batch) {
        if (batch.rowCount() == 0) {
            batch.close();
            return;
        }
        SpillFile file;
        if (begins) {
            file = run.spill().create(numbered, run);
            files.add(file);
            begins = false;
        } else {
            file = files.get(files.size() - 1);
        }
        write(batch, file);
    }

    /** The next rows in order, or null after the last. Nothing can be written any more. */
    @Nullable
    Batch next() {
        if (merge == null) {
            while (files.size() > MOST_FILES) {
                mergeSome();
            }
            merge = new RunMerge(files, numbered, order, run);
        }
        Batch next = merge.next();
        return next == null ? null : Numbers.without(next, schema);
    }

    private void mergeSome() {
        List<SpillFile> merged = new ArrayList<>();
        for (int i = 0; i < files.size(); i += MOST_FILES) {
            List<SpillFile> some = files.subList(i, Math.min(files.size(), i + MOST_FILES));
            SpillFile target = run.spill().create(numbered, run);
            try (RunMerge merging = new RunMerge(some, numbered, order, run)) {
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
        // One batch of each file is in memory when they are merged.
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
