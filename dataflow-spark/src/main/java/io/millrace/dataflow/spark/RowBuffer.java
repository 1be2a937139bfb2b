package io.millrace.dataflow.spark;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;

/** Bytes that are written one after the other, numbers with their most significant byte first. */
final class RowBuffer {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes = new byte[256];
    private int size;

    /** The number of bytes written. */
    int size() {
        return size;
    }

    /** Forgets what was written. */
    void clear() {
        size = 0;
    }

    void putByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    void putInt(int value) {
        ensure(Integer.BYTES);
        INTS.set(bytes, size, value);
        size += Integer.BYTES;
    }

    void putLong(long value) {
        ensure(Long.BYTES);
        LONGS.set(bytes, size, value);
        size += Long.BYTES;
    }

    /** A number in as few bytes as it needs; small ones that are not negative need one. */
    void putVarint(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    void putBytes(ArrowBuf source, long from, int length) {
        ensure(length);
        source.getBytes(from, bytes, size, length);
        size += length;
    }

    /** The length of the text in UTF-8, then the text. */
    void putText(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        putVarint(encoded.length);
        ensure(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
    }

    /** Inverts every bit from a position on. */
    void invertFrom(int position) {
        for (int i = position; i < size; i++) {
            bytes[i] = (byte) ~bytes[i];
        }
    }

    /** A hash of the bytes. */
    int hash() {
        int hash = 1;
        for (int i = 0; i < size; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    /** The bytes of this buffer, then those of another. */
    byte[] toBytesWith(RowBuffer after) {
        byte[] all = Arrays.copyOf(bytes, Math.addExact(size, after.size));
        System.arraycopy(after.bytes, 0, all, size, after.size);
        return all;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), (int) Math.min(2L * size, 1 << 30)));
        }
    }

    /** Reads what a buffer wrote. */
    static final class Reader {
        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Where the next byte stands. */
        int at() {
            return at;
        }

        byte[] bytes() {
            return bytes;
        }

        void skip(int count) {
            at += count;
        }

        int readByte() {
            return bytes[at++];
        }

        int readInt() {
            int value = (int) INTS.get(bytes, at);
            at += Integer.BYTES;
            return value;
        }

        long readLong() {
            long value = (long) LONGS.get(bytes, at);
            at += Long.BYTES;
            return value;
        }

        long readVarint() {
            long value = 0;
            int shift = 0;
            while (true) {
                byte next = bytes[at++];
                value |= (next & 0x7fL) << shift;
                if (next >= 0) {
                    return value;
                }
                shift += 7;
            }
        }

        String readText() {
            int length = (int) readVarint();
            String text = new String(bytes, at, length, StandardCharsets.UTF_8);
            at += length;
            return text;
        }
    }
}
