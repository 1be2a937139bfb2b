package io.millrace.dataflow.source;

import io.millrace.dataflow.schema.Schema;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Files with one JSON object a line, in UTF-8. Immutable: each method returns changed options.
 *
 * @param schema the declared columns
 * @param inferFrom the number of records that types are judged from; empty for all
 * @param errors what is done with a line that is no JSON object
 */
public record JsonLinesOptions(Optional<Schema> schema, OptionalLong inferFrom, ErrorPolicy errors)
        implements ReadOptions {
    private static final JsonLinesOptions DEFAULTS =
            new JsonLinesOptions(Optional.empty(), OptionalLong.empty(), ErrorPolicy.fail());

    public JsonLinesOptions {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(inferFrom, "inferFrom");
        Objects.requireNonNull(errors, "errors");
    }

    /** Types judged from every record; the read fails at a line that is no JSON object. */
    public static JsonLinesOptions defaults() {
        return DEFAULTS;
    }

    /** The columns in place of inferred ones. Values that do not fit are error values, absent ones null. */
    public JsonLinesOptions schema(Schema columns) {
        return new JsonLinesOptions(Optional.of(columns), inferFrom, errors);
    }

    /** Judge types from the first {@code records} records in place of all of them. */
    @Override
    public JsonLinesOptions inferFrom(long records) {
        if (records < 1) {
            throw new IllegalArgumentException("records to infer from must be at least 1: " + records);
        }
        return new JsonLinesOptions(schema, OptionalLong.of(records), errors);
    }

    /** What is done with lines that are no JSON object. Kept ones have an error value in every column. */
    public JsonLinesOptions errors(ErrorPolicy policy) {
        return new JsonLinesOptions(schema, inferFrom, policy);
    }

    @Override
    public String format() {
        return "json_lines";
    }

    @Override
    public boolean isInferred() {
        return schema.isEmpty();
    }
}
