package io.millrace.dataflow.csv.scan;

import io.millrace.dataflow.error.DataflowException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records that end in a chunk, in order, in runs: that which began before it, and its own. Closing gives back what
 * they are kept in.
 */
public final class ChunkRecords implements AutoCloseable {
    private final Workbench bench;
    private final long firstRecord;
    private final @Nullable RecordIndex joined;
    private final RecordIndex own;
    private final int ownFrom;
    private final @Nullable DataflowException failure;
    private final List<Run> runs;
    private byte @Nullable [] returned;

    /**
     * Some consecutive records, each of which has as many cells as its index says.
     *
     * @param index where they are
     * @param from the first of them
     * @param to behind the last of them
     * @param written the index of the same records as they are written in the file: another one where they have stray
     *     quotes
     * @param writtenFrom the first of them there
     */
    public record Run(RecordIndex index, int from, int to, RecordIndex written, int writtenFrom) {
        /** The number of records. */
        public int size() {
            return to - from;
        }

        /** The records {@code first} to {@code last}, exclusive, of the index. */
        Run part(int first, int last) {
            return new Run(index, first, last, written, writtenFrom + first - from);
        }
    }

    ChunkRecords(
            Workbench bench,
            long firstRecord,
            @Nullable RecordIndex joined,
            RecordIndex own,
            int ownFrom,
            @Nullable DataflowException failure) {
        this.bench = bench;
        this.firstRecord = firstRecord;
        this.joined = joined;
        this.own = own;
        this.ownFrom = ownFrom;
        this.failure = failure;
        this.runs = runs();
    }

    void returning(byte[] bytes) {
        returned = bytes;
    }

    /** The number of the first record, that of the first behind the header being 1. */
    public long firstRecord() {
        return firstRecord;
    }

    /** The number of records. */
    public int size() {
        return (joined == null ? 0 : joined.records) + own.records - ownFrom;
    }

    /** All records in order. */
    public List<Run> all() {
        return runs;
    }

    /** Whether some byte may be no text: without, every cell is ASCII without NUL. */
    boolean isOdd() {
        return own.odd || (joined != null && joined.odd);
    }

    /**
     * Fails where the file ends in a way that loses what is behind these records. To be called when they are dealt with.
     *
     * @throws DataflowException {@code MALFORMED_ROW} when a quote is never closed
     */
    public void check() {
        if (failure != null) {
            throw failure;
        }
    }

    private List<Run> runs() {
        List<Run> found = new ArrayList<>();
        StrayRecords strays = null;
        int strayCount = (joined == null ? 0 : joined.strayCount) + own.strayCount - own.strayFrom(ownFrom);
        if (strayCount > 0) {
            strays = new StrayRecords(bench.dialect);
            if (joined != null) {
                strays.add(joined, 0);
            }
            strays.add(own, ownFrom);
        }
        RecordIndex rewritten = strays == null ? null : strays.index();
        int used = 0;
        if (joined != null) {
            used = append(joined, 0, rewritten, used, found);
        }
        append(own, ownFrom, rewritten, used, found);
        return List.copyOf(found);
    }

    /** Appends the runs of an index; gives how many of the rewritten records are used then. */
    private static int append(
            RecordIndex index, int from, @Nullable RecordIndex rewritten, int usedBefore, List<Run> found) {
        int next = from;
        int used = usedBefore;
        for (int i = index.strayFrom(from); i < index.strayCount && rewritten != null; i++) {
            int stray = index.strays[i];
            if (stray > next) {
                found.add(new Run(index, next, stray, index, next));
            }
            found.add(new Run(rewritten, used, used + 1, index, stray));
            used++;
            next = stray + 1;
        }
        if (index.records > next) {
            found.add(new Run(index, next, index.records, index, next));
        }
        return used;
    }

    @Override
    public void close() {
        byte[] bytes = returned;
        if (bytes != null) {
            returned = null;
            bench.giveBack(bytes);
            bench.giveBack(own);
            if (joined != null) {
                bench.giveBack(joined);
            }
        }
    }
}
