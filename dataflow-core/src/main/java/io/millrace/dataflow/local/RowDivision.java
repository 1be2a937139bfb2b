package io.millrace.dataflow.local;

import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Divides rows by their key into files: rows with one key come into one file, and are there in order. What one level
 * divides is divided further by the next one.
 */
final class RowDivision implements AutoCloseable {
    /** The most levels that divide; after the last one a file holds one key in 16 million. */
    static final int LEVELS = 6;

    static final int PARTS = 16;

    private static final int PART_BITS = 4;
    /** The uppermost bits divide the keys of what is in memory: see {@link KeyBatch}. */
    private static final int FIRST_SHIFT = Long.SIZE - 2 * PART_BITS;
    /** Rows that are written together. */
    private static final int ROWS = 4_096;

    private final Schema schema;
    private final List<Integer> keys;
    private final int shift;
    private final Run run;
    private final KeyBatch read;
    private final List<HeldRows> held = new ArrayList<>();
    private final @Nullable SpillFile[] files = new SpillFile[PARTS];

    /**
     * Without rows yet.
     *
     * @param keys the columns of the key
     * @param level from 0 up to before {@link #LEVELS}
     */
    RowDivision(Schema schema, List<Integer> keys, int level, Run run) {
        this.schema = schema;
        this.keys = keys;
        this.shift = FIRST_SHIFT - level * PART_BITS;
        this.run = run;
        List<DataType> types =
                keys.stream().map(key -> schema.field(key).type()).toList();
        this.read = new KeyBatch(types);
        for (int i = 0; i < PARTS; i++) {
            held.add(new HeldRows());
        }
    }

    /** Takes over a batch. */
    void add(Batch batch) {
        run.cancellation().check();
        @Nullable Batch[] pieces = new Batch[PARTS];
        try (batch) {
            read.read(batch, keys);
            int[][] rows = rows(batch.rowCount());
            run.crew().each(PARTS, part -> {
                if (rows[part].length > 0) {
                    pieces[part] = Gather.rows(batch, rows[part], run.allocator());
                }
            });
        } catch (RuntimeException | Error failure) {
            for (Batch piece : pieces) {
                if (piece != null) {
                    piece.close();
                }
            }
            throw failure;
        }
        for (int part = 0; part < PARTS; part++) {
            Batch piece = pieces[part];
            if (piece != null) {
                held.get(part).add(piece);
            }
        }
        boolean isShort = run.isShort(0);
        for (int part = 0; part < PARTS; part++) {
            if (isShort || held.get(part).rows() >= ROWS) {
                write(part);
            }
        }
    }

    private int[][] rows(int count) {
        long[] hashes = read.hashes();
        int[] sizes = new int[PARTS];
        for (int row = 0; row < count; row++) {
            sizes[(int) (hashes[row] >>> shift) & PARTS - 1]++;
        }
        int[][] rows = new int[PARTS][];
        for (int part = 0; part < PARTS; part++) {
            rows[part] = new int[sizes[part]];
        }
        Arrays.fill(sizes, 0);
        for (int row = 0; row < count; row++) {
            int part = (int) (hashes[row] >>> shift) & PARTS - 1;
            rows[part][sizes[part]++] = row;
        }
        return rows;
    }

    private void write(int part) {
        HeldRows rows = held.get(part);
        if (rows.rows() == 0) {
            return;
        }
        SpillFile file = files[part];
        if (file == null) {
            file = run.spill().create(schema, run);
            files[part] = file;
        }
        file.write(rows.batch(schema, rows.references(0, rows.rows()), run.allocator()));
        rows.close();
    }

    /** The files of the parts, which the caller takes over; null for a part without rows. */
    List<@Nullable SpillFile> end() {
        for (int part = 0; part < PARTS; part++) {
            write(part);
        }
        List<@Nullable SpillFile> made = Collections.unmodifiableList(Arrays.asList(files.clone()));
        Arrays.fill(files, null);
        return made;
    }

    /** Divides the rows of a file, which is removed. */
    static List<@Nullable SpillFile> divide(@Nullable SpillFile file, List<Integer> keys, int level, Run run) {
        if (file == null) {
            return Collections.nCopies(PARTS, null);
        }
        try (file;
                RowDivision division = new RowDivision(file.schema(), keys, level, run)) {
            SpillFile.Reader reader = file.reader();
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                division.add(batch);
            }
            return division.end();
        }
    }

    /** Whether a part is so much of what was divided that dividing it further is of no use. */
    static boolean isWhole(SpillFile part, SpillFile divided) {
        return 8 * part.rows() > 7 * divided.rows();
    }

    @Override
    public void close() {
        held.forEach(HeldRows::close);
        for (SpillFile file : files) {
            if (file != null) {
                file.close();
            }
        }
    }
}
