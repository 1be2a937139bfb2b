package io.millrace.dataflow.csv.scan;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The text of a cell: without its quotes, and with what they escape as it is meant. Used over and over, by one thread. */
public final class CellContent {
    private final ScanDialect dialect;
    private byte[] unescaped = new byte[64];
    private byte[] bytes = new byte[0];
    private int from;
    private int to;
    private boolean quoted;

    /** Nothing found yet. */
    public CellContent(ScanDialect dialect) {
        this.dialect = dialect;
    }

    /**
     * Finds a cell of a record; false when it is null: unquoted and empty, or a text that means null. Its text is then
     * found nevertheless.
     */
    public boolean find(RecordIndex index, int record, int cell) {
        return find(index.bytes, index.from(record, cell), index.to(record, cell));
    }

    boolean find(byte[] source, int start, int end) {
        quoted = start < end && source[start] == dialect.quote();
        if (quoted) {
            findQuoted(source, start + 1, end - 1);
            return true;
        }
        bytes = source;
        from = start;
        to = end;
        return !dialect.isNull(source, start, end);
    }

    /** Whether the cell is quoted. */
    public boolean isQuoted() {
        return quoted;
    }

    /** What holds the text, with at least eight bytes more behind it. Not to be changed, and only good until the next one is found. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the text begins. */
    public int from() {
        return from;
    }

    /** Where the text ends. */
    public int to() {
        return to;
    }

    /** The text of a cell of a record; null when it is null. */
    public @Nullable String text(RecordIndex index, int record, int cell) {
        return find(index, record, cell) ? new String(bytes, from, to - from, StandardCharsets.UTF_8) : null;
    }

    private void findQuoted(byte[] source, int start, int end) {
        bytes = source;
        from = start;
        to = end;
        int escape = dialect.escape();
        int at = start;
        while (at < end && source[at] != escape) {
            at++;
        }
        if (at < end) {
            unescape(source, start, end, at);
        }
    }

    /** An escape makes a quote, or an escape of its own, behind it part of the text, and is a part of it before others. */
    private void unescape(byte[] source, int start, int end, int firstEscape) {
        if (unescaped.length < end - start + Words.SLACK) {
            unescaped = new byte[2 * (end - start) + Words.SLACK];
        }
        System.arraycopy(source, start, unescaped, 0, firstEscape - start);
        int length = firstEscape - start;
        for (int i = firstEscape; i < end; i++) {
            byte b = source[i];
            if (b == dialect.escape() && i + 1 < end && (source[i + 1] == dialect.quote() || source[i + 1] == b)) {
                i++;
                b = source[i];
            }
            unescaped[length++] = b;
        }
        bytes = unescaped;
        from = 0;
        to = length;
    }
}
