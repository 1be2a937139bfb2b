package io.millrace.dataflow.csv.detect;

import java.util.Locale;

/** What is judged of a file beside its columns. */
public enum Trait {
    /** How bytes become text. */
    ENCODING,
    /** What stands between cells. */
    DELIMITER,
    /** The character around cells. */
    QUOTE,
    /** How a quote is written in a quoted cell. */
    ESCAPE,
    /** The character that makes a line a comment. */
    COMMENT,
    /** How many lines before the table are no part of it. */
    PREAMBLE,
    /** How many records name the columns. */
    HEADER,
    /** Whether records have the width of the header. */
    RECORDS,
    /** Whether another table follows. */
    TABLES;

    /** The word for it in reports and JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
