package io.millrace.dataflow.local;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.Cells;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;

/**
 * Codes of the different values of one column, from 1 on; that of null is 0. A value is two words: a number or a time and
 * a zero; the first eight bytes of a text, and the others with its length. Codes are found by several threads while none
 * is added.
 */
final class KeyCodes {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIXER = 0x9E3779B97F4A7C15L;
    private static final long FINISHER = 0xBF58476D1CE4E5B9L;
    /** More different values have no codes. */
    private static final int MOST = (1 << 12) - 1;
    /** The longest text of two words, in bytes. */
    private static final int LONGEST = 2 * Long.BYTES - 1;

    private static final int LENGTH_SHIFT = Long.SIZE - Byte.SIZE;
    private static final int FIRST_SLOTS = 1 << 8;
    private static final int GROWTH = 4;

    /** Numbers from 0 to below this have their codes in a place of their own. */
    private static final int SMALL = 1 << 12;

    private final DataType type;
    /** By small number: its code, or 0. */
    private final int[] small = new int[SMALL];
    /** By slot: the code of a value, or 0, and its words. Never more than a quarter full after growing. */
    private int[] codes = new int[FIRST_SLOTS];

    private long[] firsts = new long[FIRST_SLOTS];
    private long[] seconds = new long[FIRST_SLOTS];
    private int count;

    /** The cells of a column in arrays, used again and again by one thread at a time. */
    static final class Scratch {
        private long[] longs = new long[0];
        private int[] ints = new int[0];
        private byte[] bytes = new byte[0];
        private byte[] validity = new byte[0];
    }

    KeyCodes(DataType type) {
        this.type = type;
    }

    /** Whether values of a type may have codes. */
    static boolean suit(DataType type) {
        return type instanceof DataType.Int64
                || type instanceof DataType.Float64
                || type instanceof DataType.Timestamp
                || type instanceof DataType.Date
                || type instanceof DataType.Bool
                || type instanceof DataType.Text;
    }

