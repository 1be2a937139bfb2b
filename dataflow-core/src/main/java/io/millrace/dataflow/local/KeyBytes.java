package io.millrace.dataflow.local;

import io.millrace.dataflow.table.Cells;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.jspecify.annotations.Nullable;

/** The keys of the rows of a batch as bytes, one after the other. Equal keys have equal bytes. */
final class KeyBytes {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIXER = 0x9E3779B97F4A7C15L;
    private static final long FINISHER = 0xBF58476D1CE4E5B9L;

    /** What a cell begins with; from {@link #SHORT} on, the length of a short text and this. */
    private static final byte NULL = 0;

    private static final byte ERROR = 1;
    private static final byte VALUE = 2;
    private static final int SHORT = 3;
    private static final int SHORT_LENGTHS = 256 - SHORT;

    private byte[] bytes = new byte[1 << 10];
    private int[] offsets = new int[1];
    private final BitSet incomplete = new BitSet();
    private final RowKey other = new RowKey();
    private Column[] columns = new Column[0];
    private int used;

    /** The bytes of all keys. Some more behind them may be read. */
    byte[] bytes() {
        return bytes;
    }

    /** Where the key of a row begins; that of the next one begins where it ends. */
    int offset(int row) {
        return offsets[row];
    }

    boolean isComplete(int row) {
        return !incomplete.get(row);
    }

    /** Reads the keys that some columns make. */
    void read(List<Cells> cells, int rows) {
        if (columns.length != cells.size()) {
            columns = new Column[cells.size()];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = new Column();
            }
        }
        for (int i = 0; i < columns.length; i++) {
            columns[i].read(cells.get(i), rows);
        }
        if (offsets.length <= rows) {
            offsets = new int[rows + 1];
        }
        incomplete.clear();
        used = 0;
        for (int row = 0; row < rows; row++) {
            offsets[row] = used;
            for (Column column : columns) {
                append(column, row);
            }
        }
        offsets[rows] = used;
        room(ColumnArrays.PADDING);
    }

    /** The hash of the key of a row. */
    long hash(int row) {
        int from = offsets[row];
        int end = offsets[row + 1];
        long hash = (end - from) * MIXER;
        int i = from;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            hash = (hash ^ (long) LONG.get(bytes, i)) * MIXER;
            hash ^= hash >>> 32;
        }
        if (i < end) {
            long rest = (long) LONG.get(bytes, i) & (-1L >>> (Long.SIZE - Byte.SIZE * (end - i)));
            hash = (hash ^ rest) * MIXER;
            hash ^= hash >>> 32;
        }
        hash = (hash ^ (hash >>> 29)) * FINISHER;
        return hash ^ (hash >>> 32);
    }

    private void append(Column column, int row) {
        if (column.hasNulls && column.vector().isNull(row)) {
            appendAbsent(column.cells(), row);
        } else if (column.kind == Kind.LONG) {
            room(1 + Long.BYTES);
            bytes[used] = VALUE;
            LONG.set(bytes, used + 1, column.longs[row]);
            used += 1 + Long.BYTES;
        } else if (column.kind == Kind.TEXT) {
            int from = column.ints[row];
            appendText(column.bytes, from, column.ints[row + 1] - from);
        } else {
            other.set(column.list(), row);
            room(1 + other.length());
            bytes[used] = VALUE;
            System.arraycopy(other.bytes(), 0, bytes, used + 1, other.length());
            used += 1 + other.length();
        }
    }

    private void appendText(byte[] source, int from, int length) {
        room(1 + Integer.BYTES + length + Long.BYTES);
        if (length < SHORT_LENGTHS) {
            bytes[used++] = (byte) (SHORT + length);
        } else {
            bytes[used] = VALUE;
            INT.set(bytes, used + 1, length);
            used += 1 + Integer.BYTES;
        }
        if (length <= 2 * Long.BYTES) {
            // Behind a source and behind a target there is room for what is copied too much.
            LONG.set(bytes, used, (long) LONG.get(source, from));
            if (length > Long.BYTES) {
                LONG.set(bytes, used + Long.BYTES, (long) LONG.get(source, from + Long.BYTES));
            }
        } else {
            System.arraycopy(source, from, bytes, used, length);
        }
        used += length;
    }

    private void appendAbsent(Cells cells, int row) {
        incomplete.set(row);
        if (cells.errors().has(row)) {
            byte[] text = cells.errors().at(row).orElseThrow().text().getBytes(StandardCharsets.UTF_8);
            room(1 + Integer.BYTES + text.length);
            bytes[used] = ERROR;
            INT.set(bytes, used + 1, text.length);
            System.arraycopy(text, 0, bytes, used + 1 + Integer.BYTES, text.length);
            used += 1 + Integer.BYTES + text.length;
        } else {
            room(1);
            bytes[used++] = NULL;
        }
    }

    /** Makes room for some more bytes, and for what a copy by eights writes too much. */
    private void room(int more) {
        long needed = (long) used + more + 2 * ColumnArrays.PADDING;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * bytes.length)));
        }
    }

    private enum Kind {
        LONG,
        TEXT,
        OTHER
    }

    /** One column in arrays, where that is faster. */
    private static final class Column {
        private @Nullable Cells cells;
        private List<Cells> list = List.of();
        private Kind kind = Kind.OTHER;
        private boolean hasNulls;
        private long[] longs = new long[0];
        private int[] ints = new int[0];
        private byte[] bytes = new byte[0];

        void read(Cells column, int rows) {
            cells = column;
            list = List.of(column);
            FieldVector vector = column.values();
            hasNulls = vector.getNullCount() > 0;
            if (vector instanceof BigIntVector || vector instanceof TimeStampMicroTZVector) {
                kind = Kind.LONG;
                longs = longs.length < rows ? new long[rows] : longs;
                ColumnArrays.longs((BaseFixedWidthVector) vector, rows, longs);
            } else if (vector instanceof VarCharVector texts) {
                kind = Kind.TEXT;
                ints = ints.length <= rows ? new int[rows + 1] : ints;
                ColumnArrays.offsets((BaseVariableWidthVector) texts, rows, ints);
                bytes = ColumnArrays.bytes(texts, ints[rows], bytes);
            } else {
                kind = Kind.OTHER;
            }
        }

        Cells cells() {
            return java.util.Objects.requireNonNull(cells);
        }

        FieldVector vector() {
            return cells().values();
        }

        List<Cells> list() {
            return list;
        }
    }
}
