package io.millrace.dataflow.format;

/** What becomes of error values that are written to a file. They are counted in every case. */
public enum ErrorCells {
    /** They are nulls. The default. */
    AS_NULL,
    /** They are the texts that could not become values. In formats of text alone. */
    AS_TEXT,
    /**
     * They are nulls, and a last column {@code errors} lists those of the row: a list of structs of column, code and
     * text, null for a row without any. The name gets a suffix where it is taken.
     */
    IN_COLUMN,
    /** The first one ends the run, and nothing is written. */
    FAIL
}
