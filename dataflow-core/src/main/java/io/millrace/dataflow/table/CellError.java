package io.millrace.dataflow.table;

import java.util.Objects;
import java.util.regex.Pattern;

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

    /**
     * What went wrong with a cell: one of ours, or a user's own.
     *
     * @param name capital letters, digits and underscores, at most 64, the first a letter
     */
    public record Code(String name) {
        // Before the codes, which are checked against it.
        private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

        /** The text or value does not fit the type. */
        public static final Code CAST = new Code("CAST");
        /** The record has no cell for the column. */
        public static final Code MISSING_CELL = new Code("MISSING_CELL");
        /** The bytes are no text in the encoding. */
        public static final Code INVALID_ENCODING = new Code("INVALID_ENCODING");
        /** The result is beyond its type's range. */
        public static final Code OVERFLOW = new Code("OVERFLOW");
        /** Divided by zero. */
        public static final Code DIVISION_BY_ZERO = new Code("DIVISION_BY_ZERO");
        /** The function has no value there: the root of a negative number, the 30th of February. */
        public static final Code DOMAIN = new Code("DOMAIN");
        /** Comparing the text with the pattern takes more steps than are allowed. */
        public static final Code MATCH_LIMIT = new Code("MATCH_LIMIT");
        /** A user's function threw an exception, or gave a value that is not of its type. */
        public static final Code USER_FUNCTION = new Code("USER_FUNCTION");

        /** @throws IllegalArgumentException for a name of another form */
        public Code {
            if (!isName(name)) {
                throw new IllegalArgumentException("the code of an error is made of capital letters, digits and"
                        + " underscores, at most 64, the first a letter: " + name);
            }
        }

        /** Whether a text can be the name of a code. */
        public static boolean isName(String text) {
            return NAME.matcher(text).matches();
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
