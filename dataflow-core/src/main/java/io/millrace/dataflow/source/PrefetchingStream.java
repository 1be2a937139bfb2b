package io.millrace.dataflow.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;

/**
 * A part of a remote file, several blocks of which are fetched at a time and handed over in order. The first block is
 * small and fetched alone, for who reads only the beginning.
 */
final class PrefetchingStream extends InputStream {
    private final RemoteTarget target;
    private final SourceFile file;
    private final long to;
    private final RemoteSettings settings;
    private final RemoteSettings.Checkpoint checkpoint;
    private final ArrayDeque<Future<byte[]>> blocks = new ArrayDeque<>();
    private volatile boolean closed;
    private long scheduled;
    private int blockLength;
    private int window = 1;
    private byte[] current;
    private int used;

    /** A stream of the {@code head} and then the bytes {@code from} to {@code to}, exclusive. */
    PrefetchingStream(
            RemoteTarget target,
            SourceFile file,
            byte[] head,
            long from,
            long to,
            RemoteSettings settings,
            RemoteSettings.Checkpoint checkpoint) {
        this.target = target;
        this.file = file;
        this.current = head;
        this.scheduled = from;
        this.to = to;
        this.settings = settings;
        this.blockLength = settings.firstBlockBytes();
        this.checkpoint = checkpoint;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        checkpoint.check();
        while (used == current.length) {
            schedule();
            Future<byte[]> block = blocks.poll();
            if (block == null) {
                return -1;
            }
            current = await(block);
            used = 0;
            window = Math.min(settings.blocksInFlight(), window + 1);
            schedule();
        }
        int count = Math.min(length, current.length - used);
        System.arraycopy(current, used, bytes, offset, count);
        used += count;
        return count;
    }

    @Override
    public void close() {
        closed = true;
        blocks.forEach(block -> block.cancel(false));
        blocks.clear();
        current = new byte[0];
        used = 0;
        scheduled = to;
    }

    private void schedule() {
        while (scheduled < to && blocks.size() < window) {
            long start = scheduled;
            long end = Math.min(to, start + blockLength);
            blocks.add(RemoteThreads.submit(() -> fetch(start, end)));
            scheduled = end;
            blockLength = Math.min(settings.blockBytes(), blockLength * 2);
        }
    }

    private byte[] fetch(long start, long end) {
        RemoteSettings.Checkpoint wanted = () -> {
            checkpoint.check();
            if (closed) {
                throw new CancellationException();
            }
        };
        byte[] block = new byte[(int) (end - start)];
        try (ResumingStream part = new ResumingStream(target, file, start, end, null, settings, wanted)) {
            for (int filled = 0; filled < block.length; ) {
                int count = part.read(block, filled, block.length - filled);
                if (count < 0) {
                    throw new UncheckedIOException(new EOFException());
                }
                filled += count;
            }
        }
        return block;
    }

    private byte[] await(Future<byte[]> block) {
        boolean done = false;
        try {
            byte[] bytes = RemoteThreads.await(block, checkpoint);
            done = true;
            return bytes;
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        } finally {
            if (!done) {
                close();
            }
        }
    }
}
