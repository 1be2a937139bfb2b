package io.millrace.automl.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes values one after the other into a growing byte array.
 *
 * <p>Fixed-width numbers are big-endian. Every NaN is written with the same bits, so equal values have equal bytes.
 * Arrays and texts are preceded by their length. Not thread-safe.
 */
public final class BinaryWriter {
    private static final int INITIAL_CAPACITY = 256;
    private static final int LARGEST_SIZE = Integer.MAX_VALUE - 8;

    private byte[] bytes = new byte[INITIAL_CAPACITY];
    private int size;

    /** Writes the low eight bits of {@code value}. */
    public BinaryWriter writeByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** Writes one byte, 1 for true and 0 for false. */
    public BinaryWriter writeBoolean(boolean value) {
        return writeByte(value ? 1 : 0);
    }

    /** Writes {@code value} as unsigned groups of seven bits, the lowest first: small numbers take one byte. */
    public BinaryWriter writeVarint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    /** Writes four bytes. */
    public BinaryWriter writeInt(int value) {
        claim(Integer.BYTES).putInt(value);
        return this;
    }

    /** Writes eight bytes. */
    public BinaryWriter writeLong(long value) {
        claim(Long.BYTES).putLong(value);
        return this;
    }

    /** Writes the four bytes of the bits of {@code value}. */
    public BinaryWriter writeFloat(float value) {
        return writeInt(Float.floatToIntBits(value));
    }

    /** Writes the eight bytes of the bits of {@code value}. */
    public BinaryWriter writeDouble(double value) {
        return writeLong(Double.doubleToLongBits(value));
    }

    /** Writes {@code text} as UTF-8, preceded by the number of bytes. */
    public BinaryWriter writeString(String text) {
        return writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the length and the bytes. */
    public BinaryWriter writeBytes(byte[] values) {
        writeVarint(values.length);
        reserve(values.length);
        System.arraycopy(values, 0, bytes, size, values.length);
        size += values.length;
        return this;
    }

    /** Writes the length and four bytes for each value. */
    public BinaryWriter writeInts(int[] values) {
        writeVarint(values.length);
        claim((long) Integer.BYTES * values.length).asIntBuffer().put(values);
        return this;
    }

    /** Writes the length and eight bytes for each value. */
    public BinaryWriter writeLongs(long[] values) {
        writeVarint(values.length);
        claim((long) Long.BYTES * values.length).asLongBuffer().put(values);
        return this;
    }

    /** Writes the length and four bytes for each value. */
    public BinaryWriter writeFloats(float[] values) {
        writeVarint(values.length);
        ByteBuffer target = claim((long) Float.BYTES * values.length);
        for (float value : values) {
            target.putInt(Float.floatToIntBits(value));
        }
        return this;
    }

    /** Writes the length and eight bytes for each value. */
    public BinaryWriter writeDoubles(double[] values) {
        writeVarint(values.length);
        ByteBuffer target = claim((long) Double.BYTES * values.length);
        for (double value : values) {
            target.putLong(Double.doubleToLongBits(value));
        }
        return this;
    }

    /** The number of bytes written. */
    public int size() {
        return size;
    }

    /** A copy of the bytes written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private ByteBuffer claim(long count) {
        reserve(count);
        ByteBuffer claimed = ByteBuffer.wrap(bytes, size, (int) count).slice();
        size += (int) count;
        return claimed;
    }

    private void reserve(long count) {
        long needed = size + count;
        if (needed > LARGEST_SIZE) {
            throw new CodecException("Cannot write more than " + LARGEST_SIZE + " bytes");
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(LARGEST_SIZE, Math.max(needed, 2L * bytes.length)));
        }
    }
}
