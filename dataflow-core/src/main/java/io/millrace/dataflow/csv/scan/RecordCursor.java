package io.millrace.dataflow.csv.scan;

import io.millrace.dataflow.encoding.Utf8Stream;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.execution.Cancellation;
import java.util.Arrays;

/**
 * Reads the first records of a file one by one: its header, and what stands before it. What is behind them is then read
 * in chunks.
 */
public final class RecordCursor implements AutoCloseable {
    private static final int FIRST_SIZE = 1 << 16;

    private final Utf8Stream text;
    private final ByteFeed feed;
    private final Workbench bench;
    private final RecordTokenizer tokenizer;
    private final RecordStates states;
    private final RecordIndex index = new RecordIndex();
    private byte[] bytes;
    private int length;
    private int position;
    private long line = 1;
    private boolean lineFeedAdded;

    private RecordCursor(Utf8Stream text, String file, ScanDialect dialect, int size) {
        this.text = text;
        this.feed = new ByteFeed(text, file);
        this.bench = new Workbench(dialect, file);
        this.tokenizer = new RecordTokenizer(dialect.withBlankRecords());
        this.states = new RecordStates(dialect);
        this.bytes = new byte[size + 1 + Words.SLACK];
        fill(size);
    }

    /**
     * Starts to read a text, which is closed with what is made of it.
     *
     * @param file the name of the file in messages
     */
    public static RecordCursor open(Utf8Stream text, String file, ScanDialect dialect) {
        return open(text, file, dialect, FIRST_SIZE);
    }

    static RecordCursor open(Utf8Stream text, String file, ScanDialect dialect, int size) {
        return new RecordCursor(text, file, dialect, size);
    }

    /** A place to which the cursor can go back. */
    public record Mark(int position, long line) {}

    /** The place of the next record. */
    public Mark mark() {
        return new Mark(position, line);
    }

    /** Goes back to a place. */
    public void reset(Mark mark) {
        position = mark.position;
        line = mark.line;
    }

    /** Passes over lines, whatever quotes they hold. */
    public void skipLines(long count) {
        for (long i = 0; i < count; i++) {
            int at = position;
            while (true) {
                if (at == length && !more()) {
                    position = length;
                    return;
                }
                byte b = bytes[at++];
                if (b == '\n' || b == '\r') {
                    if (b == '\r' && (at < length || more()) && bytes[at] == '\n') {
                        at++;
                    }
                    break;
                }
            }
            position = at;
            line++;
        }
    }

    /**
     * Finds the next record; a blank line is one of one empty cell. False after the last.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code MALFORMED_ROW} for a quote that is never closed; what
     *     reading the source throws
     */
    public boolean next() {
        states.resume(RecordStates.RECORD_START, line, line);
        int start = position;
        int at = position;
        while (true) {
            int end = states.toLineEnd(bytes, at, length);
            if (end < 0) {
                at = length;
                if (!more() && !endLine(start)) {
                    return false;
                }
                continue;
            }
            if (states.state() == RecordStates.AFTER_RETURN && end == length && more() && bytes[end] == '\n') {
                end++;
            }
            tokenizer.tokenize(bytes, start, end, index);
            index.offset = text.markLength();
            index.anchor = 0;
            index.anchorLine = line;
            position = end;
            line = states.line();
            if (index.records > 0) {
                return true;
            }
            start = end;
            at = end;
            states.resume(RecordStates.RECORD_START, line, line);
        }
    }

    /** Ends the last line where it has no end; false when there is no such line, or it is ended. */
    private boolean endLine(int start) {
        if (RecordStates.isInside(states.state()) && start < length) {
            long last = bytes[length - 1] == '\n' ? states.line() - 1 : states.line();
            throw ScanFailures.unclosedQuote(feed.file(), states.quoteLine(), last);
        }
        if (lineFeedAdded || start == length) {
            return false;
        }
        lineFeedAdded = true;
        bytes[length++] = '\n';
        return true;
    }

    /** Whether the record found last is text, which may not hold NUL. */
    public boolean isText() {
        return WellFormed.firstOdd(bytes, index.starts[0], index.end(0)) < 0;
    }

    /** What is wrong with the record found last, which is no text. */
    public DataflowException noText() {
        return ScanFailures.noText(feed.file(), index, 0, text);
    }

    /** What is read. */
    public Utf8Stream text() {
        return text;
    }

    /** The record found last, alone in its index. */
    public ChunkRecords.Run record() {
        if (index.strayCount > 0) {
            StrayRecords strays = new StrayRecords(bench.dialect);
            strays.add(index, 0);
            return new ChunkRecords.Run(strays.index(), 0, 1, index, 0);
        }
        return new ChunkRecords.Run(index, 0, 1, index, 0);
    }

    /** Where the next record begins, in bytes from the start of the file. */
    public long nextOffset() {
        return (long) text.markLength() + position;
    }

    /** The line of the next record. */
    public long nextLine() {
        return line;
    }

    /**
     * What is behind the record found last, in chunks, by a dialect that may tell more of blank lines: the records that
     * begin before a place of the file. The stream is closed with them, and no longer with the cursor.
     *
     * @param to that place; {@link Long#MAX_VALUE} for the end of the file
     */
    public ChunkReader rest(ScanDialect dialect, Cancellation cancellation, long to) {
        int behind = lineFeedAdded ? length - 1 : length;
        return new ChunkReader(
                new Workbench(dialect, feed.file(), to),
                feed,
                cancellation,
                bytes,
                Math.min(position, behind),
                behind,
                ChunkEnd.start(line, nextOffset()));
    }

    private boolean more() {
        if (feed.isEnded()) {
            return false;
        }
        int before = length;
        int size = 2 * (bytes.length - Words.SLACK - 1);
        if (size > Chunk.LONGEST_RECORD) {
            throw ScanFailures.tooLong(
                    feed.file(),
                    new ChunkEnd(
                            states.state(), 0, line, states.line(), states.quoteLine(), 0, java.util.List.of(), false),
                    Chunk.LONGEST_RECORD);
        }
        bytes = Arrays.copyOf(bytes, size + 1 + Words.SLACK);
        fill(size);
        return length > before;
    }

    private void fill(int size) {
        length = feed.fill(bytes, length, size);
    }

    @Override
    public void close() {
        feed.close();
    }
}
