package io.millrace.dataflow.profile;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes what a share knows, numbers with their most significant byte first. */
final class ShareWriter {
    private ByteBuffer out = ByteBuffer.allocate(1_024);

    void putLong(long value) {
        reserve(Long.BYTES);
        out.putLong(value);
    }

    void putInt(int value) {
        reserve(Integer.BYTES);
        out.putInt(value);
    }

    void putDouble(double value) {
        putLong(Double.doubleToRawLongBits(value));
    }

    /** One byte, which is read back as a choice. */
    void putFlag(boolean value) {
        reserve(1);
        out.put((byte) (value ? 1 : 0));
    }

    /** The number of bytes, then the bytes. */
    void putBytes(byte[] bytes) {
        putInt(bytes.length);
        reserve(bytes.length);
        out.put(bytes);
    }

    byte[] toBytes() {
        return Arrays.copyOf(out.array(), out.position());
    }

    private void reserve(int more) {
        if (out.remaining() < more) {
            int size = Math.max(Math.addExact(out.position(), more), (int) Math.min(2L * out.capacity(), 1 << 30));
            out = ByteBuffer.allocate(size).put(out.array(), 0, out.position());
        }
    }
}
