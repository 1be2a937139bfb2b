package io.millrace.dataflow.csv.scan;

import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.format.SplitSummary;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Summarises the bytes of a split for every state in which it may begin. States soon become alike, mostly two, and what is
 * alike is looked at once.
 */
public final class StateMap {
    private static final int SIZE = 1 << 19;

    private final ScanDialect dialect;
    private final RecordTokenizer tokenizer;
    private final RecordStates states;
    private final RecordIndex shared = new RecordIndex();
    private final RecordIndex other = new RecordIndex();
    private final byte[] bytes;
    private int length;
    private final int[] ends = new int[RecordStates.COUNT];
    private final long[] records = new long[RecordStates.COUNT];
    private final long[] lines = new long[RecordStates.COUNT];

    private StateMap(ScanDialect dialect, int size) {
        this.dialect = dialect;
        this.tokenizer = new RecordTokenizer(dialect);
        this.states = new RecordStates(dialect);
        this.bytes = new byte[size + Words.SLACK];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = i;
        }
    }

    /**
     * The summary of a stream, which is closed.
     *
     * @param file the name of the file in messages
     * @throws io.millrace.dataflow.error.DataflowException {@code CANCELLED}, and what reading the source throws
     */
    public static SplitSummary summary(
            InputStream stream, String file, ScanDialect dialect, Cancellation cancellation) {
        return summary(stream, file, dialect, cancellation, SIZE);
    }

    static SplitSummary summary(
            InputStream stream, String file, ScanDialect dialect, Cancellation cancellation, int size) {
        StateMap map = new StateMap(dialect, size);
        try (ByteFeed feed = new ByteFeed(stream, file)) {
            while (!feed.isEnded()) {
                cancellation.check();
                map.length = feed.fill(map.bytes, 0, size);
                map.add();
            }
        }
        return new SplitSummary(map.ends, map.records, map.lines);
    }

    private void add() {
        int begin = Chunk.firstLine(bytes, length);
        tokenizer.tokenize(bytes, begin, length, shared);
        int[] next = new int[RecordStates.COUNT];
        long[] nextRecords = new long[RecordStates.COUNT];
        long[] nextLines = new long[RecordStates.COUNT];
        Arrays.fill(next, -1);
        for (int i = 0; i < ends.length; i++) {
            int state = ends[i];
            if (next[state] < 0) {
                long linesBefore = lines[i];
                long recordsBefore = records[i];
                next[state] = pass(i, state);
                nextRecords[state] = records[i] - recordsBefore;
                nextLines[state] = lines[i] - linesBefore;
            } else {
                records[i] += nextRecords[state];
                lines[i] += nextLines[state];
            }
            ends[i] = next[state];
        }
    }

    /** The state that another one becomes with the bytes; counts for a place of the arrays. */
    private int pass(int place, int state) {
        states.resume(state, 0, 0);
        int from = 0;
        boolean atStart = state <= RecordStates.AFTER_RETURN;
        if (state == RecordStates.AFTER_RETURN && length > 0) {
            from = bytes[0] == '\n' ? 1 : 0;
            states.resume(RecordStates.RECORD_START, 0, 0);
        }
        if (from == length) {
            return states.state();
        }
        if (atStart) {
            records[place] += begins(from) ? 1 : 0;
        }
        int end = states.toLineEnd(bytes, from, length);
        lines[place] += states.line();
        return end < 0 ? states.state() : rest(place, end);
    }

    /** What follows the first line that ends. */
    private int rest(int place, int from) {
        RecordIndex index = shared;
        int first = shared.recordAt(from);
        if (first >= 0) {
            lines[place] += shared.lines - shared.leadingLines - shared.linesBetween(0, first);
        } else {
            index = other;
            first = 0;
            tokenizer.tokenize(bytes, from, length, other);
            lines[place] += other.lines;
        }
        records[place] += index.records - first;
        int tail = index.starts[index.records];
        if (tail == length) {
            return bytes[tail - 1] == '\r' ? RecordStates.AFTER_RETURN : RecordStates.RECORD_START;
        }
        states.resume(RecordStates.RECORD_START, 0, 0);
        int none = states.toLineEnd(bytes, tail, length);
        if (none >= 0) {
            throw new IllegalStateException("a record ends behind the last record");
        }
        lines[place] += states.line();
        records[place] += begins(tail) ? 1 : 0;
        return states.state();
    }

    /** Whether a record begins with a line. */
    private boolean begins(int at) {
        if (bytes[at] == '\n' || bytes[at] == '\r') {
            return dialect.hasBlankRecords();
        }
        return bytes[at] != dialect.comment();
    }
}
