package io.millrace.automl.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link BinaryWriter} wrote, in the same order.
 *
 * <p>Damaged input is expected: every method throws {@link CodecException} rather than read past the end, and an array
 * is allocated only once the bytes that fill it are known to be there. Not thread-safe.
 */
public final class BinaryReader {
    private final ByteBuffer bytes;

    private BinaryReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** Reads {@code bytes} from the start. The array is not copied. */
    public static BinaryReader of(byte[] bytes) {
        return new BinaryReader(ByteBuffer.wrap(bytes));
    }

    /** Reads a byte, 0 to 255. */
    public int readByte() {
        need(1);
        return bytes.get() & 0xFF;
    }

    /** Reads a byte that is 0 or 1. */
    public boolean readBoolean() {
        int value = readByte();
        if (value > 1) {
            throw new CodecException("Cannot read a boolean: the byte is " + value);
        }
        return value == 1;
    }

    /** Reads a number written by {@link BinaryWriter#writeVarint}. */
    public long readVarint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = readByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new CodecException("Cannot read a number: it has more than ten bytes");
    }

    /**
     * Reads a count of things that each take at least {@code bytesEach} of the remaining bytes.
     *
     * @throws CodecException if that many things cannot follow
     */
    public int readCount(int bytesEach) {
        long count = readVarint();
        if (count < 0 || count > bytes.remaining() / Math.max(1, bytesEach)) {
            throw new CodecException("Cannot read " + Long.toUnsignedString(count) + " values of " + bytesEach
                    + " bytes: " + bytes.remaining() + " bytes remain");
        }
        return (int) count;
    }

    /** Reads four bytes. */
    public int readInt() {
        need(Integer.BYTES);
        return bytes.getInt();
    }

    /** Reads eight bytes. */
    public long readLong() {
        need(Long.BYTES);
        return bytes.getLong();
    }

    /** Reads a float. */
    public float readFloat() {
        return Float.intBitsToFloat(readInt());
    }

    /** Reads a double. */
    public double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    /** Reads a text; bytes that are not UTF-8 are an error. */
    public String readString() {
        int length = readCount(1);
        ByteBuffer text = bytes.slice().limit(length);
        bytes.position(bytes.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
        } catch (CharacterCodingException e) {
            throw new CodecException("Cannot read a text of " + length + " bytes: it is not UTF-8");
        }
    }

    /** Reads an array of bytes. */
    public byte[] readBytes() {
        byte[] values = new byte[readCount(1)];
        bytes.get(values);
        return values;
    }

    /** Reads an array of ints. */
    public int[] readInts() {
        int[] values = new int[readCount(Integer.BYTES)];
        bytes.asIntBuffer().get(values);
        bytes.position(bytes.position() + Integer.BYTES * values.length);
        return values;
    }

    /** Reads an array of longs. */
    public long[] readLongs() {
        long[] values = new long[readCount(Long.BYTES)];
        bytes.asLongBuffer().get(values);
        bytes.position(bytes.position() + Long.BYTES * values.length);
        return values;
    }

    /** Reads an array of floats. */
    public float[] readFloats() {
        float[] values = new float[readCount(Float.BYTES)];
        bytes.asFloatBuffer().get(values);
        bytes.position(bytes.position() + Float.BYTES * values.length);
        return values;
    }

    /** Reads an array of doubles. */
    public double[] readDoubles() {
        double[] values = new double[readCount(Double.BYTES)];
        bytes.asDoubleBuffer().get(values);
        bytes.position(bytes.position() + Double.BYTES * values.length);
        return values;
    }

    /** The number of bytes not yet read. */
    public int remaining() {
        return bytes.remaining();
    }

    /** Checks that everything was read. */
    public void expectEnd() {
        if (bytes.hasRemaining()) {
            throw new CodecException("Cannot use the bytes: " + bytes.remaining() + " follow the expected end");
        }
    }

    private void need(int count) {
        if (bytes.remaining() < count) {
            throw new CodecException("Cannot read " + count + " bytes: " + bytes.remaining() + " bytes remain");
        }
    }
}
