package io.millrace.dataflow.csv.scan;

import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.format.Split;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads a file in chunks, small ones first, in order and on one thread at a time. */
public final class ChunkReader implements AutoCloseable {
    private static final int FIRST_SIZE = 1 << 16;
    private static final int MOST_SIZE = 1 << 19;

    private final Workbench bench;
    private final ByteFeed feed;
    private final Cancellation cancellation;
    private byte @Nullable [] head;
    private int headFrom;
    private int headTo;
    private int size;
    private final int mostSize;
    private long offset;
    private Chunk latest;
    private byte lastByte = '\n';
    private boolean ended;

    /** Reads on behind bytes that are read. */
    ChunkReader(
            Workbench bench, ByteFeed feed, Cancellation cancellation, byte[] head, int from, int to, ChunkEnd start) {
        this(bench, feed, cancellation, head, from, to, start, FIRST_SIZE, MOST_SIZE);
    }

    /**
     * The records that begin in a split of a file, without any that begins before it.
     *
     * @param stream the bytes of the file from the start of the split to the end of the file; closed with the chunks
     * @param file the name of the file in messages
     * @param splitEnd where the split ends in the file; {@link Long#MAX_VALUE} for the end of the file
     */
    public static ChunkReader ofSplit(
            InputStream stream,
            String file,
            ScanDialect dialect,
            Cancellation cancellation,
            Split split,
            long splitEnd) {
        return new ChunkReader(
                new Workbench(dialect, file, splitEnd),
                new ByteFeed(stream, file),
                cancellation,
                new byte[0],
                0,
                0,
                ChunkEnd.start(split.start(), split.offset()));
    }

    ChunkReader(
            Workbench bench,
            ByteFeed feed,
            Cancellation cancellation,
            byte[] head,
            int from,
            int to,
            ChunkEnd start,
            int firstSize,
            int mostSize) {
        this.bench = bench;
        this.feed = feed;
        this.cancellation = cancellation;
        this.head = head;
        this.headFrom = from;
        this.headTo = to;
        this.offset = start.offset();
        this.latest = new Chunk(bench, start);
        this.size = firstSize;
        this.mostSize = mostSize;
    }

    Workbench bench() {
        return bench;
    }

    /**
     * The next chunk, or null after the last. Only reads it.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code CANCELLED}, and what reading the source throws
     */
    public @Nullable Chunk next() {
        cancellation.check();
        if (ended) {
            return null;
        }
        boolean beyond = offset >= bench.splitEnd;
        if (beyond && !latest.isUnfinished()) {
            ended = true;
            return null;
        }
        int most = beyond ? size : (int) Math.min(size, bench.splitEnd - offset);
        byte[] bytes = bench.bytes(most);
        int length = takeHead(bytes, most);
        length = headFrom < headTo ? length : feed.fill(bytes, length, most);
        if (length > 0) {
            lastByte = bytes[length - 1];
        }
        ended = feed.isEnded() && headFrom == headTo;
        Chunk.Ending ending = Chunk.Ending.NONE;
        int withLineEnd = length;
        if (ended) {
            ending = lastByte == '\n'
                    ? Chunk.Ending.LINE_FEED
                    : lastByte == '\r' ? Chunk.Ending.RETURN : Chunk.Ending.ADDED_LINE_FEED;
            if (ending == Chunk.Ending.ADDED_LINE_FEED) {
                bytes[withLineEnd++] = '\n';
            }
        }
        latest = new Chunk(bench, bytes, withLineEnd, offset, ending, latest);
        offset += length;
        size = Math.min(2 * size, mostSize);
        return latest;
    }

    private int takeHead(byte[] bytes, int most) {
        byte[] from = head;
        if (from == null) {
            return 0;
        }
        int count = Math.min(most, headTo - headFrom);
        System.arraycopy(from, headFrom, bytes, 0, count);
        headFrom += count;
        if (headFrom == headTo) {
            head = null;
        }
        return count;
    }

    /** Stops reading. Chunks that were given keep what they have. May be called more than once. */
    @Override
    public void close() {
        ended = true;
        feed.close();
    }
}
