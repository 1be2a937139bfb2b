package io.millrace.dataflow.encoding;

import java.io.IOException;
import java.io.InputStream;

/** The stored bytes of a packed file, numbers in them little-endian. Knows how many were taken. */
final class PackedInput {
    private static final int SIZE = 1 << 16;

    private final InputStream input;
    private final byte[] bytes = new byte[SIZE];
    private int position;
    private int limit;
    private long before;
    private boolean ended;

    PackedInput(InputStream input) {
        this.input = input;
    }

    /** Whether {@code count} more bytes are there, at most as many as a buffer holds. */
    boolean has(int count) throws IOException {
        if (limit - position >= count) {
            return true;
        }
        System.arraycopy(bytes, position, bytes, 0, limit - position);
        before += position;
        limit -= position;
        position = 0;
        while (limit < count && !ended) {
            int read = input.read(bytes, limit, SIZE - limit);
            ended = read < 0;
            limit += Math.max(0, read);
        }
        return limit >= count;
    }

    /** The byte some places on, which {@link #has} said to be there. */
    int byteAt(int at) {
        return bytes[position + at] & 0xff;
    }

    /** The number of two bytes some places on. */
    int shortAt(int at) {
        return byteAt(at) | byteAt(at + 1) << 8;
    }

    /** The number of four bytes some places on. */
    long intAt(int at) {
        return shortAt(at) | (long) shortAt(at + 2) << 16;
    }

    /** The number of eight bytes some places on. */
    long longAt(int at) {
        return intAt(at) | intAt(at + 4) << 32;
    }

    /** The bytes that are there, from {@link #position} on. */
    byte[] buffer() {
        return bytes;
    }

    int position() {
        return position;
    }

    int available() {
        return limit - position;
    }

    /** Takes bytes that are there. */
    void take(int count) {
        position += count;
    }

    /** Takes bytes whether they are in the buffer or not; false when there are fewer. */
    boolean pass(long count) throws IOException {
        long left = count;
        while (left > 0) {
            if (!has(1)) {
                return false;
            }
            int step = (int) Math.min(left, available());
            take(step);
            left -= step;
        }
        return true;
    }

    /** The number of bytes taken so far. */
    long taken() {
        return before + position;
    }

    void close() throws IOException {
        input.close();
    }
}
