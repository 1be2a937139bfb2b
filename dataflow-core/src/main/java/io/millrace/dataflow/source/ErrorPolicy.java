package io.millrace.dataflow.source;

/**
 * What is done with a record that does not have the shape of its header: too few cells, too many, or bytes that are no
 * text. Cells that do not fit their column's type are error values under every policy.
 */
public sealed interface ErrorPolicy {
    /** The read fails at the first such record. The default. */
    static ErrorPolicy fail() {
        return new Fail();
    }

    /** Such a record is kept: missing cells are error values, and cells beyond the header are reported as rejected. */
    static ErrorPolicy keep() {
        return new Keep();
    }

    /** Such a record is left out, counted and reported; the read fails when there are more than {@code atMost}. */
    static ErrorPolicy drop(long atMost) {
        return new Drop(atMost);
    }

    /**
     * Such a record is left out, counted and reported, and written to a CSV file, as is every cell of the rows that does
     * not fit its column's type. The file has a row for each with the columns {@code file}, {@code record},
     * {@code line}, {@code from_byte}, {@code to_byte}, {@code column}, {@code code}, {@code reason} and {@code text}; it
     * is written by the process that runs the plan, and appears when all records have been read, in place of an older
     * one. The whole source is read, even behind a limit.
     *
     * @param path the local file
     */
    static ErrorPolicy quarantine(String path) {
        return new Quarantine(path);
    }

    /** Whether such a record does not become a row, and the read goes on. */
    default boolean leavesOut() {
        return this instanceof Drop || this instanceof Quarantine;
    }

    /** See {@link #fail}. */
    record Fail() implements ErrorPolicy {}

    /** See {@link #keep}. */
    record Keep() implements ErrorPolicy {}

    /** See {@link #quarantine}. */
    record Quarantine(String path) implements ErrorPolicy {
        public Quarantine {
            if (path.isBlank() || path.matches("(?i)[a-z][a-z0-9+.-]+://.*")) {
                throw new IllegalArgumentException("the file of a quarantine is a local path");
            }
        }
    }

    /** See {@link #drop}. */
    record Drop(long atMost) implements ErrorPolicy {
        public Drop {
            if (atMost < 0) {
                throw new IllegalArgumentException("atMost must not be negative: " + atMost);
            }
        }
    }
}
