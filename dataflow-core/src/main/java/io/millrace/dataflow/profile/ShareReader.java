package io.millrace.dataflow.profile;

import java.nio.ByteBuffer;

/** Reads what a {@link ShareWriter} wrote. */
final class ShareReader {
    private final ByteBuffer in;

    ShareReader(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    long readLong() {
        return in.getLong();
    }

    int readInt() {
        return in.getInt();
    }

    double readDouble() {
        return Double.longBitsToDouble(in.getLong());
    }

    boolean readFlag() {
        return in.get() != 0;
    }

    byte[] readBytes() {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return bytes;
    }
}
