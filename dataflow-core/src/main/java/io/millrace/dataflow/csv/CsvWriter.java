package io.millrace.dataflow.csv;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.format.ErrorCells;
import io.millrace.dataflow.format.LineEnd;
import io.millrace.dataflow.format.RowWriter;
import io.millrace.dataflow.kernel.CellOutput;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches as CSV that reads back equal with the same options and schema: RFC 4180 by default, with a header
 * record unless the options say otherwise, and lines that end in a line feed.
 *
 * <p>Null is an empty cell and empty text a quoted one, {@code ""}. An error value is written as null. Cells are quoted
 * only where reading them needs it. A delimiter, quote or escape other than the default is taken from the options, as
 * are the encoding, a comment character and null tokens, which quoted text cannot be taken for. Lines to be skipped before
 * the header are empty ones.
 *
 * <p>One thing has no text: columns of blank names, which a reader names by their positions.
 */
public final class CsvWriter implements RowWriter {
    /** Bytes are handed on after the record with which there are so many. */
    private static final int HANDED_ON = 1 << 16;

    private static final int MOST_SHOWN = 100;

    private final OutputStream stream;
    /** Takes the text where the encoding is not UTF-8. */
    private final @Nullable Writer encoded;

    private final Schema schema;
    private final CsvOptions options;
    private final CellQuotes quotes;
    private final CellOutput.Appender[] appenders;
    private final boolean[] mayNeedQuotes;
    private final CellOutput output = new CellOutput(HANDED_ON + (HANDED_ON >> 3));
    private byte[] lineEnd = {'\n'};
    private ErrorCells errors = ErrorCells.AS_NULL;
    private boolean begun;
    private boolean closed;

    private CsvWriter(OutputStream stream, Schema schema, CsvOptions options) {
        this.stream = Objects.requireNonNull(stream, "stream");
        this.schema = Objects.requireNonNull(schema, "schema");
        this.options = Objects.requireNonNull(options, "options");
        this.quotes = new CellQuotes(options, schema.names());
        this.encoded = options.encoding().equals(StandardCharsets.UTF_8)
                ? null
                : new OutputStreamWriter(
                        stream,
                        options.encoding()
                                .newEncoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT));
        this.appenders = new CellOutput.Appender[schema.size()];
        this.mayNeedQuotes = new boolean[schema.size()];
        for (int column = 0; column < appenders.length; column++) {
            DataType type = schema.field(column).type();
            appenders[column] = CellOutput.appender(type);
            boolean isText = type instanceof DataType.Text
                    || type instanceof DataType.Binary
                    || type instanceof DataType.ListOf
                    || type instanceof DataType.Struct;
            mayNeedQuotes[column] = isText || !quotes.leavesValues(column);
        }
    }

    /**
     * Starts to write to a stream, in the encoding of the options. The header is written with the first batch, or at the
     * end. The stream is closed with the writer.
     *
     * @throws DataflowException when writing, {@code IO_FAILED}; {@code INVALID_ENCODING} when the encoding has no bytes
     *     for a character
     */
    public static CsvWriter to(OutputStream stream, Schema schema, CsvOptions options) {
        return new CsvWriter(stream, schema, options);
    }

    /** This writer, with another fate of error values: {@code AS_TEXT} writes their texts. */
    CsvWriter errors(ErrorCells cells) {
        errors = cells;
        return this;
    }

    /** This writer, with other ends of its lines. */
    CsvWriter lineEnd(LineEnd end) {
        lineEnd = end.text().getBytes(StandardCharsets.US_ASCII);
        return this;
    }

    @Override
    public void write(Batch batch) {
        if (!batch.schema().names().equals(schema.names())) {
            throw new IllegalArgumentException("a batch of " + batch.schema() + " for a file of " + schema);
        }
        attempt(() -> {
            begin();
            List<Cells> columns = batch.columns();
            FieldVector[] vectors = new FieldVector[columns.size()];
            CellErrors[] texts = new CellErrors[columns.size()];
            for (int column = 0; column < vectors.length; column++) {
                vectors[column] = columns.get(column).values();
                texts[column] =
                        errors == ErrorCells.AS_TEXT ? columns.get(column).errors() : CellErrors.none();
            }
            for (int row = 0; row < batch.rowCount(); row++) {
                writeRow(vectors, texts, row);
            }
        });
    }

    private void writeRow(FieldVector[] vectors, CellErrors[] texts, int row) throws IOException {
        byte[] delimiter = quotes.delimiter();
        for (int column = 0; column < vectors.length; column++) {
            if (column > 0) {
                output.put(delimiter, 0, delimiter.length);
            }
            if (!vectors[column].isNull(row)) {
                int from = output.size();
                appenders[column].append(output, vectors[column], row);
                if (mayNeedQuotes[column]) {
                    quote(from, column);
                }
            } else if (!texts[column].isEmpty() && texts[column].has(row)) {
                writeText(texts[column].at(row).orElseThrow().text(), column);
            }
        }
        endLine();
    }

    private void begin() throws IOException {
        if (begun) {
            return;
        }
        begun = true;
        for (long line = 0; line < options.skipRows(); line++) {
            endLine();
        }
        if (options.hasHeader()) {
            for (int column = 0; column < schema.size(); column++) {
                if (column > 0) {
                    output.put(quotes.delimiter(), 0, quotes.delimiter().length);
                }
                writeText(schema.field(column).name(), column);
            }
            endLine();
            for (int row = 1; row < options.headerRows(); row++) {
                // Blank parts of the names, which reading leaves out.
                output.put(options.delimiter().repeat(Math.max(0, schema.size() - 1)));
                if (schema.size() == 1) {
                    output.put(quotes.quote(), 0, quotes.quote().length);
                    output.put(quotes.quote(), 0, quotes.quote().length);
                }
                endLine();
            }
        }
    }

    private void quote(int from, int column) {
        if (!quotes.quote(output, from, column)) {
            throw unquotable(new String(output.bytes(), from, output.size() - from, StandardCharsets.UTF_8), column);
        }
    }

    private DataflowException unquotable(String text, int column) {
        String cell = text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
        return DataflowException.of(
                ErrorCode.INVALID_ARGUMENT,
                "Cannot write '" + cell.replace("\n", "\\n").replace("\r", "\\r") + "' in column '"
                        + schema.field(column).name() + "' without quotes: it would not read back as it is",
                "Set a quote, or a delimiter that no cell holds");
    }

    private void writeText(String text, int column) {
        int from = output.size();
        output.put(text);
        quote(from, column);
    }

    private void endLine() throws IOException {
        output.put(lineEnd, 0, lineEnd.length);
        if (output.size() >= HANDED_ON) {
            handOn();
        }
    }

    private void handOn() throws IOException {
        if (encoded == null) {
            stream.write(output.bytes(), 0, output.size());
        } else {
            encoded.write(new String(output.bytes(), 0, output.size(), StandardCharsets.UTF_8));
        }
        output.cut(0);
    }

    @Override
    public void finish() {
        attempt(() -> {
            begin();
            handOn();
            if (encoded == null) {
                stream.flush();
            } else {
                encoded.flush();
            }
        });
    }

    /** Writes what is still held and closes the stream. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            attempt(() -> {
                try {
                    begin();
                    handOn();
                    if (encoded != null) {
                        encoded.close();
                    }
                } finally {
                    stream.close();
                }
            });
        }
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
