package io.millrace.dataflow.csv;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.format.ErrorCells;
import io.millrace.dataflow.format.RowWriter;
import io.millrace.dataflow.kernel.CellText;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Writes batches as CSV that reads back equal with the same options and schema: RFC 4180 by default, with a header
 * record unless the options say otherwise, and lines that end in a line feed.
 *
 * <p>Null is an empty cell and empty text a quoted one, {@code ""}. An error value is written as null. Cells are quoted
 * only where reading them needs it. A delimiter, quote or escape other than the default is taken from the options, as
 * are the encoding, a comment character and null tokens, which quoted text cannot be taken for.
 *
 * <p>Two things have no text: a null in the only column before the first value of a file without a header, and columns
 * of blank names.
 */
public final class CsvWriter implements RowWriter {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int MOST_SHOWN = 100;

    private final Writer writer;
    private final Schema schema;
    private final CsvOptions options;
    private final Set<String> nullTokens;
    private final char quote;
    private final char escape;
    private ErrorCells errors = ErrorCells.AS_NULL;
    private boolean closed;

    private CsvWriter(Writer writer, Schema schema, CsvOptions options) {
        this.writer = Objects.requireNonNull(writer, "writer");
        this.schema = Objects.requireNonNull(schema, "schema");
        this.options = Objects.requireNonNull(options, "options");
        this.nullTokens = Set.copyOf(options.nullTokens());
        TextDialect.require(options);
        TextDialect dialect = TextDialect.of(options);
        this.quote = dialect.quote();
        this.escape = dialect.escape();
    }

    /**
     * Starts to write to a stream, in the encoding of the options, and writes the header. The stream is closed with the
     * writer.
     *
     * @throws DataflowException {@code IO_FAILED}; {@code INVALID_ENCODING} when the encoding has no bytes for a
     *     character, here and when writing
     */
    public static CsvWriter to(OutputStream stream, Schema schema, CsvOptions options) {
        Writer encoded = new OutputStreamWriter(
                stream,
                options.encoding()
                        .newEncoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        return to(new BufferedWriter(encoded, 1 << 16), schema, options);
    }

    /** This writer, with another fate of error values: {@code AS_TEXT} writes their texts. */
    CsvWriter errors(ErrorCells cells) {
        errors = cells;
        return this;
    }

    /** Starts to write to a writer, which is closed with this one, and writes the header. */
    public static CsvWriter to(Writer writer, Schema schema, CsvOptions options) {
        CsvWriter csv = new CsvWriter(writer, schema, options);
        if (options.hasHeader()) {
            csv.attempt(csv::writeHeader);
        }
        return csv;
    }

    @Override
    public void write(Batch batch) {
        if (!batch.schema().names().equals(schema.names())) {
            throw new IllegalArgumentException("a batch of " + batch.schema() + " for a file of " + schema);
        }
        attempt(() -> {
            for (int row = 0; row < batch.rowCount(); row++) {
                for (int column = 0; column < batch.columns().size(); column++) {
                    writeDelimiter(column);
                    Cells cells = batch.cells(column);
                    if (errors == ErrorCells.AS_TEXT && cells.errors().has(row)) {
                        writeCell(cells.errors().at(row).orElseThrow().text(), column);
                    } else if (!cells.values().isNull(row)) {
                        writeCell(CellText.format(cells.type(), cells.values(), row), column);
                    }
                }
                writer.write('\n');
            }
        });
    }

    @Override
    public void finish() {
        attempt(writer::flush);
    }

    /** Writes what is still held and closes the stream. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            attempt(writer::close);
        }
    }

    private void writeHeader() throws IOException {
        for (int column = 0; column < schema.size(); column++) {
            writeDelimiter(column);
            writeCell(schema.field(column).name(), column);
        }
        writer.write('\n');
        for (int row = 1; row < options.headerRows(); row++) {
            // Blank parts of the names, which reading leaves out.
            writer.write(options.delimiter().repeat(Math.max(0, schema.size() - 1)));
            writer.write(schema.size() == 1 ? String.valueOf(quote).repeat(2) : "");
            writer.write('\n');
        }
    }

    private void writeDelimiter(int column) throws IOException {
        if (column > 0) {
            writer.write(options.delimiter());
        }
    }

    private void writeCell(String text, int column) throws IOException {
        if (!needsQuotes(text, column)) {
            writer.write(text);
            return;
        }
        if (quote == TextDialect.NONE) {
            throw unquotable(text, column);
        }
        writer.write(quote);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote || c == escape) {
                writer.write(escape);
            }
            writer.write(c);
        }
        writer.write(quote);
    }

    private DataflowException unquotable(String text, int column) {
        String cell = text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
        return DataflowException.of(
                ErrorCode.INVALID_ARGUMENT,
                "Cannot write '" + cell.replace("\n", "\\n").replace("\r", "\\r") + "' in column '"
                        + schema.field(column).name() + "' without quotes: it would not read back as it is",
                "Set a quote, or a delimiter that no cell holds");
    }

    private boolean needsQuotes(String text, int column) {
        if (text.isEmpty() || nullTokens.contains(text) || isNullToken(text, column)) {
            return true;
        }
        char first = text.charAt(0);
        if (first == BYTE_ORDER_MARK
                || (column == 0
                        && options.comment().isPresent()
                        && first == options.comment().get())) {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // A cell that ends with the begin of a long delimiter would move it.
            if (c == options.delimiter().charAt(0) || c == quote || c == '\n' || c == '\r') {
                return true;
            }
        }
        return false;
    }

    private boolean isNullToken(String text, int column) {
        return options.nullTokensByColumn()
                .getOrDefault(schema.field(column).name(), List.of())
                .contains(text);
    }

    private void attempt(Writing writing) {
        try {
            writing.run();
        } catch (CharacterCodingException unmappable) {
            throw DataflowException.of(
                            ErrorCode.INVALID_ENCODING,
                            "Cannot write a character that " + options.encoding() + " does not have",
                            "Write in UTF-8")
                    .causedBy(unmappable);
        } catch (IOException failed) {
            throw DataflowException.of(ErrorCode.IO_FAILED, "Cannot write CSV: " + failed.getMessage())
                    .causedBy(failed);
        }
    }

    private interface Writing {
        void run() throws IOException;
    }
}
