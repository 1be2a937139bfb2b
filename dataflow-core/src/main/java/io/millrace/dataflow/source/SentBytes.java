package io.millrace.dataflow.source;

import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The body of a request, handed out in small pieces so that one can see whether it moves. Used for one request. */
final class SentBytes implements Iterable<byte[]> {
    private static final int PIECE_BYTES = 64 << 10;

    private final byte[] bytes;
    private final int length;
    private volatile long movedAt = System.nanoTime();

    /** The first {@code length} of some bytes, which must not change before the answer. */
    SentBytes(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    HttpRequest.BodyPublisher publisher() {
        return length == 0
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArrays(this), length);
    }

    /** When the last piece was taken, by {@link System#nanoTime}. */
    long movedAt() {
        return movedAt;
    }

    @Override
    public Iterator<byte[]> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < length;
            }

            @Override
            public byte[] next() {
                if (next >= length) {
                    throw new NoSuchElementException();
                }
                movedAt = System.nanoTime();
                int from = next;
                next = Math.min(length, from + PIECE_BYTES);
                return Arrays.copyOfRange(bytes, from, next);
            }
        };
    }
}
