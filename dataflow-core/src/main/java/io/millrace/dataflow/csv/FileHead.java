package io.millrace.dataflow.csv;

import io.millrace.dataflow.csv.scan.CellContent;
import io.millrace.dataflow.csv.scan.ChunkReader;
import io.millrace.dataflow.csv.scan.ChunkRecords.Run;
import io.millrace.dataflow.csv.scan.RecordCursor;
import io.millrace.dataflow.csv.scan.RecordIndex;
import io.millrace.dataflow.csv.scan.RecordShape;
import io.millrace.dataflow.csv.scan.ScanDialect;
import io.millrace.dataflow.encoding.Utf8Stream;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the first records of a file say of all: the names of its columns, and so how many cells a record has. The scanner
 * stands behind them, or before them where they are data.
 */
final class FileHead implements AutoCloseable {
    private final String file;
    private final CsvOptions options;
    private final ScanDialect dialect;
    private final RecordCursor cursor;
    private final List<String> names;
    private final String widthOrigin;

    private FileHead(String file, CsvOptions options, ScanDialect dialect, RecordCursor cursor) {
        this.file = file;
        this.options = options;
        this.dialect = dialect;
        this.cursor = cursor;
        cursor.skipLines(options.skipRows());
        RecordCursor.Mark start = cursor.mark();
        boolean oneColumn =
                !options.hasHeader() && options.schema().map(s -> s.size() == 1).orElse(false);
        boolean found = cursor.next();
        while (found && isBlank(cursor.record()) && !oneColumn) {
            found = cursor.next();
        }
        boolean mayBeEmpty = !options.hasHeader() && options.schema().isPresent();
        if (!found && !mayBeEmpty) {
            throw DataflowException.of(
                    ErrorCode.EMPTY_SOURCE,
                    "Cannot read " + file + ": it is empty",
                    options.hasHeader()
                            ? "A CSV file has at least a header record"
                            : "A CSV file without a header has at least one record");
        }
        if (options.hasHeader()) {
            this.names = CsvHeader.names(header(), options, file);
            this.widthOrigin = "the header";
        } else {
            this.names = options.schema()
                    .map(schema -> List.copyOf(schema.names()))
                    .orElseGet(() -> CsvHeader.numbered(cells(cursor.record()).length));
            this.widthOrigin = options.schema().isPresent() ? "the schema" : "the first record";
            cursor.reset(start);
        }
    }

    /**
     * Reads the head of a file, whose stream is closed with it or what is made of it.
     *
     * @throws DataflowException {@code EMPTY_SOURCE}; {@code INVALID_ENCODING} for a header that is no text
     */
    static FileHead read(InputStream stored, String file, CsvOptions options, ScanDialect dialect) {
        Utf8Stream text = Utf8Stream.open(stored, file, options.encoding());
        try {
            return new FileHead(file, options, dialect, RecordCursor.open(text, file, dialect));
        } catch (RuntimeException | Error failure) {
            try {
                text.close();
            } catch (IOException closing) {
                failure.addSuppressed(closing);
            }
            throw failure;
        }
    }

    private void requireText() {
        if (cursor.isText()) {
            return;
        }
        if (options.errors() instanceof ErrorPolicy.Fail) {
            throw cursor.noText();
        }
        throw DataflowException.of(
                ErrorCode.INVALID_ENCODING,
                "Cannot read the header of " + file + ": it holds bytes that are no text",
                "Set the encoding of the file, for example windows-1252");
    }

    /** The names of all columns of the file, in its order. */
    List<String> names() {
        return names;
    }

    /** The text of the file. */
    Utf8Stream text() {
        return cursor.text();
    }

    /** What the records of the file must be. */
    RecordShape shape() {
        return new RecordShape(file, names.size(), widthOrigin, options.errors());
    }

    /** The records that begin before a place of the file, which are closed in place of this. */
    ChunkReader records(Cancellation cancellation, long to) {
        return cursor.rest(dialect(), cancellation, to);
    }

    /** How the records behind the head are written. */
    ScanDialect dialect() {
        return names.size() == 1 ? dialect.withBlankRecords() : dialect;
    }

    /** Whether a part of the file can be read without what is before it. */
    boolean isDivisible() {
        return cursor.text().isPlain();
    }

    /** Where the records begin. */
    long end() {
        return cursor.nextOffset();
    }

    /** The number of lines before them. */
    long linesBefore() {
        return cursor.nextLine() - 1;
    }

    @Override
    public void close() {
        cursor.close();
    }

    private boolean isBlank(Run record) {
        RecordIndex index = record.index();
        int cell = record.from();
        return index.cells(cell) == 1 && index.from(cell, 0) == index.to(cell, 0);
    }

    /** The records of the header, blank lines among them left out. */
    private List<@Nullable String[]> header() {
        List<@Nullable String[]> header = new ArrayList<>();
        requireText();
        header.add(cells(cursor.record()));
        while (header.size() < options.headerRows()) {
            if (!cursor.next()) {
                throw DataflowException.of(
                        ErrorCode.EMPTY_SOURCE,
                        "Cannot read the header of " + file + ": it has " + options.headerRows()
                                + " rows, and the file has " + header.size(),
                        "Set another number with csv.headerRows(...)");
            }
            if (!isBlank(cursor.record())) {
                requireText();
                header.add(cells(cursor.record()));
            }
        }
        return header;
    }

    private @Nullable String[] cells(Run record) {
        CellContent content = new CellContent(dialect);
        @Nullable String[] cells = new String[record.index().cells(record.from())];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = content.text(record.index(), record.from(), i);
        }
        return cells;
    }
}
