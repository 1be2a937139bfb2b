package io.millrace.cli;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import io.millrace.dataflow.source.CsvOptions;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the CSV files of a source are written. A saved plan says so itself. */
final class CsvArguments {
    /** What stands above these options in a command's help. */
    static final String HEADING = "%nHow the CSV files are written (a saved plan says so itself):%n";

    @Option(
            names = "--delimiter",
            paramLabel = "C",
            description = "The character between cells; 'tab' or '\\t' for a tab. Default: ,")
    private @Nullable String delimiter;

    @Option(names = "--quote", paramLabel = "C", description = "The character around cells. Default: \"")
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

    @Option(names = "--skip-rows", paramLabel = "N", description = "Lines before the header to pass over. Default: 0")
    private long skipRows;

    @Option(names = "--comment", paramLabel = "C", description = "The character that makes a line a comment")
    private @Nullable String comment;

    @Option(
            names = "--null",
            paramLabel = "TEXT",
            description = "A text that means null, beside the empty one. May be repeated")
    private List<String> nulls = List.of();

    @Option(names = "--all-text", description = "Take every column as text; infer no types")
    private boolean allText;

    /** The options that these arguments say. */
    CsvOptions options() {
        CsvOptions options = CsvOptions.defaults();
        if (delimiter != null) {
            options = options.delimiter(character("--delimiter", delimiter));
        }
        if (quote != null) {
            options = options.quote(character("--quote", quote));
        }
        if (escape != null) {
            options = options.escape(character("--escape", escape));
        }
        if (options.delimiter() == options.quote() || options.delimiter() == options.escape()) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot use '" + options.delimiter() + "' both between cells and in quotes",
                    "Give different characters with --delimiter, --quote and --escape");
        }
        if (encoding != null) {
            options = options.encoding(charset(encoding));
        }
        if (skipRows < 0) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT, "Cannot use '" + skipRows + "' as --skip-rows: it must be at least 0");
        }
        options = options.skipRows(skipRows);
        if (comment != null) {
            options = options.comment(character("--comment", comment));
        }
        if (!nulls.isEmpty()) {
            options = options.nullTokens(nulls.toArray(new String[0]));
        }
        options = noHeader ? options.withoutHeader() : options;
        return allText ? options.allText() : options;
    }

    /** The names of the arguments that were given, for a source that cannot have them. */
    List<String> given() {
        List<String> given = new ArrayList<>();
        add(given, "--delimiter", delimiter != null);
        add(given, "--quote", quote != null);
        add(given, "--escape", escape != null);
        add(given, "--encoding", encoding != null);
        add(given, "--no-header", noHeader);
        add(given, "--skip-rows", skipRows != 0);
        add(given, "--comment", comment != null);
        add(given, "--null", !nulls.isEmpty());
        add(given, "--all-text", allText);
        return given;
    }

    private static void add(List<String> given, String name, boolean isGiven) {
        if (isGiven) {
            given.add(name);
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
