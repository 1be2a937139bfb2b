package io.millrace.dataflow.csv;

import org.jspecify.annotations.Nullable;

/**
 * The cells of a record as text, null where they are.
 *
 * @param line the line on which it begins, the first of the file being 1
 * @param text its text
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TextRecord(@Nullable String[] cells, long line, String text) {
    /** Whether it is a blank line. */
    boolean isBlank() {
        return cells == Tokenizer.BLANK;
    }

    /** The number of cells. */
    int width() {
        return cells.length;
    }
}
