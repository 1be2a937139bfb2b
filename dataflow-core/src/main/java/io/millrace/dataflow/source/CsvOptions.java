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
 * How the text of a CSV file becomes records. Immutable: each method returns changed options.
 *
 * <p>The defaults are RFC 4180: comma, double quote, a quote in a quoted cell doubled, one header record, UTF-8. An
 * unquoted empty cell is null, a quoted empty cell is empty text.
 */
public final class CsvOptions implements ReadOptions {
    private static final CsvOptions DEFAULTS = new CsvOptions(new Settings());

    private final Settings settings;

    private CsvOptions(Settings settings) {
        this.settings = settings;
    }

    /** RFC 4180 with one header record, in UTF-8. */
    public static CsvOptions defaults() {
        return DEFAULTS;
    }

    /** The character between cells. */
    public CsvOptions delimiter(char delimiter) {
        return changed(s -> s.delimiter = delimiter);
    }

    /** The character around cells that hold delimiters, quotes or line ends. */
    public CsvOptions quote(char quote) {
        return changed(s -> s.quote = quote);
    }

    /** The character before a quote that is part of a quoted cell; the quote itself by default. */
    public CsvOptions escape(char escape) {
        return changed(s -> s.escape = escape);
    }

    /** How bytes become text. A byte order mark goes before it. */
    public CsvOptions encoding(Charset encoding) {
        return changed(s -> s.encoding = Objects.requireNonNull(encoding, "encoding"));
    }

    /** The first record is data; columns are named {@code Column1}, {@code Column2} and so on. */
    public CsvOptions withoutHeader() {
        return changed(s -> s.header = false);
    }

    /** Lines before the header, or before the data where there is none, that are passed over. */
    public CsvOptions skipRows(long rows) {
        if (rows < 0) {
            throw new IllegalArgumentException("rows to skip must not be negative: " + rows);
        }
        return changed(s -> s.skipRows = rows);
    }

    /** The character that makes a line a comment when it stands at its start. None by default. */
    public CsvOptions comment(char comment) {
        return changed(s -> s.comment = comment);
    }

    /** Unquoted texts that mean null, beside the empty one. */
    public CsvOptions nullTokens(String... tokens) {
        List<String> copy = List.of(tokens);
        return changed(s -> s.nullTokens = copy);
    }

    /** Every column is text; nothing is inferred. */
    public CsvOptions allText() {
        return changed(s -> s.allText = true);
    }

    /** The columns, by name, in place of inferred ones. Cells that do not fit are error values. */
    public CsvOptions schema(Schema schema) {
        return changed(s -> s.schema = Objects.requireNonNull(schema, "schema"));
    }

    /** Judge types from the first {@code records} records in place of all of them. Cells that do not fit are error values. */
    @Override
    public CsvOptions inferFrom(long records) {
        if (records < 1) {
            throw new IllegalArgumentException("records to infer from must be at least 1: " + records);
        }
        return changed(s -> s.inferFrom = records);
    }

    /** What is done with records that do not have the shape of the header. */
    public CsvOptions errors(ErrorPolicy policy) {
        return changed(s -> s.errors = Objects.requireNonNull(policy, "policy"));
    }

    /** See {@link #delimiter(char)}. */
    public char delimiter() {
        return settings.delimiter;
    }

    /** See {@link #quote(char)}. */
    public char quote() {
        return settings.quote;
    }

    /** See {@link #escape(char)}. */
    public char escape() {
        return settings.escape == null ? settings.quote : settings.escape;
    }

    /** See {@link #encoding(Charset)}. */
    public Charset encoding() {
        return settings.encoding;
    }

    /** Whether the first record names the columns. */
    public boolean hasHeader() {
        return settings.header;
    }

    /** See {@link #skipRows(long)}. */
    public long skipRows() {
        return settings.skipRows;
    }

    /** See {@link #comment(char)}. */
    public Optional<Character> comment() {
        return Optional.ofNullable(settings.comment);
    }

    /** See {@link #nullTokens(String...)}. */
    public List<String> nullTokens() {
        return settings.nullTokens;
    }

    /** See {@link #allText()}. */
    public boolean isAllText() {
        return settings.allText;
    }

    /** See {@link #schema(Schema)}. */
    @Override
    public Optional<Schema> schema() {
        return Optional.ofNullable(settings.schema);
    }

    /** See {@link #inferFrom(long)}. Empty: from every record. */
    public OptionalLong inferFrom() {
        return settings.inferFrom == null ? OptionalLong.empty() : OptionalLong.of(settings.inferFrom);
    }

    /** See {@link #errors(ErrorPolicy)}. */
    public ErrorPolicy errors() {
        return settings.errors;
    }

    @Override
    public String format() {
        return "csv";
    }

    @Override
    public boolean isInferred() {
        return settings.schema == null && !settings.allText;
    }

    private CsvOptions changed(java.util.function.Consumer<Settings> change) {
        Settings copy = new Settings(settings);
        change.accept(copy);
        return new CsvOptions(copy);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CsvOptions options && settings.values().equals(options.settings.values());
    }

    @Override
    public int hashCode() {
        return settings.values().hashCode();
    }

    /** The fields, changed only between a copy and its publication. */
    private static final class Settings {
        private char delimiter = ',';
        private char quote = '"';
        private @Nullable Character escape;
        private Charset encoding = StandardCharsets.UTF_8;
        private boolean header = true;
        private long skipRows;
        private @Nullable Character comment;
        private List<String> nullTokens = List.of();
        private boolean allText;
        private @Nullable Schema schema;
        private @Nullable Long inferFrom;
        private ErrorPolicy errors = ErrorPolicy.fail();

        Settings() {}

        Settings(Settings other) {
            delimiter = other.delimiter;
            quote = other.quote;
            escape = other.escape;
            encoding = other.encoding;
            header = other.header;
            skipRows = other.skipRows;
            comment = other.comment;
            nullTokens = other.nullTokens;
            allText = other.allText;
            schema = other.schema;
            inferFrom = other.inferFrom;
            errors = other.errors;
        }

        List<Optional<?>> values() {
            return List.of(
                    Optional.of(delimiter),
                    Optional.of(quote),
                    Optional.ofNullable(escape),
                    Optional.of(encoding),
                    Optional.of(header),
                    Optional.of(skipRows),
                    Optional.ofNullable(comment),
                    Optional.of(nullTokens),
                    Optional.of(allText),
                    Optional.ofNullable(schema),
                    Optional.ofNullable(inferFrom),
                    Optional.of(errors));
        }
    }
}
