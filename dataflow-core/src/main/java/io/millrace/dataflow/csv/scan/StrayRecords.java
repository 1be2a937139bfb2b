package io.millrace.dataflow.csv.scan;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvFormat;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.UnescapedQuoteHandling;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Records with text behind a closing quote, which Univocity's parser takes apart, written anew with the quotes that their
 * cells should have had. Bytes become characters one to one, so that none is changed.
 */
final class StrayRecords {
    /** Stands for NUL, which the parser has another use for. */
    private static final char NUL = '\u0100';
    /** Follows each quote that opens a cell. */
    private static final char QUOTED = '\u0101';

    private static final int MOST_CELLS = 1 << 16;

    private final Workbench bench;
    private final ScanDialect dialect;
    private final CsvParser parser;
    private byte[] bytes = new byte[256];
    private int length;

    StrayRecords(Workbench bench) {
        this.bench = bench;
        this.dialect = bench.dialect;
        this.parser = new CsvParser(settings(dialect));
    }

    private static CsvParserSettings settings(ScanDialect dialect) {
        CsvParserSettings settings = new CsvParserSettings();
        CsvFormat format = settings.getFormat();
        format.setDelimiter((char) dialect.delimiter());
        format.setQuote((char) dialect.quote());
        format.setQuoteEscape((char) dialect.escape());
        format.setCharToEscapeQuoteEscaping(dialect.escape() == dialect.quote() ? '\0' : (char) dialect.escape());
        format.setLineSeparator("\n");
        format.setNormalizedNewline('\n');
        settings.setCommentProcessingEnabled(false);
        settings.setUnescapedQuoteHandling(UnescapedQuoteHandling.STOP_AT_CLOSING_QUOTE);
        settings.trimValues(false);
        settings.setNullValue(null);
        settings.setEmptyValue("");
        settings.setSkipEmptyLines(false);
        settings.setMaxCharsPerColumn(-1);
        settings.setMaxColumns(MOST_CELLS);
        settings.setNormalizeLineEndingsWithinQuotes(false);
        settings.setReadInputOnSeparateThread(false);
        settings.setInputBufferSize(1 << 12);
        settings.setErrorContentLength(0);
        return settings;
    }

    /** Adds the stray ones of some records. */
    void add(RecordIndex index, int from) {
        for (int i = index.strayFrom(from); i < index.strayCount; i++) {
            int record = index.strays[i];
            String text = text(index.bytes, index.starts[record], index.end(record));
            try {
                parser.beginParsing(new StringReader(text));
                boolean first = true;
                // What the parser takes for another record is kept as more cells of this one, and so does not fit.
                for (@Nullable String[] cells = parser.parseNext(); cells != null; cells = parser.parseNext()) {
                    for (@Nullable String cell : cells) {
                        if (!first) {
                            append((byte) dialect.delimiter());
                        }
                        first = false;
                        write(cell);
                    }
                }
            } catch (TextParsingException | StackOverflowError unreadable) {
                // The parser calls itself for each quote inside a quoted cell that is neither doubled nor escaped.
                throw ScanFailures.unreadable(bench.file, index.line(record), unreadable);
            }
            append((byte) '\n');
        }
    }

    /** All records that were added. */
    RecordIndex index() {
        RecordIndex index = new RecordIndex();
        new RecordTokenizer(dialect).tokenize(Arrays.copyOf(bytes, length + Words.SLACK), 0, length, index);
        return index;
    }

    private String text(byte[] source, int from, int to) {
        StringBuilder text = new StringBuilder(to - from + 16);
        byte[] transitions = dialect.transitions();
        int state = RecordStates.RECORD_START;
        for (int i = from; i < to; i++) {
            int value = source[i] & 0xff;
            boolean opens = RecordStates.opensQuote(state, transitions[(state << 8) | value]);
            state = transitions[(state << 8) | value];
            text.append(value == 0 ? NUL : (char) value);
            if (opens) {
                text.append(QUOTED);
            }
        }
        return text.append('\n').toString();
    }

    private void write(@Nullable String cell) {
        if (cell == null) {
            return;
        }
        boolean quoted = !cell.isEmpty() && cell.charAt(0) == QUOTED;
        byte quote = (byte) dialect.quote();
        if (quoted) {
            append(quote);
        }
        byte[] content = cell.substring(quoted ? 1 : 0).replace(NUL, '\0').getBytes(StandardCharsets.ISO_8859_1);
        for (byte b : content) {
            if (quoted && (b == quote || b == dialect.escape())) {
                append((byte) dialect.escape());
            }
            append(b);
        }
        if (quoted) {
            append(quote);
        }
    }

    private void append(byte b) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = b;
    }
}
