package io.millrace.cli;

import io.millrace.dataflow.csv.detect.CsvDetection;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.source.FileColumns;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceAccess;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the CSV files of a source are written. A saved plan says so itself. */
final class CsvArguments {
    /** What stands above these options in a command's help. */
    static final String HEADING = "%nHow the CSV files are written (a saved plan says so itself):%n";

    @Option(
            names = "--detect",
            description = "Find out how the first file is written; what other options say comes before it")
    private boolean detect;

    @Option(
            names = "--delimiter",
            paramLabel = "TEXT",
            description = "What stands between cells, one or several characters; 'tab' or '\\t' for a tab. Default: ,")
    private @Nullable String delimiter;

    @Option(
            names = "--quote",
            paramLabel = "C",
            description = "The character around cells; 'none' when no character is. Default: \"")
    private @Nullable String quote;

    @Option(
            names = "--escape",
            paramLabel = "C",
            description = "The character before a quote inside of a quoted cell. Default: the quote itself")
    private @Nullable String escape;

    @Option(names = "--encoding", paramLabel = "NAME", description = "How bytes become text. Default: UTF-8")
    private @Nullable String encoding;

    @Option(names = "--no-header", description = "The first record is data; columns are named Column1, Column2, ...")
    private boolean noHeader;

    @Option(
            names = "--header-rows",
            paramLabel = "N",
            description = "The first N records name the columns, their parts joined by spaces. Default: 1")
    private @Nullable Integer headerRows;

    @Option(names = "--skip-rows", paramLabel = "N", description = "Lines before the header to pass over. Default: 0")
    private long skipRows;

    @Option(names = "--comment", paramLabel = "C", description = "The character that makes a line a comment")
    private @Nullable String comment;

    @Option(
            names = "--null",
            paramLabel = "TEXT",
            description = "A text that means null, beside the empty one. May be repeated")
    private List<String> nulls = List.of();

    @Option(
            names = "--null-in",
            paramLabel = "COLUMN=TEXT",
            description = "A text that means null in one column. May be repeated")
    private List<String> nullsIn = List.of();

    @Option(names = "--quoted-empty-as-null", description = "Quoted empty cells are null, as unquoted ones are")
    private boolean quotedEmptyAsNull;

    @Option(
            names = "--first-table-only",
            description = "Leave out, and report, other tables below the first one of a file")
    private boolean firstTableOnly;

    @Option(names = "--pad-short-rows", description = "The cells that a short record lacks are null")
    private boolean padShortRows;

    @Option(
            names = "--overflow-column",
            paramLabel = "NAME",
            description = "A column for the cells of a record beyond the header")
    private @Nullable String overflowColumn;

    @Option(
            names = "--columns",
            paramLabel = "HOW",
            description = "The columns of files that differ: strict, union, intersection or position. Default: strict")
    private @Nullable String columns;

    @Option(names = "--path-column", paramLabel = "NAME", description = "A column for the file of a row")
    private @Nullable String pathColumn;

    @Option(
            names = "--record-column",
            paramLabel = "NAME",
            description = "A column for the number of the record in its file")
    private @Nullable String recordColumn;

    @Option(
            names = "--quarantine",
            paramLabel = "FILE.csv",
            description = "Leave out records that do not have the shape of the header, and write them there with the"
                    + " cells that do not fit. Default: end at the first such record")
    private @Nullable String quarantine;

    @Option(names = "--all-text", description = "Take every column as text; infer no types")
    private boolean allText;

    /**
     * The options that these arguments say of the files of a source.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT}; what reading the source throws, where it is looked at
     */
    CsvOptions options(Source source) {
        CsvOptions before = detect
                ? CsvDetection.of(source, SourceAccess.with(Credentials.none()), Cancellation.create())
                        .options()
                : CsvOptions.defaults();
        CsvOptions options = cells(table(dialect(before)));
        return allText ? options.allText() : options;
    }

