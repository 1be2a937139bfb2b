package io.millrace.dataflow.csv.scan;

import io.millrace.dataflow.error.DataflowException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Some consecutive bytes of a file, with the end of the chunk before it. {@link #records} waits for that chunk, so every
 * chunk must be asked for its records, by whatever threads, in the order in which they were read or at the same time.
 */
public final class Chunk {
    /** The most bytes of a record. */
    static final long LONGEST_RECORD = 1L << 29;

    private final Workbench bench;
    private final byte[] bytes;
    private final int length;
    private final long offset;
    private final Ending ending;
    private @Nullable Chunk before;
    private final CompletableFuture<ChunkEnd> end = new CompletableFuture<>();

    /** Whether a file ends with a chunk, and if so how. */
    enum Ending {
        /** Another chunk follows. */
        NONE,
        /** With a line feed. */
        LINE_FEED,
        /** With a carriage return. */
        RETURN,
        /** With something else, and a line feed was added. */
        ADDED_LINE_FEED
    }

    /** Bytes behind a known end. */
    Chunk(Workbench bench, ChunkEnd end) {
        this(bench, new byte[0], 0, 0, Ending.NONE, null);
        this.end.complete(end);
    }

    Chunk(Workbench bench, byte[] bytes, int length, long offset, Ending ending, @Nullable Chunk before) {
        this.bench = bench;
        this.bytes = bytes;
        this.length = length;
        this.offset = offset;
        this.ending = ending;
        this.before = before;
    }

    /**
     * Finds the records that end in this chunk. To be called once; the caller closes them.
     *
     * @throws DataflowException what {@link ChunkRecords#check} throws of a chunk before; {@code MALFORMED_ROW} for a
     *     record that is too long; {@code CANCELLED}
     */
    public ChunkRecords records() {
        try {
            return found();
        } catch (RuntimeException | Error failure) {
            end.completeExceptionally(failure);
            throw failure;
        } finally {
            before = null;
        }
    }

    private ChunkRecords found() {
        RecordTokenizer tokenizer = new RecordTokenizer(bench.dialect);
        RecordStates states = new RecordStates(bench.dialect);
        RecordIndex own = bench.index();
        Chunk previous = Objects.requireNonNull(before, "asked for its records twice");
        // Behind the split only the record is wanted that began in it.
        boolean beyond = offset >= bench.splitEnd;
        boolean guessed = !beyond && !previous.end.isDone();
        if (guessed) {
            tokenizer.tokenize(bytes, firstLine(bytes, length), length, own);
        }
        ChunkEnd start = previous.await();
        int from = 0;
        states.resume(start.state(), start.openLine(), start.quoteLine());
        if (start.state() == RecordStates.AFTER_RETURN && length > 0) {
            from = bytes[0] == '\n' ? 1 : 0;
            states.resume(RecordStates.RECORD_START, start.openLine(), 0);
        }
        boolean kept = false;
        int ownFrom = 0;
        RecordIndex joined = null;
        if (guessed || states.state() != RecordStates.RECORD_START) {
            int line = states.toLineEnd(bytes, from, length);
            if (line < 0) {
                return unfinished(start, states, from, own);
            }
            if (start.isForeign()) {
                joined = null;
            } else {
                joined = join(start, from, line, tokenizer);
            }
            if (beyond) {
                return lastOfSplit(start, joined, line, states);
            }
            from = line;
            ownFrom = guessed ? own.recordAt(line) : -1;
            kept = ownFrom >= 0;
            ownFrom = Math.max(0, ownFrom);
        }
        if (!kept) {
            tokenizer.tokenize(bytes, from, length, own);
        }
        own.offset = offset;
        own.anchor = ownFrom;
        own.anchorLine = states.line() + (kept ? 0 : own.leadingLines);
        long passed = kept ? own.leadingLines + own.linesBetween(0, ownFrom) : 0;
        long nextRecord = start.records() + (joined == null ? 0 : joined.records) + own.records - ownFrom;
        ChunkEnd next = endBehind(own, states.line() + own.lines - passed, nextRecord, states);
        end.complete(next);
        ChunkRecords records = new ChunkRecords(bench, start.records(), joined, own, ownFrom, failure(next));
        records.returning(bytes);
        return records;
    }

    private ChunkEnd endBehind(RecordIndex own, long line, long nextRecord, RecordStates states) {
        int tail = own.starts[own.records];
        int state = tail > 0 && bytes[tail - 1] == '\r' ? RecordStates.AFTER_RETURN : RecordStates.RECORD_START;
        if (tail == length) {
            return new ChunkEnd(state, nextRecord, line, line, line, offset + tail, List.of(), false);
        }
        states.resume(RecordStates.RECORD_START, line, line);
        if (states.toLineEnd(bytes, tail, length) >= 0) {
            throw new IllegalStateException("a record ends behind the last record of a chunk of " + bench.file);
        }
        return new ChunkEnd(
                states.state(),
                nextRecord,
                line,
                states.line(),
                states.quoteLine(),
                offset + tail,
                List.of(Arrays.copyOfRange(bytes, tail, length)),
                false);
    }

    /** No line ends in this chunk, so that all of it belongs to the unfinished record. */
    private ChunkRecords unfinished(ChunkEnd start, RecordStates states, int from, RecordIndex own) {
        ChunkEnd next = start;
        if (length > 0) {
            List<byte[]> parts = new ArrayList<>(start.parts());
            if (from < length && !start.isForeign()) {
                parts.add(Arrays.copyOfRange(bytes, from, length));
            }
            long begin = start.parts().isEmpty() ? offset + from : start.offset();
            next = new ChunkEnd(
                    states.state(),
                    start.records(),
                    start.line(),
                    states.line(),
                    states.quoteLine(),
                    begin,
                    List.copyOf(parts),
                    start.isForeign());
        }
        if (next.length() > LONGEST_RECORD) {
            throw ScanFailures.tooLong(bench.file, next, LONGEST_RECORD);
        }
        end.complete(next);
        own.begin(bytes);
        own.starts[0] = 0;
        own.firstCells[0] = 0;
        ChunkRecords records = new ChunkRecords(bench, start.records(), null, own, 0, failure(next));
        records.returning(bytes);
        return records;
    }

    private ChunkRecords lastOfSplit(ChunkEnd start, @Nullable RecordIndex joined, int line, RecordStates states) {
        long next = start.records() + (joined == null ? 0 : joined.records);
        long at = offset + line;
        end.complete(new ChunkEnd(
                RecordStates.RECORD_START, next, states.line(), states.line(), states.line(), at, List.of(), false));
        RecordIndex none = bench.index();
        none.begin(bytes);
        none.starts[0] = 0;
        none.firstCells[0] = 0;
        ChunkRecords records = new ChunkRecords(bench, start.records(), joined, none, 0, null);
        records.returning(bytes);
        return records;
    }

    /** Waits for the end of this chunk; whether a record is unfinished that began in it or before, and is wanted. */
    boolean isUnfinished() {
        return !await().parts().isEmpty();
    }

    private @Nullable DataflowException failure(ChunkEnd next) {
        if (ending == Ending.NONE || next.isForeign() || !RecordStates.isInside(next.state())) {
            return null;
        }
        long lastLine = ending == Ending.RETURN ? next.openLine() : next.openLine() - 1;
        return ScanFailures.unclosedQuote(bench.file, next.quoteLine(), lastLine);
    }

    /** The record that began before this chunk, or with it, and ends with its first line. */
    private RecordIndex join(ChunkEnd start, int from, int to, RecordTokenizer tokenizer) {
        long size = start.length() + to - from;
        if (size > LONGEST_RECORD) {
            throw ScanFailures.tooLong(bench.file, start, LONGEST_RECORD);
        }
        byte[] whole = new byte[(int) size + Words.SLACK];
        int at = 0;
        for (byte[] part : start.parts()) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        System.arraycopy(bytes, from, whole, at, to - from);
        RecordIndex index = bench.index();
        tokenizer.tokenize(whole, 0, (int) size, index);
        index.offset = start.parts().isEmpty() ? offset + from : start.offset();
        index.anchor = 0;
        index.anchorLine = start.line() + index.leadingLines;
        return index;
    }

    /** Where the second line would begin if no quote were open. */
    static int firstLine(byte[] bytes, int length) {
        for (int pos = 0; pos < length; pos += 8) {
            long hits = Words.lineEnds(Words.at(bytes, pos));
            if (hits != 0) {
                int at = pos + Words.place(hits);
                int next = at + 1;
                boolean both = bytes[Math.min(at, length)] == '\r' && next < length && bytes[next] == '\n';
                return Math.min(length, both ? next + 1 : next);
            }
        }
        return length;
    }

    private ChunkEnd await() {
        try {
            return end.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw ScanFailures.interrupted();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException exception) {
                throw exception;
            }
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(failed);
        }
    }
}