    /** In how many bits every code so far fits. */
    int bits() {
        return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(count));
    }

    /** Writes the code of each row into its place at {@code shift}, and makes places below 0 where it has none. */
    void find(Cells cells, int shift, int[] places, Scratch scratch) {
        if (!cells.errors().isEmpty()) {
            Arrays.fill(places, -1);
            return;
        }
        FieldVector vector = cells.values();
        int rows = places.length;
        boolean someNull = vector.getNullCount() > 0;
        if (someNull) {
            int size = (rows + 7) / 8;
            scratch.validity = scratch.validity.length < size ? new byte[size] : scratch.validity;
            vector.getValidityBuffer().getBytes(0, scratch.validity, 0, size);
        }
        if (vector instanceof VarCharVector texts) {
            findTexts(texts, shift, places, someNull, scratch);
            return;
        }
        scratch.longs = scratch.longs.length < rows ? new long[rows] : scratch.longs;
        readWords(vector, rows, scratch);
        long[] words = scratch.longs;
        for (int row = 0; row < rows; row++) {
            if (someNull && isNull(scratch.validity, row)) {
                continue;
            }
            long word = words[row];
            int code = (word & -SMALL) == 0 ? small[(int) word] : code(word, 0);
            places[row] |= code == 0 ? -1 : code << shift;
        }
    }

    private void findTexts(VarCharVector texts, int shift, int[] places, boolean someNull, Scratch scratch) {
        int rows = places.length;
        scratch.ints = scratch.ints.length <= rows ? new int[rows + 1] : scratch.ints;
        int[] offsets = scratch.ints;
        ColumnArrays.offsets(texts, rows, offsets);
        scratch.bytes = ColumnArrays.bytes(texts, offsets[rows], scratch.bytes);
        byte[] bytes = scratch.bytes;
        for (int row = 0; row < rows; row++) {
            if (someNull && isNull(scratch.validity, row)) {
                continue;
            }
            int from = offsets[row];
            int length = offsets[row + 1] - from;
            int code = length > LONGEST ? 0 : code(first(bytes, from, length), second(bytes, from, length));
            places[row] |= code == 0 ? -1 : code << shift;
        }
    }

    private static boolean isNull(byte[] validity, int row) {
        return (validity[row >> 3] & 1 << (row & 7)) == 0;
    }

    private static void readWords(FieldVector vector, int rows, Scratch scratch) {
        long[] words = scratch.longs;
        if (vector instanceof BitVector bits) {
            for (int row = 0; row < rows; row++) {
                words[row] = bits.isNull(row) ? 0 : bits.get(row);
            }
        } else if (vector instanceof DateDayVector days) {
            scratch.ints = scratch.ints.length < rows ? new int[rows] : scratch.ints;
            ColumnArrays.ints(days, rows, scratch.ints);
            for (int row = 0; row < rows; row++) {
                words[row] = scratch.ints[row];
            }
        } else {
            ColumnArrays.longs((BaseFixedWidthVector) vector, rows, words);
            if (vector instanceof Float8Vector) {
                for (int row = 0; row < rows; row++) {
                    words[row] = real(words[row]);
                }
            }
        }
    }

    /** One zero and one NaN. */
    private static long real(long bits) {
        return Double.doubleToLongBits(Double.longBitsToDouble(bits) + 0.0);
    }

    private static long first(byte[] bytes, int from, int length) {
        long word = (long) LONG.get(bytes, from);
        return length >= Long.BYTES ? word : word & ~(-1L << (Byte.SIZE * length));
    }

    private static long second(byte[] bytes, int from, int length) {
        long rest = length <= Long.BYTES
                ? 0
                : (long) LONG.get(bytes, from + Long.BYTES) & ~(-1L << (Byte.SIZE * (length - Long.BYTES)));
        return rest | (long) length << LENGTH_SHIFT;
    }

    /** The code of a value, or 0. */
    private int code(long first, long second) {
        int slot = slot(first, second);
        return codes[slot];
    }

    /** Where a value is, or where it would be. */
    private int slot(long first, long second) {
        long hash = (first ^ (first >>> 32)) * MIXER + second;
        hash = (hash ^ (hash >>> 29)) * FINISHER;
        int mask = codes.length - 1;
        int slot = (int) (hash >>> 32) & mask;
        while (codes[slot] != 0 && (firsts[slot] != first || seconds[slot] != second)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** The code of a row's value, which gets one; below 0 when it can have none. */
    int add(Cells cells, int row) {
        FieldVector vector = cells.values();
        if (!cells.errors().isEmpty()) {
            return -1;
        }
        if (vector.isNull(row)) {
            return 0;
        }
        if (vector instanceof VarCharVector texts) {
            int length = texts.getValueLength(row);
            if (length > LONGEST) {
                return -1;
            }
            byte[] bytes = new byte[LONGEST + ColumnArrays.PADDING];
            texts.getDataBuffer().getBytes(texts.getStartOffset(row), bytes, 0, length);
            return add(first(bytes, 0, length), second(bytes, 0, length));
        }
        return add(word(vector, row), 0);
    }

    private long word(FieldVector vector, int row) {
        if (vector instanceof BitVector bits) {
            return bits.get(row);
        }
        if (vector instanceof DateDayVector days) {
            return days.get(row);
        }
        ArrowBuf data = vector.getDataBuffer();
        long word = data.getLong((long) row * Long.BYTES);
        return type instanceof DataType.Float64 ? real(word) : word;
    }

    private int add(long first, long second) {
        int slot = slot(first, second);
        if (codes[slot] == 0) {
            if (count == MOST) {
                return -1;
            }
            if (2 * (count + 1) > codes.length) {
                grow();
                slot = slot(first, second);
            }
            codes[slot] = ++count;
            firsts[slot] = first;
            seconds[slot] = second;
            if (second == 0 && (first & -SMALL) == 0) {
                small[(int) first] = count;
            }
        }
        return codes[slot];
    }

    private void grow() {
        int[] smaller = codes;
        long[] smallerFirsts = firsts;
        long[] smallerSeconds = seconds;
        codes = new int[GROWTH * smaller.length];
        firsts = new long[codes.length];
        seconds = new long[codes.length];
        for (int i = 0; i < smaller.length; i++) {
            if (smaller[i] != 0) {
                int slot = slot(smallerFirsts[i], smallerSeconds[i]);
                codes[slot] = smaller[i];
                firsts[slot] = smallerFirsts[i];
                seconds[slot] = smallerSeconds[i];
            }
        }
    }
}
