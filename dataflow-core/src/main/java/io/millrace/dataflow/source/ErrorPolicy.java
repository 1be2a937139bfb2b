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

    /** See {@link #fail}. */
    record Fail() implements ErrorPolicy {}

    /** See {@link #keep}. */
    record Keep() implements ErrorPolicy {}

    /** See {@link #drop}. */
    record Drop(long atMost) implements ErrorPolicy {
        public Drop {
            if (atMost < 0) {
                throw new IllegalArgumentException("atMost must not be negative: " + atMost);
            }
        }
    }
}
