package io.millrace.dataflow.local;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.List;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the rows of one batch in arrays: one column of eight-byte values as longs, anything else as bytes. Two
 * keys are equal exactly when these are; see {@link RowKey}. Also the hash of each, the rows of each part of a
 * {@link KeyIndex}, and what the index makes of them. Can be read into again and again.
 */
final class KeyBatch {
    /** The parts that keys are divided into, by the upper bits of their hashes. */
    static final int PARTS = 16;

    private static final int PART_SHIFT = Long.SIZE - 4;
    private static final long MIXER = 0x9E3779B97F4A7C15L;
    private static final long FINISHER = 0xBF58476D1CE4E5B9L;
    private static final long ABSENT_HASH = 0x5851F42D4C957F2DL;

    private final boolean single;
    private final KeyBytes encoded = new KeyBytes();
    private int rows;
    private long[] words = new long[0];
    private @Nullable String @Nullable [] absent;
    private long[] hashes = new long[0];
    private int[] order = new int[0];
    private final int[] starts = new int[PARTS + 1];
    private int[] numbers = new int[0];
    private byte[] fresh = new byte[0];
    private int[] ints = new int[0];

    KeyBatch(List<DataType> types) {
        this.single = isSingle(types);
    }

    /** Whether keys of these types are longs. */
    static boolean isSingle(List<DataType> types) {
        return types.size() == 1
                && (types.get(0) instanceof DataType.Int64
                        || types.get(0) instanceof DataType.Float64
                        || types.get(0) instanceof DataType.Timestamp
                        || types.get(0) instanceof DataType.Date);
    }

    /** Reads the keys of a batch, which stays open. */
    void read(Batch batch, List<Integer> columns) {
        rows = batch.rowCount();
        absent = null;
        if (hashes.length < rows) {
            hashes = new long[rows];
            order = new int[rows];
            numbers = new int[rows];
            fresh = new byte[rows];
            words = new long[single ? rows : 0];
        } else {
            java.util.Arrays.fill(fresh, 0, rows, (byte) 0);
        }
        if (single) {
            readWords(batch.cells(columns.get(0)));
        } else {
            encoded.read(columns.stream().map(batch::cells).toList(), rows);
            for (int row = 0; row < rows; row++) {
                hashes[row] = encoded.hash(row);
            }
        }
        divide();
    }

    private void readWords(Cells cells) {
        FieldVector vector = cells.values();
        if (vector instanceof DateDayVector days) {
            ints = ints.length < rows ? new int[rows] : ints;
            ColumnArrays.ints(days, rows, ints);
            for (int row = 0; row < rows; row++) {
                words[row] = ints[row];
            }
        } else {
            ColumnArrays.longs((BaseFixedWidthVector) vector, rows, words);
        }
        if (vector instanceof Float8Vector) {
            for (int row = 0; row < rows; row++) {
                // Adding zero turns -0.0 into 0.0; doubleToLongBits makes all NaN one.
                words[row] = Double.doubleToLongBits(Double.longBitsToDouble(words[row]) + 0.0);
            }
        }
        for (int row = 0; row < rows; row++) {
            hashes[row] = hash(words[row]);
        }
        if (vector.getNullCount() > 0) {
            readAbsent(cells);
        }
    }

    private void readAbsent(Cells cells) {
        @Nullable String[] found = new String[rows];
        for (int row = 0; row < rows; row++) {
            if (cells.values().isNull(row)) {
                // A null is the empty name, an error the one with its text behind a letter.
                found[row] =
                        cells.errors().at(row).map(error -> "e" + error.text()).orElse("");
                words[row] = 0;
                hashes[row] = hash(ABSENT_HASH ^ found[row].hashCode());
            }
        }
        absent = found;
    }

    static long hash(long word) {
        long hash = (word ^ (word >>> 32)) * MIXER;
        hash = (hash ^ (hash >>> 29)) * FINISHER;
        return hash ^ (hash >>> 32);
    }

    /** Lists the rows by part, each in order. */
    private void divide() {
        java.util.Arrays.fill(starts, 0);
        for (int row = 0; row < rows; row++) {
            starts[part(row) + 1]++;
        }
        for (int part = 0; part < PARTS; part++) {
            starts[part + 1] += starts[part];
        }
        int[] next = java.util.Arrays.copyOf(starts, PARTS);
        for (int row = 0; row < rows; row++) {
            order[next[part(row)]++] = row;
        }
    }

    int rows() {
        return rows;
    }

    /** Whether keys are {@link #words}; they are {@link #bytes} otherwise. */
    boolean isSingle() {
        return single;
    }

    long[] words() {
        return words;
    }

    /** By row: null for a value, else what tells this null or error from others. Null when every row has a value. */
    @Nullable
    String @Nullable [] absent() {
        return absent;
    }

    KeyBytes bytes() {
        return encoded;
    }

    /** Whether no column of a row's key is a null or an error. */
    boolean isComplete(int row) {
        return single ? absent == null || absent[row] == null : encoded.isComplete(row);
    }

    long[] hashes() {
        return hashes;
    }

    int part(int row) {
        return (int) (hashes[row] >>> PART_SHIFT);
    }

    /** The rows, part by part. */
    int[] order() {
        return order;
    }

    /** Where a part begins in {@link #order}; the next one begins where it ends. */
    int start(int part) {
        return starts[part];
    }

    /** By row: what the index gives for its key. */
    int[] numbers() {
        return numbers;
    }

    /** The rows whose key the index knows, in order. */
    int[] known() {
        return rows(true);
    }

    /** The rows whose key the index does not know, in order. */
    int[] unknown() {
        return rows(false);
    }

    private int[] rows(boolean known) {
        int[] found = new int[rows];
        int count = 0;
        for (int row = 0; row < rows; row++) {
            if (numbers[row] != KeyPart.UNKNOWN == known) {
                found[count++] = row;
            }
        }
        return java.util.Arrays.copyOf(found, count);
    }

    /** Marks a row as the first with its key. May be called for different rows at a time. */
    void markFresh(int row) {
        fresh[row] = 1;
    }

    /** The rows that are the first with their key, in order. */
    int[] fresh() {
        int count = 0;
        for (int row = 0; row < rows; row++) {
            count += fresh[row];
        }
        int[] found = new int[count];
        int next = 0;
        for (int row = 0; next < count; row++) {
            if (fresh[row] != 0) {
                found[next++] = row;
            }
        }
        return found;
    }
}
