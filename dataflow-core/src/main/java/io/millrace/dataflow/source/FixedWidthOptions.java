package io.millrace.dataflow.source;

import io.millrace.dataflow.schema.Schema;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Text files whose columns begin at fixed places of every line. Cells are trimmed of the spaces around them; a blank one,
 * and one beyond the end of a short line, is null. Immutable: each method returns changed options.
 */
public final class FixedWidthOptions implements ReadOptions {
    /**
     * The parts.
     *
     * @param offsets where the second column and those after it begin, in code points from 0
     */
    private record Settings(
            List<Integer> offsets,
            Charset encoding,
            boolean header,
            Optional<Schema> schema,
            OptionalLong inferFrom,
            ErrorPolicy errors) {}

    private final Settings settings;

    private FixedWidthOptions(Settings settings) {
        this.settings = settings;
    }

    /**
     * Columns that begin at 0 and at these offsets, in code points; the last one takes the rest of the line. The first
     * line names the columns; UTF-8.
     *
     * @throws IllegalArgumentException when the offsets do not ascend from above 0
     */
    public static FixedWidthOptions at(int... offsets) {
        int last = 0;
        for (int offset : offsets) {
            if (offset <= last) {
                throw new IllegalArgumentException("offsets must ascend from above 0: " + offset + " after " + last);
            }
            last = offset;
        }
        return new FixedWidthOptions(new Settings(
                java.util.Arrays.stream(offsets).boxed().toList(),
                StandardCharsets.UTF_8,
                true,
                Optional.empty(),
                OptionalLong.empty(),
                ErrorPolicy.fail()));
    }

    /** Lines in another encoding. A byte order mark goes before it. */
    public FixedWidthOptions encoding(Charset encoding) {
        Objects.requireNonNull(encoding, "encoding");
        return new FixedWidthOptions(new Settings(
                settings.offsets, encoding, settings.header, settings.schema, settings.inferFrom, settings.errors));
    }

    /** The first line is data; columns are named {@code Column1} and so on, or as the schema names them. */
    public FixedWidthOptions withoutHeader() {
        return new FixedWidthOptions(new Settings(
                settings.offsets, settings.encoding, false, settings.schema, settings.inferFrom, settings.errors));
    }

    /** The columns, by name, in place of inferred ones. Cells that do not fit are error values. */
    public FixedWidthOptions schema(Schema schema) {
        return new FixedWidthOptions(new Settings(
                settings.offsets,
                settings.encoding,
                settings.header,
                Optional.of(schema),
                settings.inferFrom,
                settings.errors));
    }

    @Override
    public FixedWidthOptions inferFrom(long records) {
        if (records < 1) {
            throw new IllegalArgumentException("records to infer from must be at least 1: " + records);
        }
        return new FixedWidthOptions(new Settings(
                settings.offsets,
                settings.encoding,
                settings.header,
                settings.schema,
                OptionalLong.of(records),
                settings.errors));
    }

    /** What is done with lines whose bytes are no text. */
    public FixedWidthOptions errors(ErrorPolicy policy) {
        return new FixedWidthOptions(new Settings(
                settings.offsets,
                settings.encoding,
                settings.header,
                settings.schema,
                settings.inferFrom,
                Objects.requireNonNull(policy, "policy")));
    }

    /** Where the second column and those after it begin. */
    public List<Integer> offsets() {
        return settings.offsets;
    }

    /** See {@link #encoding(Charset)}. */
    public Charset encoding() {
        return settings.encoding;
    }

    /** Whether the first line names the columns. */
    public boolean hasHeader() {
        return settings.header;
    }

    @Override
    public Optional<Schema> schema() {
        return settings.schema;
    }

    /** See {@link #inferFrom(long)}. Empty: from every record. */
    public OptionalLong inferFrom() {
        return settings.inferFrom;
    }

    /** See {@link #errors(ErrorPolicy)}. */
    @Override
    public ErrorPolicy errors() {
        return settings.errors;
    }

    @Override
    public String format() {
        return "fixed_width";
    }

    @Override
    public boolean isInferred() {
        return settings.schema.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FixedWidthOptions options && settings.equals(options.settings);
    }

    @Override
    public int hashCode() {
        return settings.hashCode();
    }
}
