package io.millrace.dataflow.local;

import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.ArrowTypes;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.BigIntVector;
import org.jspecify.annotations.Nullable;

/**
 * Rows whose keys an operator could not hold, with their numbers among all rows, divided by key into files. Later each file
 * is worked on by itself, which may set rows of it aside again, divided anew; so a row is written as often as the keys
 * outgrow memory by another factor of {@value #PARTS}. What comes of the files is merged by the numbers of the rows.
 */
final class SetAside implements AutoCloseable {
    private static final int PARTS = 16;
    private static final int PART_SHIFT = Long.SIZE - 4;
    private static final long MIXER = 0xD6E8FEB86659FD93L;
    private static final Schema.Field NUMBER = Schema.Field.required(" row number", DataTypes.INT64);

    private final Schema rows;
    private final Schema results;
    private final Run run;
    private final SortedFiles finished;
    private final Deque<Part> waiting = new ArrayDeque<>();
    /** What is worked on: the file, and the results of its keys. */
    private @Nullable Part current;

    private SpillFile.@Nullable Reader reader;
    private @Nullable SpillFile target;
    private @Nullable SpillFile[] files = new SpillFile[PARTS];
    private @Nullable RunMerge merge;

    /** A file, and how often its rows were divided. */
    private record Part(SpillFile file, int depth) {}

    /**
     * Nothing set aside yet.
     *
     * @param rows the columns of the rows
     * @param results the columns of what comes of them
     */
    SetAside(Schema rows, Schema results, Run run) {
        this.rows = numbered(rows);
        this.results = numbered(results);
        this.run = run;
        Operator.Sort.Key byNumber =
                new Operator.Sort.Key(results.size(), SortKey.Direction.ASCENDING, SortKey.Nulls.FIRST);
        this.finished = new SortedFiles(this.results, new RowOrder(List.of(byNumber), this.results), run);
    }

    /** These columns, and the number of the row behind them. */
    static Schema numbered(Schema schema) {
        List<Schema.Field> fields = new ArrayList<>(schema.fields());
        fields.add(NUMBER);
        return Schema.of(fields);
    }

    /**
     * Sets aside the rows of some batches whose keys have no number.
     *
     * @param found the keys of each batch, looked up
     * @param first the number of the first row; of no matter where the last column has the numbers
     */
    void add(List<Batch> batches, List<KeyBatch> found, long first) {
        // Owns none of the batches.
        HeldRows held = new HeldRows();
        batches.forEach(held::add);
        long[][] references = new long[PARTS][];
        int[] sizes = new int[PARTS];
        int depth = current == null ? 0 : current.depth;
        for (int i = 0; i < batches.size(); i++) {
            KeyBatch keys = found.get(i);
            for (int row = 0; row < keys.rows(); row++) {
                if (keys.numbers()[row] == KeyPart.UNKNOWN) {
                    int part = part(keys.hashes()[row], depth);
                    long[] ofPart = references[part];
                    if (ofPart == null || sizes[part] == ofPart.length) {
                        ofPart = ofPart == null ? new long[64] : Arrays.copyOf(ofPart, 2 * sizes[part]);
                        references[part] = ofPart;
                    }
                    ofPart[sizes[part]++] = HeldRows.reference(i, row);
                }
            }
        }
        for (int part = 0; part < PARTS; part++) {
            for (int from = 0; from < sizes[part]; from += run.batchRows()) {
                int to = Math.min(sizes[part], from + run.batchRows());
                write(part, held, Arrays.copyOfRange(references[part], from, to), first);
            }
        }
    }

    /** Another division of the same hashes at each depth. */
    private static int part(long hash, int depth) {
        long mixed = (hash + depth) * MIXER;
        return (int) (((mixed ^ (mixed >>> 32)) * MIXER) >>> PART_SHIFT);
    }

    private void write(int part, HeldRows held, long[] references, long first) {
        SpillFile file = files[part];
        if (file == null) {
            file = run.spill().create(rows, run);
            files[part] = file;
        }
        if (current != null) {
            file.write(held.batch(rows, references, run.allocator()));
            return;
        }
        List<Schema.Field> own = rows.fields().subList(0, rows.size() - 1);
        Batch batch = held.batch(Schema.of(own), references, run.allocator());
        try {
            List<Cells> columns = new ArrayList<>(batch.columns());
            columns.add(numbers(held, references, first));
            file.write(
                    Batch.of(rows, columns, references.length, batch.positions().orElse(null)));
        } catch (RuntimeException | Error failure) {
            batch.close();
            throw failure;
        }
    }

    private Cells numbers(HeldRows held, long[] references, long first) {
        BigIntVector vector = (BigIntVector) ArrowTypes.vector("", DataTypes.INT64, run.allocator());
        try {
            vector.allocateNew(references.length);
            for (int i = 0; i < references.length; i++) {
                long number = first + held.start(HeldRows.batch(references[i])) + HeldRows.row(references[i]);
                vector.set(i, number);
            }
            vector.setValueCount(references.length);
            return Cells.of(DataTypes.INT64, vector, CellErrors.none());
        } catch (RuntimeException | Error failure) {
            vector.close();
            throw failure;
        }
    }

    /** Goes on to the next file, when the last one has been read; false when there is none. */
    boolean open() {
        int depth = current == null ? 0 : current.depth;
        if (current != null) {
            current.file.close();
        }
        for (int part = 0; part < PARTS; part++) {
            SpillFile file = files[part];
            if (file != null) {
                waiting.push(new Part(file, depth + 1));
                files[part] = null;
            }
        }
        current = waiting.poll();
        target = null;
        reader = current == null ? null : current.file.reader();
        return current != null;
    }

    /** The next rows of the file, with their numbers as the last column; null after the last. */
    @Nullable
    Batch read() {
        return Objects.requireNonNull(reader).next();
    }

    /** How many rows of a result are given at a time, where so many were held. */
    int resultRows(int held) {
        return SortedFiles.batchRows(held, run);
    }

    /** Takes a result of the file, with numbers as the last column, which only ascend within the results of one file. */
    void give(Batch result) {
        SpillFile file = target;
        if (file == null) {
            file = finished.begin();
            target = file;
        }
        file.write(result);
    }

    /** The next rows of the results of all files by their numbers, without these; null after the last. */
    @Nullable
    Batch next() {
        if (merge == null) {
            merge = finished.merge();
        }
        Batch batch = merge.next();
        if (batch == null) {
            return null;
        }
        int columns = results.size() - 1;
        batch.cells(columns).close();
        return Batch.of(
                Schema.of(results.fields().subList(0, columns)),
                batch.columns().subList(0, columns),
                batch.rowCount(),
                batch.positions().orElse(null));
    }

    @Override
    public void close() {
        if (merge != null) {
            merge.close();
        }
        if (current != null) {
            current.file.close();
        }
        waiting.forEach(part -> part.file.close());
        waiting.clear();
        for (SpillFile file : files) {
            if (file != null) {
                file.close();
            }
        }
        finished.close();
    }
}
