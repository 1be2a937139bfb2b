package io.millrace.dataflow.csv.scan;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** What the threads of a read work with, used over and over: a read of a large file makes no garbage of that size. */
final class Workbench {
    final ScanDialect dialect;
    final String file;
    final long splitEnd;
    private final Deque<byte[]> bytes = new ArrayDeque<>();
    private final Deque<RecordIndex> indexes = new ArrayDeque<>();
    private final Deque<ColumnScratch> columns = new ArrayDeque<>();

    /** For the whole of a file. */
    Workbench(ScanDialect dialect, String file) {
        this(dialect, file, Long.MAX_VALUE);
    }

    /** For the records that begin before a place of a file. */
    Workbench(ScanDialect dialect, String file, long splitEnd) {
        this.dialect = dialect;
        this.file = file;
        this.splitEnd = splitEnd;
    }

    /** An array for so many bytes and a line end, and the slack that a tokenizer needs. */
    byte[] bytes(int size) {
        byte[] kept = take(bytes, () -> new byte[0]);
        int needed = size + 1 + Words.SLACK;
        return kept.length >= needed ? kept : new byte[needed];
    }

    RecordIndex index() {
        return take(indexes, RecordIndex::new);
    }

    ColumnScratch columns() {
        return take(columns, ColumnScratch::new);
    }

    void giveBack(ColumnScratch used) {
        synchronized (columns) {
            columns.addLast(used);
        }
    }

    void giveBack(byte[] used) {
        synchronized (bytes) {
            bytes.addLast(used);
        }
    }

    void giveBack(RecordIndex used) {
        used.bytes = new byte[0];
        synchronized (indexes) {
            indexes.addLast(used);
        }
    }

    private static <T> T take(Deque<T> from, Supplier<T> otherwise) {
        synchronized (from) {
            return from.isEmpty() ? otherwise.get() : from.removeLast();
        }
    }
}
