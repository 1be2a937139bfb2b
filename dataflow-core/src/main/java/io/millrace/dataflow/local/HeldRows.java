package io.millrace.dataflow.local;

import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.kernel.RowSources;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.Positions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** All batches of an input, and references to single rows of them. */
final class HeldRows implements AutoCloseable {
    /** The reference to no row. */
    static final long NONE = -1;

    private final List<Batch> batches = new ArrayList<>();
    /** By batch: how many rows come before it. */
    private long[] starts = new long[16];

    private long rows;
    /** By column: its cells in all batches, from when rows are gathered on until another batch comes. */
    private final Map<Integer, RowSources> sources = new ConcurrentHashMap<>();

    /** Takes over a batch. */
    void add(Batch batch) {
        if (batches.size() == starts.length) {
            starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        starts[batches.size()] = rows;
        batches.add(batch);
        sources.clear();
        rows += batch.rowCount();
    }

    List<Batch> batches() {
        return batches;
    }

    long rows() {
        return rows;
    }

    /** The batches, which the caller takes over. */
    List<Batch> take() {
        List<Batch> taken = List.copyOf(batches);
        batches.clear();
        sources.clear();
        rows = 0;
        return taken;
    }

    /** The reference to a row of a batch. */
    static long reference(int batch, int row) {
        return ((long) batch << Integer.SIZE) | row;
    }

    /** How many rows come before a batch. */
    long start(int batch) {
        return starts[batch];
    }

    /** The reference to a row by its number among all. */
    long reference(long number) {
        // Batches are mostly of one size: the guess is right or near.
        int batch = (int) Math.min(batches.size() - 1L, number * batches.size() / rows);
        while (starts[batch] > number) {
            batch--;
        }
        while (batch + 1 < batches.size() && starts[batch + 1] <= number) {
            batch++;
        }
        return reference(batch, Math.toIntExact(number - starts[batch]));
    }

    /** Some rows with all their columns and positions. */
    Batch batch(Schema schema, long[] references, BufferAllocator allocator) {
        List<Cells> columns = new ArrayList<>();
        try {
            int[] from = froms(references);
            int[] selected = selected(references);
            for (int column = 0; column < schema.size(); column++) {
                columns.add(Gather.rows(sources(schema.field(column).type(), column), from, selected, allocator));
            }
        } catch (RuntimeException | Error failure) {
            columns.forEach(Cells::close);
            throw failure;
        }
        return Batch.of(schema, columns, references.length, positions(references));
    }

    /** The references to the rows from one number up to another, as they were added. */
    long[] references(long from, long to) {
        long[] found = new long[Math.toIntExact(to - from)];
        int place = Arrays.binarySearch(starts, 0, batches.size(), from);
        int batch = place >= 0 ? place : -place - 2;
        int row = found.length == 0 ? 0 : Math.toIntExact(from - starts[batch]);
        for (int i = 0; i < found.length; i++) {
            while (row == batches.get(batch).rowCount()) {
                batch++;
                row = 0;
            }
            found[i] = reference(batch, row++);
        }
        return found;
    }

    static int batch(long reference) {
        return (int) (reference >>> Integer.SIZE);
    }

    static int row(long reference) {
        return (int) reference;
    }

    /** The cells of a column in some rows; {@link #NONE} gives a null. */
    Cells gather(DataType type, int column, long[] references, BufferAllocator allocator) {
        return Gather.rows(sources(type, column), froms(references), selected(references), allocator);
    }

    private RowSources sources(DataType type, int column) {
        return sources.computeIfAbsent(
                column,
                number -> RowSources.of(
                        type, batches.stream().map(batch -> batch.cells(number)).toList()));
    }

    /** The batch of each reference; the first for {@link #NONE}. */
    private static int[] froms(long[] references) {
        int[] from = new int[references.length];
        for (int i = 0; i < references.length; i++) {
            from[i] = references[i] == NONE ? 0 : batch(references[i]);
        }
        return from;
    }

    /** The row of each reference in its batch; -1 for {@link #NONE}. */
    private static int[] selected(long[] references) {
        int[] selected = new int[references.length];
        for (int i = 0; i < references.length; i++) {
            selected[i] = references[i] == NONE ? -1 : row(references[i]);
        }
        return selected;
    }

    /** Where some rows came from; null when that is not known of every batch. */
    @Nullable
    Positions positions(long[] references) {
        List<String> files = List.of();
        Positions[] known = new Positions[batches.size()];
        for (int i = 0; i < known.length; i++) {
            Positions ofBatch = batches.get(i).positions().orElse(null);
            if (ofBatch == null) {
                return null;
            }
            known[i] = ofBatch;
            files = ofBatch.files().size() > files.size() ? ofBatch.files() : files;
        }
        int[] ordinals = new int[references.length];
        long[] records = new long[references.length];
        for (int i = 0; i < references.length; i++) {
            Positions ofBatch = known[batch(references[i])];
            ordinals[i] = ofBatch.ordinal(row(references[i]));
            records[i] = ofBatch.record(row(references[i]));
        }
        return Positions.of(files, ordinals, records);
    }

    @Override
    public void close() {
        batches.forEach(Batch::close);
        batches.clear();
        sources.clear();
        rows = 0;
    }
}
