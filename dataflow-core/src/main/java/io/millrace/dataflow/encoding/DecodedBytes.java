package io.millrace.dataflow.encoding;

import io.millrace.dataflow.encoding.Utf8Stream.Malformed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** UTF-8 made of the text of another encoding, a block at a time. */
abstract class DecodedBytes extends InputStream {
    static final int BLOCK = 1 << 16;

    private final InputStream input;
    private @Nullable Malformed malformed;

    /** What was made and not yet read: the bytes from {@code position} to {@code limit}. */
    byte[] made = new byte[0];

    int position;
    int limit;

    DecodedBytes(InputStream input) {
        this.input = input;
    }

    /**
     * The text of a stream, which is closed with it.
     *
     * @param offset the number of bytes before those of the stream
     */
    static DecodedBytes of(InputStream input, Charset charset, long offset) {
        return SingleBytes.isSingleByte(charset)
                ? new SingleBytes(input, charset, offset)
                : new CharsetBytes(input, charset, offset);
    }

    /** Makes some more; false at the end. */
    abstract boolean make() throws IOException;

    int input(byte[] bytes, int offset, int length) throws IOException {
        return input.read(bytes, offset, length);
    }

    /** Remembers bytes that are no text, if they are the first. */
    void foundMalformed(byte[] bytes, int from, int length, long offset) {
        if (malformed == null) {
            malformed = Malformed.of(bytes, from, length, offset);
        }
    }

    Optional<Malformed> firstMalformed() {
        return Optional.ofNullable(malformed);
    }

    @Override
    public int read() throws IOException {
        return position < limit || make() ? made[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == limit && !make()) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(made, position, bytes, offset, count);
        position += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
