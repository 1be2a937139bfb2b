package io.millrace.dataflow.spark;

import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows as bytes, the form in which they travel between tasks and to the driver: a count, then each row with the place
 * it came from and its cells, each a null, a value or an error. Not thread-safe.
 */
final class RowFormat {
    static final int NULL = 0;
    static final int VALUE = 1;
    static final int ERROR = 2;

    private final List<CellFormat> formats = new ArrayList<>();
    private final RowBuffer buffer = new RowBuffer();

    RowFormat(Schema schema) {
        schema.fields().forEach(field -> formats.add(CellFormat.of(field.type())));
    }

    /** The number of rows in an element. */
    static long count(byte[] element) {
        return new RowBuffer.Reader(element).readVarint();
    }

    /** All rows of a batch. The columns beyond those of the format are left out. */
    byte[] rows(Batch batch) {
        buffer.clear();
        buffer.putVarint(batch.rowCount());
        for (int row = 0; row < batch.rowCount(); row++) {
            write(batch, row, buffer);
        }
        return buffer.toBytes();
    }

    /** One row of a batch. The columns beyond those of the format are left out. */
    byte[] row(Batch batch, int row) {
        buffer.clear();
        buffer.putVarint(1);
        write(batch, row, buffer);
        return buffer.toBytes();
    }

    /** An element of rows that {@link #write} wrote into a buffer. */
    static byte[] element(int rows, RowBuffer written) {
        RowBuffer count = new RowBuffer();
        count.putVarint(rows);
        return count.toBytesWith(written);
    }

    /** Adds one row of a batch to those in a buffer. The columns beyond those of the format are left out. */
    void write(Batch batch, int row, RowBuffer out) {
        Optional<Positions> positions = batch.positions();
        if (positions.isPresent()) {
            out.putVarint(positions.get().ordinal(row) + 1L);
            out.putVarint(positions.get().record(row));
        } else {
            out.putVarint(0);
        }
        for (int column = 0; column < formats.size(); column++) {
            Cells cells = batch.cells(column);
            if (!cells.values().isNull(row)) {
                out.putByte(VALUE);
                formats.get(column).write(cells.values(), row, out);
            } else if (cells.errors().has(row)) {
                out.putByte(ERROR);
                write(cells.errors().at(row).orElseThrow(), out);
            } else {
                out.putByte(NULL);
            }
        }
    }

    private static void write(CellError error, RowBuffer out) {
        out.putText(error.code().name());
        out.putText(error.text());
        out.putText(error.file());
        out.putVarint(error.record());
        out.putText(error.step());
    }

    static CellError readError(RowBuffer.Reader in) {
        CellError.Code code = new CellError.Code(in.readText());
        String text = in.readText();
        String file = in.readText();
        long record = in.readVarint();
        return new CellError(code, text, file, record, in.readText());
    }
}
