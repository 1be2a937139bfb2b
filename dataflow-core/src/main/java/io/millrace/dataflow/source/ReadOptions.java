package io.millrace.dataflow.source;

import io.millrace.dataflow.schema.Schema;
import java.util.Optional;

/**
 * How the bytes of some files become rows: the format and its options. Closed, so that a saved plan can hold every one.
 * Immutable.
 */
public sealed interface ReadOptions
        permits CsvOptions, JsonLinesOptions, LinesOptions, FixedWidthOptions, ArrowOptions, ParquetOptions {
    /** The name of the format in messages and saved plans, as {@code csv} or {@code json_lines}. */
    String format();

    /** The declared columns, where they are declared: nothing is judged then. */
    default Optional<Schema> schema() {
        return Optional.empty();
    }

    /** The columns of the rows, where those of the files are declared: the declared ones, and those that the options add. */
    default Optional<Schema> rowSchema() {
        return schema();
    }

    /** The options with what they need to know of all columns of the rows when they read some of them. */
    default ReadOptions bound(Schema rows) {
        return this;
    }

    /** What is done with records that do not have the form of their file. */
    default ErrorPolicy errors() {
        return ErrorPolicy.fail();
    }

    /** Whether the types of columns are judged from values. */
    default boolean isInferred() {
        return false;
    }

    /** Judge types from the first {@code records} records; no change where nothing is judged. */
    default ReadOptions inferFrom(long records) {
        return this;
    }
}
