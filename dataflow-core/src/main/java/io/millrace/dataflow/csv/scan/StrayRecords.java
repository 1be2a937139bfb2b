package io.millrace.dataflow.csv.scan;

import java.util.Arrays;

/**
 * Records with text behind a quote that closed a cell, written anew with the quotes that their cells should have had. The
 * cell goes on: the quote, and white space behind it, is part of its text. Only the quote before the delimiter or line end
 * that ends the cell is not, nor is white space between them.
 */
final class StrayRecords {
    private final ScanDialect dialect;
    private final byte quote;
    private final byte escape;
    private byte[] bytes = new byte[256];
    private int length;

    StrayRecords(ScanDialect dialect) {
        this.dialect = dialect;
        this.quote = (byte) dialect.quote();
        this.escape = (byte) dialect.escape();
    }

    /** Adds the stray ones of some records. */
    void add(RecordIndex index, int from) {
        for (int i = index.strayFrom(from); i < index.strayCount; i++) {
            int record = index.strays[i];
            add(index.bytes, index.starts[record], index.end(record));
            append((byte) '\n');
        }
    }

    /** All records that were added. */
    RecordIndex index() {
        RecordIndex index = new RecordIndex();
        new RecordTokenizer(dialect.withBlankRecords())
                .tokenize(Arrays.copyOf(bytes, length + Words.SLACK), 0, length, index);
        return index;
    }

    private void add(byte[] source, int from, int to) {
        byte[] transitions = dialect.transitions();
        int state = RecordStates.RECORD_START;
        // Where the bytes begin that are text only if the cell goes on.
        int pending = to;
        for (int i = from; i < to; i++) {
            byte b = source[i];
            int next = transitions[(state << 8) | (b & 0xff)];
            if (RecordStates.isInside(state)) {
                if (RecordStates.isAfterQuote(next)) {
                    pending = i;
                } else if (RecordStates.isEscaped(state)) {
                    if (b != quote && b != escape) {
                        write(escape);
                    }
                    write(b);
                } else if (!RecordStates.isEscaped(next)) {
                    write(b);
                }
            } else if (!RecordStates.isAfterQuote(state)) {
                append(b);
            } else if (b == dialect.delimiter()) {
                append(quote);
                append(b);
            } else if (b == quote && quote == escape && pending == i - 1) {
                write(quote);
                pending = to;
            } else if (b == quote || RecordStates.isInside(next)) {
                for (int p = pending; p < i; p++) {
                    write(source[p]);
                }
                pending = b == quote ? i : to;
                if (b != quote) {
                    write(b);
                }
            }
            state = next;
        }
        if (RecordStates.isAfterQuote(state)) {
            append(quote);
        }
    }

    /** Text of a quoted cell. */
    private void write(byte b) {
        if (b == quote || b == escape) {
            append(escape);
        }
        append(b);
    }

    private void append(byte b) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = b;
    }
}
