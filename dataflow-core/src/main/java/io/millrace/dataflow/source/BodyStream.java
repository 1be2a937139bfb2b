package io.millrace.dataflow.source;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, read by one thread. Unlike the stream that the JDK offers, reading gives up when the server
 * sends nothing for a time, and stops soon after the bytes are no longer wanted.
 */
final class BodyStream implements BodySubscriber<BodyStream>, AutoCloseable {
    /** How many pieces, of some 16 KiB, are asked for ahead of the reader. */
    private static final int PIECES_AHEAD = 8;

    private final LinkedBlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final Duration patience;
    private Flow.@Nullable Subscription subscription;
    private boolean closed;
    private List<ByteBuffer> current = List.of();
    private int next;
    private boolean ended;

    BodyStream(Duration patience) {
        this.patience = patience;
    }

    /**
     * Reads up to {@code length} bytes, at least one.
     *
     * @return how many; -1 at the end of the body
     * @throws IOException when the connection fails or stays silent
     */
    int read(byte[] bytes, int offset, int length, RemoteSettings.Checkpoint checkpoint) throws IOException {
        while (true) {
            while (next < current.size()) {
                ByteBuffer buffer = current.get(next);
                if (buffer.hasRemaining()) {
                    int count = Math.min(length, buffer.remaining());
                    buffer.get(bytes, offset, count);
                    return count;
                }
                next++;
            }
            if (ended) {
                return -1;
            }
            Piece piece = await(checkpoint);
            if (piece.failure != null) {
                throw new IOException(piece.failure.getMessage(), piece.failure);
            }
            ended = piece.buffers.isEmpty();
            current = piece.buffers;
            next = 0;
            if (!ended) {
                requestOne();
            }
        }
    }

    private Piece await(RemoteSettings.Checkpoint checkpoint) throws IOException {
        long start = System.nanoTime();
        while (true) {
            checkpoint.check();
            try {
                Piece piece = pieces.poll(RemoteSettings.TICK.toMillis(), TimeUnit.MILLISECONDS);
                if (piece != null) {
                    return piece;
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw RemoteErrors.interrupted();
            }
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new HttpTimeoutException("no bytes for " + patience.toMillis() + " ms");
            }
        }
    }

    private synchronized void requestOne() {
        if (subscription != null) {
            subscription.request(1);
        }
    }

    /** Ends the transfer, if it has not ended. */
    @Override
    public synchronized void close() {
        closed = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public CompletionStage<BodyStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (closed) {
            given.cancel();
        } else {
            given.request(PIECES_AHEAD);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        pieces.add(new Piece(buffers, null));
    }

    @Override
    public void onError(Throwable failure) {
        pieces.add(new Piece(List.of(), failure));
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece(List.of(), null));
    }

    /** Buffers; or a failure; or neither, the end. */
    private static final class Piece {
        private final List<ByteBuffer> buffers;
        private final @Nullable Throwable failure;

        Piece(List<ByteBuffer> buffers, @Nullable Throwable failure) {
            this.buffers = buffers;
            this.failure = failure;
        }
    }
}
