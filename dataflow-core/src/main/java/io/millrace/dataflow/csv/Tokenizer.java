package io.millrace.dataflow.csv;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvFormat;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.UnescapedQuoteHandling;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.source.CsvOptions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Splits the text of one file into records of cells, by Univocity's parser. A null cell is an unquoted empty one or an
 * unquoted null token. A blank line is a record of one null cell.
 *
 * <p>Univocity's own selection of columns is never used: it loses rows.
 */
final class Tokenizer implements AutoCloseable {
    /** The most cells of a record. */
    static final int MOST_CELLS = 1 << 16;

    private static final int BUFFER_CHARACTERS = 1 << 16;
    private static final char NONE = '\0';

    private final DecodedText text;
    private final String file;
    private final Set<String> nullTokens;
    private final CsvParser parser;
    private long line;

    private Tokenizer(DecodedText text, String file, CsvOptions options) {
        this.text = text;
        this.file = file;
        this.nullTokens = Set.copyOf(options.nullTokens());
        this.parser = new CsvParser(settings(options));
    }

    /** The records of a text, which is closed with them. */
    static Tokenizer of(DecodedText text, String file, CsvOptions options) {
        Tokenizer tokenizer = new Tokenizer(text, file, options);
        tokenizer.attempt(() -> tokenizer.parser.beginParsing(text));
        return tokenizer;
    }

    private static CsvParserSettings settings(CsvOptions options) {
        CsvParserSettings settings = new CsvParserSettings();
        CsvFormat format = settings.getFormat();
        format.setDelimiter(options.delimiter());
        format.setQuote(options.quote());
        format.setQuoteEscape(options.escape());
        format.setCharToEscapeQuoteEscaping(options.escape() == options.quote() ? NONE : options.escape());
        // DecodedText makes every line end outside quotes a line feed.
        format.setLineSeparator("\n");
        format.setNormalizedNewline('\n');
        format.setComment(options.comment().orElse(NONE));
        settings.setCommentProcessingEnabled(options.comment().isPresent());
        settings.setUnescapedQuoteHandling(UnescapedQuoteHandling.STOP_AT_CLOSING_QUOTE);
        settings.trimValues(false);
        settings.setNullValue(null);
        settings.setEmptyValue("");
        settings.setSkipEmptyLines(false);
        settings.setMaxCharsPerColumn(-1);
        settings.setMaxColumns(MOST_CELLS);
        settings.setNormalizeLineEndingsWithinQuotes(false);
        settings.setReadInputOnSeparateThread(false);
        settings.setInputBufferSize(BUFFER_CHARACTERS);
        // Without it the message of a failure repeats the text of the record.
        settings.setErrorContentLength(0);
        return settings;
    }

    /** The cells of the next record, or null after the last. The caller may change the array. */
    @Nullable
    String @Nullable [] next() {
        @Nullable String[][] holder = new String[1][];
        attempt(() -> holder[0] = parser.parseNext());
        @Nullable String[] cells = holder[0];
        if (cells != null) {
            line = text.takeRecordLine();
        }
        if (cells != null && !nullTokens.isEmpty()) {
            for (int i = 0; i < cells.length; i++) {
                String cell = cells[i];
                if (cell != null && !cell.isEmpty() && cell.charAt(0) == DecodedText.QUOTED) {
                    cells[i] = cell.substring(1);
                } else if (cell != null && nullTokens.contains(cell)) {
                    cells[i] = null;
                }
            }
        }
        return cells;
    }

    /** The number of characters taken by the records so far. */
    long characters() {
        return parser.getContext().currentChar();
    }

    /** The text of the record given last, without its line end, bytes that are no text written as {@code \\xE9}. */
    String text() {
        String content = parser.getContext().currentParsedContent();
        String marked =
                content == null ? "" : content.endsWith("\n") ? content.substring(0, content.length() - 1) : content;
        return DecodedText.printable(
                nullTokens.isEmpty() ? marked : marked.replace(String.valueOf(DecodedText.QUOTED), ""));
    }

    /** The line on which the record given last begins, the first of the file being 1. */
    long line() {
        return line;
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (TextParsingException failed) {
            DataflowException ofText = text.failure();
            if (ofText != null) {
                throw ofText;
            }
            throw unreadable().causedBy(failed);
        } catch (StackOverflowError tooManyStrayQuotes) {
            // The parser calls itself for each quote inside a quoted cell that is neither doubled nor escaped.
            throw unreadable().causedBy(tooManyStrayQuotes);
        }
    }

    private DataflowException unreadable() {
        return DataflowException.of(
                ErrorCode.MALFORMED_ROW,
                "Cannot read the record on line " + DecodedText.number(text.takeRecordLine()) + " of " + file
                        + ": it has more than " + DecodedText.number(MOST_CELLS)
                        + " cells, or too many quotes that are not doubled",
                "Check the delimiter and the quote");
    }

    @Override
    public void close() {
        parser.stopParsing();
    }
}
