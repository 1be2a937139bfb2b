package io.millrace.dataflow.encoding;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A stream whose first bytes can be looked at before they are read. */
final class Lookahead extends InputStream {
    /** The most bytes that are looked at. */
    static final int LENGTH = 1 << 13;

    private final InputStream input;
    private final byte[] head;
    private int position;

    private Lookahead(InputStream input, byte[] head) {
        this.input = input;
        this.head = head;
    }

    /** Reads the first bytes of a stream, which is closed with this one. */
    static Lookahead at(InputStream input, String display) {
        byte[] head = new byte[LENGTH];
        int filled = 0;
        try {
            for (int read = 0; read >= 0 && filled < LENGTH; filled += Math.max(0, read)) {
                read = input.read(head, filled, LENGTH - filled);
            }
        } catch (IOException failed) {
            throw failed(display, failed);
        }
        return new Lookahead(input, Arrays.copyOf(head, filled));
    }

    static DataflowException failed(String display, IOException cause) {
        return DataflowException.of(ErrorCode.IO_FAILED, "Cannot read " + display + ": " + cause.getMessage())
                .causedBy(cause);
    }

    /** The first bytes, fewer than {@link #LENGTH} when there are no more. Not to be changed. */
    byte[] head() {
        return head;
    }

    /** Whether the stream begins with those bytes. */
    boolean startsWith(int... start) {
        if (head.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if ((head[i] & 0xff) != start[i]) {
                return false;
            }
        }
        return true;
    }

    /** Goes past some of the first bytes. */
    void pass(int count) {
        position += count;
    }

    @Override
    public int read() throws IOException {
        return position < head.length ? head[position++] & 0xff : input.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int left = head.length - position;
        if (left == 0) {
            return input.read(bytes, offset, length);
        }
        int count = Math.min(left, length);
        System.arraycopy(head, position, bytes, offset, count);
        position += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
