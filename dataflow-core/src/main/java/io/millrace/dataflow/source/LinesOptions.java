package io.millrace.dataflow.source;

import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * Text files whose every line is a row of one text column, {@code Line}. Immutable: each method returns changed options.
 *
 * @param encoding how bytes become text. A byte order mark goes before it
 * @param errors what is done with a line that is no text
 */
public record LinesOptions(Charset encoding, ErrorPolicy errors) implements ReadOptions {
    private static final LinesOptions DEFAULTS = new LinesOptions(StandardCharsets.UTF_8, ErrorPolicy.fail());
    private static final Schema LINE = Schema.of(Field.optional("Line", DataTypes.TEXT));

    /** Options of these parts. */
    public LinesOptions {
        Objects.requireNonNull(encoding, "encoding");
        Objects.requireNonNull(errors, "errors");
    }

    /** UTF-8; the read fails at a line that is no text. */
    public static LinesOptions defaults() {
        return DEFAULTS;
    }

    /** Lines in another encoding. */
    public LinesOptions encoding(Charset other) {
        return new LinesOptions(other, errors);
    }

    /** What is done with a line whose bytes are no text. */
    public LinesOptions errors(ErrorPolicy policy) {
        return new LinesOptions(encoding, policy);
    }

    @Override
    public String format() {
        return "lines";
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.of(LINE);
    }
}
