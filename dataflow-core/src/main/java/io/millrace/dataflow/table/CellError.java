package io.millrace.dataflow.table;

import java.util.Objects;

/**
 * A cell that could not become a value: what went wrong, with the original text and where it came from.
 *
 * @param code what went wrong
 * @param text the offending cell as it was written; a computed one as it prints
 * @param file the file the row came from, as messages show it; empty for rows that come from no file
 * @param record the number of the record in its file, the first after the header being 1; 0 when not known
 * @param step the step that made the error, as {@code explain} shows it
 */
public record CellError(Code code, String text, String file, long record, String step) {
    public CellError {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(step, "step");
    }

    /** What went wrong with a cell. */
    public enum Code {
        /** The text or value does not fit the type. */
        CAST,
        /** The record has no cell for the column. */
        MISSING_CELL,
        /** The bytes are no text in the encoding. */
        INVALID_ENCODING,
        /** The result is beyond its type's range. */
        OVERFLOW,
        /** Divided by zero. */
        DIVISION_BY_ZERO,
        /** The function has no value there: the root of a negative number, the 30th of February. */
        DOMAIN,
        /** Comparing the text with the pattern takes more steps than are allowed. */
        MATCH_LIMIT
    }
}
