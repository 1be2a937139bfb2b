package io.millrace.dataflow.source;

import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    /** The most header rows. */
    public static final int MOST_HEADER_ROWS = 100;

    private static final int MOST_DELIMITER = 100;

    private static final Setting<String> DELIMITER = new Setting<>("delimiter", ",");
    private static final Setting<Optional<Character>> QUOTE = new Setting<>("quote", Optional.of('"'));
    private static final Setting<Optional<Character>> ESCAPE = new Setting<>("escape", Optional.empty());
    private static final Setting<Optional<Character>> COMMENT = new Setting<>("comment", Optional.empty());
    private static final Setting<Charset> ENCODING = new Setting<>("encoding", StandardCharsets.UTF_8);
    private static final Setting<Integer> HEADER_ROWS = new Setting<>("headerRows", 1);
    private static final Setting<Long> SKIP_ROWS = new Setting<>("skipRows", 0L);
    private static final Setting<Boolean> FIRST_TABLE_ONLY = new Setting<>("firstTableOnly", false);
    private static final Setting<List<String>> NULL_TOKENS = new Setting<>("nullTokens", List.of());
    private static final Setting<Map<String, List<String>>> NULL_TOKENS_OF = new Setting<>("nullTokensOf", Map.of());
    private static final Setting<Boolean> QUOTED_EMPTY_AS_NULL = new Setting<>("quotedEmptyAsNull", false);
    private static final Setting<Boolean> PAD_SHORT_ROWS = new Setting<>("padShortRows", false);
    private static final Setting<Optional<String>> OVERFLOW_COLUMN = new Setting<>("overflowColumn", Optional.empty());
    private static final Setting<Optional<String>> PATH_COLUMN = new Setting<>("pathColumn", Optional.empty());
    private static final Setting<Optional<String>> RECORD_COLUMN = new Setting<>("recordColumn", Optional.empty());
    private static final Setting<FileColumns> COLUMNS = new Setting<>("columns", FileColumns.STRICT);
    private static final Setting<Boolean> ALL_TEXT = new Setting<>("allText", false);
    private static final Setting<Optional<Schema>> SCHEMA = new Setting<>("schema", Optional.empty());
    private static final Setting<Optional<Long>> INFER_FROM = new Setting<>("inferFrom", Optional.empty());
    private static final Setting<ErrorPolicy> ERRORS = new Setting<>("errors", ErrorPolicy.fail());

    private static final CsvOptions DEFAULTS = new CsvOptions(Map.of());

    /** The settings that differ from their initial values. */
    private final Map<Setting<?>, Object> settings;

    private CsvOptions(Map<Setting<?>, Object> settings) {
        this.settings = settings;
    }

    /** RFC 4180 with one header record, in UTF-8. */
    public static CsvOptions defaults() {
        return DEFAULTS;
    }

    /** The character between cells. */
    public CsvOptions delimiter(char delimiter) {
        return delimiter(String.valueOf(delimiter));
    }

    /**
     * The text between cells, of one or several characters: {@code "||"}, {@code ", "}. Where it could begin at several
     * places it begins at the first one. Runs of it are empty cells.
     *
     * @throws IllegalArgumentException when it is empty, has more than 100 characters, or holds a line end or NUL
     */
    public CsvOptions delimiter(String delimiter) {
        if (delimiter.isEmpty() || delimiter.length() > MOST_DELIMITER) {
            throw new IllegalArgumentException("a delimiter has 1 to " + MOST_DELIMITER + " characters");
        }
        for (int i = 0; i < delimiter.length(); i++) {
            visible("delimiter", delimiter.charAt(i));
        }
        return with(DELIMITER, delimiter);
    }

    /**
     * The character around cells that hold delimiters, quotes or line ends.
     *
     * @throws IllegalArgumentException when it is a line end or NUL, as for the characters below
     */
    public CsvOptions quote(char quote) {
        return with(QUOTE, Optional.of(visible("quote", quote)));
    }

    /** No character is a quote: a line is a record, and every character but the delimiter is part of a cell. */
    public CsvOptions withoutQuote() {
        return with(QUOTE, Optional.empty()).with(ESCAPE, Optional.empty());
    }

    /** The character before a quote that is part of a quoted cell; the quote itself by default. */
    public CsvOptions escape(char escape) {
        if (quote().isEmpty()) {
            throw new IllegalArgumentException("an escape stands before quotes, and there is no quote");
        }
        return with(ESCAPE, Optional.of(visible("escape", escape)));
    }

    /** The character that makes a line a comment when it stands at its start. None by default. */
    public CsvOptions comment(char comment) {
        return with(COMMENT, Optional.of(visible("comment", comment)));
    }

    /** How bytes become text. A byte order mark goes before it. */
    public CsvOptions encoding(Charset encoding) {
        return with(ENCODING, encoding);
    }

    /** The first record is data; columns are named {@code Column1}, {@code Column2} and so on. */
    public CsvOptions withoutHeader() {
        return with(HEADER_ROWS, 0);
    }

    /**
     * The first records name the columns together: the names of a column one below the other, joined by spaces, blank ones
     * left out. There are as many columns as the longest of them has cells. No rows are as {@link #withoutHeader}.
     *
     * @throws IllegalArgumentException when the number is negative or beyond {@link #MOST_HEADER_ROWS}
     */
    public CsvOptions headerRows(int rows) {
        if (rows < 0 || rows > MOST_HEADER_ROWS) {
            throw new IllegalArgumentException("header rows must be 0 to " + MOST_HEADER_ROWS + ": " + rows);
        }
        return with(HEADER_ROWS, rows);
    }

    /** Lines before the header, or before the data where there is none, that are passed over. */
    public CsvOptions skipRows(long rows) {
        if (rows < 0) {
            throw new IllegalArgumentException("rows to skip must not be negative: " + rows);
        }
        return with(SKIP_ROWS, rows);
    }

    /**
     * A file may hold other tables below the first one, which are left out. The first table ends before a record that
     * repeats its header, and before records of another width that follow a blank line or begin with names. The records
     * that are left out count as rejected under every policy, and the report says where they begin. Such a file is read
     * by one thread.
     */
    public CsvOptions firstTableOnly() {
        return with(FIRST_TABLE_ONLY, true);
    }

    /** Unquoted texts that mean null, beside the empty one. */
    public CsvOptions nullTokens(String... tokens) {
        return with(NULL_TOKENS, List.of(tokens));
    }

    /** Unquoted texts that mean null in one column, beside those that mean it in every column. */
    public CsvOptions nullTokensOf(String column, String... tokens) {
        Map<String, List<String>> all = new LinkedHashMap<>(nullTokensByColumn());
        all.put(Objects.requireNonNull(column, "column"), List.of(tokens));
        return with(NULL_TOKENS_OF, Collections.unmodifiableMap(all));
    }

    /** A quoted empty cell is null, as an unquoted one is, in place of empty text. */
    public CsvOptions quotedEmptyAsNull() {
        return with(QUOTED_EMPTY_AS_NULL, true);
    }

    /** The cells that a short record lacks are null, and no error policy takes it for malformed. */
    public CsvOptions padShortRows() {
        return with(PAD_SHORT_ROWS, true);
    }

    /**
     * A column of lists of text, after those of the files, that holds the cells beyond the header; null where there are
     * none. No error policy takes a long record for malformed then.
     */
    public CsvOptions overflowColumn(String name) {
        return with(OVERFLOW_COLUMN, Optional.of(name));
    }

    /** A last column of text with the path or address of the file that a row is from, without its signature. */
    public CsvOptions pathColumn(String name) {
        return with(PATH_COLUMN, Optional.of(name));
    }

    /** A last column of whole numbers with the number of the record in its file, the first after the header being 1. */
    public CsvOptions recordColumn(String name) {
        return with(RECORD_COLUMN, Optional.of(name));
    }

    /** Which columns several files give when their headers differ. */
    public CsvOptions columns(FileColumns columns) {
        return with(COLUMNS, columns);
    }

    /** Every column is text; nothing is inferred. */
    public CsvOptions allText() {
        return with(ALL_TEXT, true);
    }

    /** The columns, by name, in place of inferred ones. Cells that do not fit are error values. */
    public CsvOptions schema(Schema schema) {
        return with(SCHEMA, Optional.of(schema));
    }

    /** Judge types from the first {@code records} records in place of all of them. Cells that do not fit are error values. */
    @Override
    public CsvOptions inferFrom(long records) {
        if (records < 1) {
            throw new IllegalArgumentException("records to infer from must be at least 1: " + records);
        }
        return with(INFER_FROM, Optional.of(records));
    }

    /** What is done with records that do not have the shape of the header. */
    public CsvOptions errors(ErrorPolicy policy) {
        return with(ERRORS, policy);
    }

    /** See {@link #delimiter(String)}. */
    public String delimiter() {
        return value(DELIMITER);
    }

    /** See {@link #quote(char)}; empty where no character is a quote. */
    public Optional<Character> quote() {
        return value(QUOTE);
    }

    /** See {@link #escape(char)}; empty where no character is a quote. */
    public Optional<Character> escape() {
        return quote().map(quote -> value(ESCAPE).orElse(quote));
    }

    /** See {@link #comment(char)}. */
    public Optional<Character> comment() {
        return value(COMMENT);
    }

    /** See {@link #encoding(Charset)}. */
    public Charset encoding() {
        return value(ENCODING);
    }

    /** Whether the first record names the columns, or the first ones do. */
    public boolean hasHeader() {
        return headerRows() > 0;
    }

    /** See {@link #headerRows(int)}. */
    public int headerRows() {
        return value(HEADER_ROWS);
    }

    /** See {@link #skipRows(long)}. */
    public long skipRows() {
        return value(SKIP_ROWS);
    }

    /** See {@link #firstTableOnly()}. */
    public boolean isFirstTableOnly() {
        return value(FIRST_TABLE_ONLY);
    }

    /** See {@link #nullTokens(String...)}. */
    public List<String> nullTokens() {
        return value(NULL_TOKENS);
    }

    /** See {@link #nullTokensOf}. */
    public Map<String, List<String>> nullTokensByColumn() {
        return value(NULL_TOKENS_OF);
    }

    /** See {@link #quotedEmptyAsNull()}. */
    public boolean isQuotedEmptyNull() {
        return value(QUOTED_EMPTY_AS_NULL);
    }

    /** See {@link #padShortRows()}. */
    public boolean padsShortRows() {
        return value(PAD_SHORT_ROWS);
    }

    /** See {@link #overflowColumn(String)}. */
    public Optional<String> overflowColumn() {
        return value(OVERFLOW_COLUMN);
    }

    /** See {@link #pathColumn(String)}. */
    public Optional<String> pathColumn() {
        return value(PATH_COLUMN);
    }

    /** See {@link #recordColumn(String)}. */
    public Optional<String> recordColumn() {
        return value(RECORD_COLUMN);
    }

    /** See {@link #columns(FileColumns)}. */
    public FileColumns columns() {
        return value(COLUMNS);
    }

    /** See {@link #allText()}. */
    public boolean isAllText() {
        return value(ALL_TEXT);
    }

    /** See {@link #schema(Schema)}. */
    @Override
    public Optional<Schema> schema() {
        return value(SCHEMA);
    }

    @Override
    public Optional<Schema> rowSchema() {
        return schema().map(this::rowSchema);
    }

    /**
     * The columns of the rows of files that have these columns: those, and then those that the options add.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code DUPLICATE_COLUMN}
     */
    public Schema rowSchema(Schema ofFiles) {
        List<Field> fields = new ArrayList<>(ofFiles.fields());
        overflowColumn().ifPresent(name -> fields.add(Field.optional(name, DataTypes.listOf(DataTypes.TEXT))));
        pathColumn().ifPresent(name -> fields.add(Field.required(name, DataTypes.TEXT)));
        recordColumn().ifPresent(name -> fields.add(Field.required(name, DataTypes.INT64)));
        return fields.size() == ofFiles.size() ? ofFiles : Schema.of(fields);
    }

    /** Columns by position are found by the names of all columns of the first file, so these are declared here. */
    @Override
    public CsvOptions bound(Schema rows) {
        if (columns() != FileColumns.POSITION || schema().isPresent()) {
            return this;
        }
        int added = rowSchema(Schema.of()).size();
        return schema(Schema.of(rows.fields().subList(0, rows.size() - added)));
    }

    /** See {@link #inferFrom(long)}. Empty: from every record. */
    public OptionalLong inferFrom() {
        return value(INFER_FROM).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** See {@link #errors(ErrorPolicy)}. */
    @Override
    public ErrorPolicy errors() {
        return value(ERRORS);
    }

    @Override
    public String format() {
        return "csv";
    }

    @Override
    public boolean isInferred() {
        return schema().isEmpty() && !isAllText();
    }

    private static char visible(String what, char character) {
        if (character == '\n' || character == '\r' || character == 0) {
            throw new IllegalArgumentException("the " + what + " has neither line ends nor NUL characters");
        }
        return character;
    }

    private <T> CsvOptions with(Setting<T> setting, T value) {
        Map<Setting<?>, Object> changed = new LinkedHashMap<>(settings);
        if (Objects.requireNonNull(value, setting.name).equals(setting.initial)) {
            changed.remove(setting);
        } else {
            changed.put(setting, value);
        }
        return new CsvOptions(Collections.unmodifiableMap(changed));
    }

    @SuppressWarnings("unchecked") // a value is only put beside the setting of its type
    private <T> T value(Setting<T> setting) {
        return (T) settings.getOrDefault(setting, setting.initial);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CsvOptions options && settings.equals(options.settings);
    }

    @Override
    public int hashCode() {
        return settings.hashCode();
    }

    /** The settings that differ from the defaults. */
    @Override
    public String toString() {
        return "CsvOptions" + settings;
    }

    /** One thing that can be said, and what holds where it is not. */
    private record Setting<T>(String name, T initial) {
        @Override
        public String toString() {
            return name;
        }
    }
}
