package io.millrace.dataflow.csv.scan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a file in order. */
final class ByteFeed implements AutoCloseable {
    private final InputStream stream;
    private final String file;
    private boolean ended;

    /** The bytes of a stream, which is closed with the feed. */
    ByteFeed(InputStream stream, String file) {
        this.stream = stream;
        this.file = file;
    }

    /** Reads until an array is full up to {@code to}, or the file ends; gives how far it is. */
    int fill(byte[] target, int from, int to) {
        int at = from;
        try {
            while (at < to && !ended) {
                int count = stream.read(target, at, to - at);
                ended = count < 0;
                at += Math.max(0, count);
            }
        } catch (IOException failed) {
            throw failure(failed);
        }
        return at;
    }

    /** Whether the end of the file was seen. */
    boolean isEnded() {
        return ended;
    }

    /** The name of the file in messages. */
    String file() {
        return file;
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException failed) {
            throw failure(failed);
        }
    }

    private DataflowException failure(IOException failed) {
        return DataflowException.of(ErrorCode.IO_FAILED, "Cannot read " + file + ": " + failed.getMessage())
                .causedBy(failed);
    }
}
