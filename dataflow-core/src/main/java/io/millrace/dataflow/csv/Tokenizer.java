package io.millrace.dataflow.csv;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvFormat;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.UnescapedQuoteHandling;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.source.CsvOptions;
import java.util.List;
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

    /** The cells of every blank line, told from others by identity: a text that means null is none. Not to be changed. */
    static final @Nullable String[] BLANK = new String[1];

    private static final int BUFFER_CHARACTERS = 1 << 16;
    private static final char NONE = TextDialect.NONE;

    private final DecodedText text;
    private final String file;
    private final Set<String> nullTokens;
    private final boolean marksQuoted;
    private final @Nullable String longDelimiter;
    private final CsvParser parser;
    private List<Set<String>> nullTokensByPosition = List.of();
    private long line;

    private Tokenizer(DecodedText text, String file, CsvOptions options) {
        this.text = text;
        this.file = file;
        this.nullTokens = Set.copyOf(options.nullTokens());
        this.marksQuoted = DecodedText.marksQuoted(options);
        this.longDelimiter = TextDialect.of(options).longDelimiter().orElse(null);
        this.parser = new CsvParser(settings(options));
    }

    /** The records of a text, which is closed with them. */
    static Tokenizer of(DecodedText text, String file, CsvOptions options) {
        Tokenizer tokenizer = new Tokenizer(text, file, options);
        tokenizer.attempt(() -> tokenizer.parser.beginParsing(text));
        return tokenizer;
    }

    private static CsvParserSettings settings(CsvOptions options) {
        TextDialect dialect = TextDialect.of(options);
        CsvParserSettings settings = new CsvParserSettings();
        CsvFormat format = settings.getFormat();
        format.setDelimiter(dialect.delimiter());
        format.setQuote(dialect.quote());
        format.setQuoteEscape(dialect.escape());
        format.setCharToEscapeQuoteEscaping(dialect.escape() == dialect.quote() ? NONE : dialect.escape());
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

    /** The cells of the next record, or {@link #BLANK}, or null after the last. */
    @Nullable
    String @Nullable [] next() {
        @Nullable String[][] holder = new String[1][];
        attempt(() -> holder[0] = parser.parseNext());
        @Nullable String[] cells = holder[0];
        if (cells != null) {
            line = text.takeRecordLine();
            if (cells.length == 1 && cells[0] == null) {
                return BLANK;
            }
            if (longDelimiter != null) {
                restoreDelimiters(cells, longDelimiter);
            }
            if (marksQuoted) {
                takeNulls(cells);
            }
        }
        return cells;
    }

    /** As {@link #next}, with its line and text. */
    @Nullable
    TextRecord nextRecord() {
        @Nullable String[] cells = next();
        return cells == null ? null : new TextRecord(cells, line, text());
    }

    /** Texts that mean null in some columns, by position, from the next record on. */
    void nullTokensByPosition(List<Set<String>> tokens) {
        nullTokensByPosition = List.copyOf(tokens);
    }

    private static void restoreDelimiters(@Nullable String[] cells, String delimiter) {
        for (int i = 0; i < cells.length; i++) {
            String cell = cells[i];
            if (cell != null) {
                cells[i] = LongDelimiter.restored(cell, delimiter);
            }
        }
    }

    private void takeNulls(@Nullable String[] cells) {
        for (int i = 0; i < cells.length; i++) {
            String cell = cells[i];
            if (cell != null && cell.indexOf(DecodedText.QUOTED) >= 0) {
                // Behind a stray quote it need not stand first.
                cells[i] = cell.replace(String.valueOf(DecodedText.QUOTED), "");
            } else if (cell != null && (nullTokens.contains(cell) || isNullAt(i, cell))) {
                cells[i] = null;
            }
        }
    }

    private boolean isNullAt(int position, String cell) {
        return position < nullTokensByPosition.size()
                && nullTokensByPosition.get(position).contains(cell);
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
        String unmarked = marksQuoted ? marked.replace(String.valueOf(DecodedText.QUOTED), "") : marked;
        return DecodedText.printable(
                longDelimiter == null ? unmarked : LongDelimiter.restored(unmarked, longDelimiter));
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
