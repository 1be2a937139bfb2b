package io.millrace.dataflow.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Future;

/**
 * A blob that is being written. Its bytes go to the server in blocks while more are made; none of them is visible, and an
 * older blob stays as it is, until {@link #commit}. What is not committed is discarded by the server after a week. Holds
 * a few blocks in memory, whatever the size of the blob. Used by one thread.
 */
public final class BlobUpload implements AutoCloseable {
    /** The most blocks that a blob may have. */
    private static final int MOST_BLOCKS = 50_000;

    private static final int FIRST_BYTES = 64 << 10;

    private final RemoteTarget target;
    private final Existing existing;
    private final RemoteSettings settings;
    private final BlobRequests requests;
    private final OutputStream stream = new Blocks();

    /** Tells the blocks of this upload from those of another one of that name. */
    private final String name = UUID.randomUUID().toString();

    private final List<String> ids = new ArrayList<>();
    /** The blocks on their way, each an array to use again when it is there. */
    private final Deque<Future<byte[]>> underWay = new ArrayDeque<>();

    private final Deque<byte[]> free = new ArrayDeque<>();
    private byte[] block = new byte[0];
    private int filled;
    private boolean failed;
    private volatile boolean closed;

    private BlobUpload(
            RemoteTarget target, Existing existing, RemoteSettings settings, RemoteSettings.Checkpoint checkpoint) {
        this.target = target;
        this.existing = existing;
        this.settings = settings;
        this.requests = new BlobRequests(target, settings, () -> {
            checkpoint.check();
            if (closed) {
                throw DataflowException.of(
                        ErrorCode.CANCELLED, "Cannot go on: " + target.display() + " is no longer written");
            }
        });
    }

    /** See {@link SourceAccess#upload}. */
    static BlobUpload open(
            RemoteTarget target, Existing existing, RemoteSettings settings, RemoteSettings.Checkpoint checkpoint) {
        check(target.source());
        if (target.token().isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.SOURCE_FORBIDDEN,
                    "Cannot write " + target.display() + ": no blob is written without a credential",
                    "Use its URL with a SAS, or a named credential");
        }
        SasPreflight.check(target, SasPreflight.Purpose.WRITE, settings.clock());
        BlobUpload upload = new BlobUpload(target, existing, settings, checkpoint);
        if (existing == Existing.KEEP && upload.requests.isThere()) {
            throw RemoteErrors.exists(target, List.of());
        }
        return upload;
    }

    /**
     * Says what is wrong with the address of a blob that is to be written; asks no server.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT} for a page, a pattern or a directory
     */
    public static void check(Source target) {
        String display = target.display();
        if (!(target instanceof Source.Blob blob)) {
            throw refused(
                    display,
                    "it is a page, not a blob",
                    "Use a file, or https://ACCOUNT.blob.core.windows.net/CONTAINER/NAME with a SAS");
        }
        BlobAddress address = BlobAddress.of(blob.uri());
        if (address.isPattern()) {
            throw refused(display, "it is a pattern", "A star in the name of a blob is written %2A");
        }
        if (address.rawName().endsWith("/")) {
            throw refused(display, "it is a directory", "Give the name of a blob");
        }
    }

    private static DataflowException refused(String display, String reason, String advice) {
        return DataflowException.of(ErrorCode.INVALID_ARGUMENT, "Cannot write " + display + ": " + reason, advice);
    }

    /** Where the bytes go. Closing it waits until the server has them all; nothing is visible yet. */
    public OutputStream stream() {
        return stream;
    }

    /**
     * Makes the blob visible, at once and as a whole; the stream is closed by then.
     *
     * @throws DataflowException {@code OUTPUT_EXISTS} where the blob that is there is to be kept; {@code SOURCE_CHANGED}
     *     when another blob of that name was written meanwhile; {@code SOURCE_FORBIDDEN}, {@code SOURCE_NOT_FOUND},
     *     {@code SOURCE_UNREACHABLE}, {@code CANCELLED}
     */
    public void commit() {
        requests.commit(ids, existing);
    }

    /** Stops what is under way. Whatever was not committed never becomes visible. May be called more than once. */
    @Override
    public void close() {
        closed = true;
        underWay.clear();
        free.clear();
        block = new byte[0];
    }

    private void stage() throws IOException {
        if (ids.size() == MOST_BLOCKS) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    String.format(
                            Locale.ROOT,
                            "Cannot write %s: a blob has at most %,d blocks, which hold %,d bytes",
                            target.display(),
                            MOST_BLOCKS,
                            (long) MOST_BLOCKS * settings.blockBytes()),
                    "Write the rows to several blobs");
        }
        while (underWay.size() >= settings.blocksInFlight()) {
            awaitFirst();
        }
        String number = String.format(Locale.ROOT, "%s-%05d", name, ids.size());
        String id = Base64.getEncoder().encodeToString(number.getBytes(UTF_8));
        byte[] bytes = block;
        int length = filled;
        ids.add(id);
        underWay.add(RemoteThreads.submit(() -> {
            requests.stage(id, bytes, length);
            return bytes;
        }));
        byte[] used = free.poll();
        block = used == null ? new byte[0] : used;
        filled = 0;
    }

    private void awaitFirst() throws IOException {
        free.add(RemoteThreads.await(underWay.remove(), requests.checkpoint()));
    }

    /** Collects bytes into blocks. After a failure, closing it does nothing. */
    private final class Blocks extends OutputStream {
        private boolean ended;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            boolean written = false;
            try {
                for (int done = 0; done < length; ) {
                    if (filled == settings.blockBytes()) {
                        stage();
                    }
                    int count = Math.min(length - done, room());
                    System.arraycopy(bytes, offset + done, block, filled, count);
                    filled += count;
                    done += count;
                }
                written = true;
            } finally {
                failed |= !written;
            }
        }

        /** The bytes that fit into the block, at least one: a small blob takes little memory. */
        private int room() {
            if (filled == block.length) {
                int size = Math.max(Math.min(FIRST_BYTES, settings.blockBytes()), 2 * block.length);
                block = Arrays.copyOf(block, Math.min(size, settings.blockBytes()));
            }
            return block.length - filled;
        }

        @Override
        public void close() throws IOException {
            if (ended || failed || closed) {
                return;
            }
            ended = true;
            boolean sent = false;
            try {
                if (filled > 0) {
                    stage();
                }
                while (!underWay.isEmpty()) {
                    awaitFirst();
                }
                sent = true;
            } finally {
                failed = !sent;
            }
        }
    }
}
