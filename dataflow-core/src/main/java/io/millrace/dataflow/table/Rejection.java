package io.millrace.dataflow.table;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A record that did not become a row, or only in part, or a cell of it that is an error value: where it stands, what is
 * wrong with it, and its text.
 *
 * @param place where it stands
 * @param code what is wrong
 * @param column the column of the cell; empty where the whole record is meant
 * @param reason what is wrong, for people, such as {@code it has 3 cells where the header has 2}
 * @param text the text of the record, or of the cell where {@code column} is known, bytes that are no text written as
 *     {@code \xE9}; of at most {@link #MOST_TEXT} characters and a mark for those left out, see {@link #bounded}
 */
public record Rejection(Place place, Code code, Optional<String> column, String reason, String text) {
    /** The most characters of a text that are kept. */
    public static final int MOST_TEXT = 1 << 16;

    public Rejection {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(reason, "reason");
        text = bounded(text, MOST_TEXT);
    }

    /** A record as a whole. */
    public static Rejection of(Place place, Code code, String reason, String text) {
        return new Rejection(place, code, Optional.empty(), reason, text);
    }

    /** What is wrong with a record or a cell. */
    public enum Code {
        /** The cell does not fit its column's type. */
        CAST,
        /** The record has fewer cells than its file has columns. */
        MISSING_COLUMNS,
        /** The record has more cells than its file has columns. */
        TOO_MANY_COLUMNS,
        /** The quotes of the record do not belong together. */
        UNQUOTED_VALUE,
        /** The record is larger than one can be. */
        LINE_SIZE,
        /** The record holds bytes that are no text in the encoding of the file. */
        INVALID_ENCODING,
        /** The record and all after it belong to other tables than the first of the file, which alone was asked for. */
        OTHER_TABLE,
        /** The record is no record of its format, such as a line that is no JSON object. */
        MALFORMED
    }

    /**
     * Where a record stands.
     *
     * @param file its file, as messages show it
     * @param record its number, the first of the file being 1
     * @param line the line on which it begins, the first of the file being 1; 0 when not known
     * @param from where it begins, in bytes from the start of the file; -1 when not known, as in a file that is
     *     compressed, is in another encoding than UTF-8, or is read by the tolerant reader
     * @param to where it ends, behind its last byte and before its line end; -1 when not known
     */
    public record Place(String file, long record, long line, long from, long to) {
        public Place {
            Objects.requireNonNull(file, "file");
        }

        /** A place of which the bytes are not known. */
        public static Place of(String file, long record, long line) {
            return new Place(file, record, line, -1, -1);
        }

        /** A place as messages name it: {@code record 1,000 on line 1,001}. */
        public String words() {
            return line == 0
                    ? String.format(Locale.ROOT, "record %,d", record)
                    : String.format(Locale.ROOT, "record %,d on line %,d", record, line);
        }
    }

    /** The file of the record, as messages show it. */
    public String file() {
        return place.file();
    }

    /** The number of the record in its file. */
    public long record() {
        return place.record();
    }

    /** The line on which the record begins; 0 when not known. */
    public long line() {
        return place.line();
    }

    /** The same with no more than the first {@code most} characters of its text, and a mark for those left out. */
    public Rejection shortened(int most) {
        return text.length() <= most ? this : new Rejection(place, code, column, reason, bounded(text, most));
    }

    /** The first {@code most} characters of a text, and how many more there are: {@code abc… 97 characters more}. */
    public static String bounded(String text, int most) {
        if (text.length() <= most + MARK) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + String.format(Locale.ROOT, "… %,d characters more", text.length() - end);
    }

    /** No mark is longer, so that a text that was cut is not cut again. */
    private static final int MARK = 40;
}