    private CsvOptions dialect(CsvOptions defaults) {
        CsvOptions options = defaults;
        if (delimiter != null) {
            options = options.delimiter(delimiter(delimiter));
        }
        if ("none".equals(quote)) {
            options = options.withoutQuote();
        } else if (quote != null) {
            options = options.quote(character("--quote", quote));
        }
        if (escape != null && options.quote().isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot use --escape with --quote none: an escape stands before quotes");
        }
        if (escape != null) {
            options = options.escape(character("--escape", escape));
        }
        if (options.quote().equals(Optional.of(options.delimiter().charAt(0)))
                || options.escape().equals(Optional.of(options.delimiter().charAt(0)))) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot use '" + options.delimiter() + "' both between cells and in quotes",
                    "Give different characters with --delimiter, --quote and --escape");
        }
        if (encoding != null) {
            options = options.encoding(charset(encoding));
        }
        return comment == null ? options : options.comment(character("--comment", comment));
    }

    private CsvOptions table(CsvOptions dialect) {
        if (skipRows < 0) {
            throw refused(String.valueOf(skipRows), "--skip-rows", "it must be at least 0");
        }
        CsvOptions options = skipRows == 0 ? dialect : dialect.skipRows(skipRows);
        if (headerRows != null && (headerRows < 1 || headerRows > CsvOptions.MOST_HEADER_ROWS)) {
            throw refused(
                    headerRows.toString(),
                    "--header-rows",
                    "it must be 1 to " + CsvOptions.MOST_HEADER_ROWS + "; for no header there is --no-header");
        }
        options = headerRows == null ? options : options.headerRows(headerRows);
        options = noHeader ? options.withoutHeader() : options;
        options = firstTableOnly ? options.firstTableOnly() : options;
        options = padShortRows ? options.padShortRows() : options;
        options = overflowColumn == null ? options : options.overflowColumn(overflowColumn);
        options = columns == null ? options : options.columns(fileColumns(columns));
        options = pathColumn == null ? options : options.pathColumn(pathColumn);
        options = recordColumn == null ? options : options.recordColumn(recordColumn);
        return quarantine == null ? options : options.errors(quarantine(quarantine));
    }

    private static ErrorPolicy quarantine(String path) {
        try {
            return ErrorPolicy.quarantine(path);
        } catch (IllegalArgumentException notLocal) {
            // Not repeated, as a URL may hold a signature.
            throw DataflowException.of(ErrorCode.INVALID_ARGUMENT, "Cannot use --quarantine: " + notLocal.getMessage());
        }
    }

    private CsvOptions cells(CsvOptions table) {
        CsvOptions options = nulls.isEmpty() ? table : table.nullTokens(nulls.toArray(new String[0]));
        Map<String, List<String>> byColumn = new LinkedHashMap<>();
        for (String pair : nullsIn) {
            int end = pair.indexOf('=');
            if (end < 1) {
                throw refused(pair, "--null-in", "it must be COLUMN=TEXT");
            }
            byColumn.computeIfAbsent(pair.substring(0, end), column -> new ArrayList<>())
                    .add(pair.substring(end + 1));
        }
        for (Map.Entry<String, List<String>> column : byColumn.entrySet()) {
            options = options.nullTokensOf(column.getKey(), column.getValue().toArray(new String[0]));
        }
        return quotedEmptyAsNull ? options.quotedEmptyAsNull() : options;
    }

    /** The names of the arguments that were given, for a source that cannot have them. */
    List<String> given() {
        List<String> given = new ArrayList<>();
        add(given, "--detect", detect);
        add(given, "--delimiter", delimiter != null);
        add(given, "--quote", quote != null);
        add(given, "--escape", escape != null);
        add(given, "--encoding", encoding != null);
        add(given, "--no-header", noHeader);
        add(given, "--header-rows", headerRows != null);
        add(given, "--skip-rows", skipRows != 0);
        add(given, "--comment", comment != null);
        add(given, "--null", !nulls.isEmpty());
        add(given, "--null-in", !nullsIn.isEmpty());
        add(given, "--quoted-empty-as-null", quotedEmptyAsNull);
        add(given, "--first-table-only", firstTableOnly);
        add(given, "--pad-short-rows", padShortRows);
        add(given, "--overflow-column", overflowColumn != null);
        add(given, "--columns", columns != null);
        add(given, "--path-column", pathColumn != null);
        add(given, "--record-column", recordColumn != null);
        add(given, "--quarantine", quarantine != null);
        add(given, "--all-text", allText);
        return given;
    }

    private static void add(List<String> given, String name, boolean isGiven) {
        if (isGiven) {
            given.add(name);
        }
    }

    private static DataflowException refused(String text, String option, String reason) {
        return DataflowException.of(
                ErrorCode.INVALID_ARGUMENT, "Cannot use '" + text + "' as " + option + ": " + reason);
    }

    private static FileColumns fileColumns(String name) {
        for (FileColumns columns : FileColumns.values()) {
            if (columns.name().toLowerCase(Locale.ROOT).equals(name)) {
                return columns;
            }
        }
        throw DataflowException.of(
                ErrorCode.INVALID_ARGUMENT,
                "Cannot use '" + name + "' as --columns",
                Suggestion.lines(name, "It is one of", List.of("strict", "union", "intersection", "position")));
    }

    private static String delimiter(String text) {
        if (text.equals("\\t") || text.equals("tab")) {
            return "\t";
        }
        try {
            return CsvOptions.defaults().delimiter(text).delimiter();
        } catch (IllegalArgumentException refused) {
            throw refused(text, "--delimiter", String.valueOf(refused.getMessage()));
        }
    }

    private static char character(String option, String text) {
        if (text.equals("\\t") || text.equals("tab")) {
            return '\t';
        }
        if (text.length() != 1 || text.charAt(0) == '\n' || text.charAt(0) == '\r') {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot use '" + text + "' as " + option + ": it must be one character",
                    "Write tab for a tab");
        }
        return text.charAt(0);
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot use '" + name + "' as --encoding: no encoding has that name",
                    Suggestion.lines(
                            name,
                            "Encodings",
                            List.of("UTF-8", "UTF-16", "ISO-8859-1", "ISO-8859-15", "windows-1252", "US-ASCII")));
        }
    }
}
