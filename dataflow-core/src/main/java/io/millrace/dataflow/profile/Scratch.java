package io.millrace.dataflow.profile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;

/**
 * Arrays into which the cells of one column of a batch are unpacked, used again for every column and batch. Reading
 * arrays costs less than asking a vector for each value.
 */
final class Scratch {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** By row: what the cell is told apart by. */
    long[] keys = new long[0];
    /** By row: its number; NaN for none. */
    double[] numbers = new double[0];
    /** By value, in the order of rows: its row, its key and its number. */
    int[] rows = new int[0];

    long[] valueKeys = new long[0];
    double[] valueNumbers = new double[0];
    /** Finite numbers. */
    double[] finite = new double[0];
    /** The bytes of a buffer, and at least eight more. */
    byte[] bytes = new byte[64];
    /** The bytes of offsets. */
    byte[] offsets = new byte[64];

    private byte[] validity = new byte[64];
    private boolean isComplete;

    /** Makes room for the rows of a batch, and reads which of them have values. */
    void open(FieldVector vector, int count) {
        if (keys.length < count) {
            keys = new long[count];
            numbers = new double[count];
            rows = new int[count];
            valueKeys = new long[count];
            valueNumbers = new double[count];
            finite = new double[count];
        }
        isComplete = vector.getNullCount() == 0;
        if (!isComplete) {
            int size = (count + 7) / 8;
            validity = room(validity, size);
            vector.getValidityBuffer().getBytes(0, validity, 0, size);
        }
    }

    /** Whether a row has a value. */
    boolean has(int row) {
        return isComplete || (validity[row >> 3] & (1 << (row & 7))) != 0;
    }

    /** Copies a part of a buffer to the start of {@link #bytes}. */
    void load(ArrowBuf buffer, long from, int size) {
        bytes = room(bytes, size);
        if (size > 0) {
            buffer.getBytes(from, bytes, 0, size);
        }
    }

    /** Copies the offsets of {@code count} variable-width values. */
    void loadOffsets(ArrowBuf buffer, int count) {
        int size = (count + 1) * Integer.BYTES;
        offsets = room(offsets, size);
        buffer.getBytes(0, offsets, 0, size);
    }

    long longAt(int index) {
        return (long) LONGS.get(bytes, index * Long.BYTES);
    }

    /** Eight bytes from a byte on. */
    long bytesAt(int at) {
        return (long) LONGS.get(bytes, at);
    }

    int intAt(int index) {
        return (int) INTS.get(bytes, index * Integer.BYTES);
    }

    int offset(int index) {
        return (int) INTS.get(offsets, index * Integer.BYTES);
    }

    /** Forgets the first values. */
    void drop(int values, int count) {
        System.arraycopy(rows, values, rows, 0, count - values);
        System.arraycopy(valueKeys, values, valueKeys, 0, count - values);
        System.arraycopy(valueNumbers, values, valueNumbers, 0, count - values);
    }

    private static byte[] room(byte[] array, int size) {
        return array.length - Long.BYTES >= size ? array : new byte[Math.max(size + Long.BYTES, 2 * array.length)];
    }
}
