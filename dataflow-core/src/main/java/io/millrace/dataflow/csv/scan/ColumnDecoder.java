package io.millrace.dataflow.csv.scan;

import io.millrace.dataflow.kernel.CellText;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.ArrowTypes;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * Makes one column of the rows of a chunk. Each type has a loop over the cells that writes plain values into an array;
 * what is not plain is put off until the array is in the vector, and then decided by {@link CellText}.
 *
 * <p>Quoted empty text is a value of a text or binary column and null in any other: programs that quote every cell write
 * nulls so.
 */
abstract class ColumnDecoder {
    final int position;
    final int quote;
    final ColumnScratch scratch;
    private final ScanDialect dialect;
    private final DataType type;
    private final List<Later> later = new ArrayList<>();

    private final CellContent content;
    /** A cell that is decided when the others are in the vector: an error, or a text to parse where there is no code. */
    private record Later(int row, String text, CellError.Code code) {}

    ColumnDecoder(ScanDialect dialect, DataType type, int position, ColumnScratch scratch) {
        this.dialect = dialect;
        this.content = new CellContent(dialect);
        this.quote = dialect.quote();
        this.type = type;
        this.position = position;
        this.scratch = scratch;
    }

    /** A decoder for the cells at a position of their records; for a negative one, of cells that are all null. */
    static ColumnDecoder of(ScanDialect dialect, DataType type, int position, ColumnScratch scratch) {
        return type.accept(new DecoderOfType(dialect, position, scratch));
    }

    /** The column. The caller closes it. */
    final Cells decode(String name, KeptRecords kept, CellOrigin origin, BufferAllocator allocator) {
        FieldVector vector = ArrowTypes.vector(name, type, allocator);
        boolean complete = false;
        try {
            int rows = kept.rows();
            scratch.begin(rows);
            begin();
            int row = 0;
            for (KeptRecords.Part part : kept.parts()) {
                RecordIndex index = part.run().index();
                if (position < 0) {
                    nowhere(row, part.run().size());
                } else if (part.isPlain() && !dialect.hasNullTokens()) {
                    plain(index, part.run().from(), part.run().to(), row);
                } else {
                    any(part, row);
                }
                row += part.run().size();
            }
            write(vector, rows);
            CellErrors errors = finish(vector, kept, origin);
            vector.setValueCount(rows);
            complete = true;
            return Cells.of(type, vector, errors);
        } finally {
            if (!complete) {
                vector.close();
            }
        }
    }

    /** Before the first row. */
    void begin() {}

    /** The cells of records that all have one, of text that is well-formed, where only the empty text is null. */
    abstract void plain(RecordIndex index, int from, int to, int firstRow);

    /** The value of a text that is not null. */
    abstract void value(byte[] bytes, int from, int to, int row);

    /** Copies the rows into the vector. */
    abstract void write(FieldVector vector, int rows);

    /** The cell of a row is null or decided later. */
    void none(int row) {
        scratch.clear(row);
    }

    private void nowhere(int firstRow, int rows) {
        for (int row = firstRow; row < firstRow + rows; row++) {
            none(row);
        }
    }

    private void any(KeptRecords.Part part, int firstRow) {
        RecordIndex index = part.run().index();
        int row = firstRow;
        for (int r = part.run().from(); r < part.run().to(); r++, row++) {
            if (position >= index.cells(r)) {
                put(row, "", CellError.Code.MISSING_CELL);
                continue;
            }
            int from = index.from(r, position);
            int to = index.to(r, position);
            if (!part.isPlain() && WellFormed.firstOdd(index.bytes, from, to) >= 0) {
                content.find(index.bytes, from, to);
                String text = WellFormed.printable(content.bytes(), content.from(), content.to());
                put(row, text, CellError.Code.INVALID_ENCODING);
            } else if (from < to && index.bytes[from] == quote) {
                quoted(index.bytes, from, to, row);
            } else if (dialect.isNull(index.bytes, from, to)) {
                none(row);
            } else {
                value(index.bytes, from, to, row);
            }
        }
    }

    /** A cell that begins with a quote, and ends with one. */
    final void quoted(byte[] bytes, int from, int to, int row) {
        content.find(bytes, from, to);
        if (content.from() == content.to() && !emptyIsValue()) {
            none(row);
        } else {
            value(content.bytes(), content.from(), content.to(), row);
        }
    }

    boolean emptyIsValue() {
        return type instanceof DataType.Text || type instanceof DataType.Binary;
    }

    /** Decides the cell of a row by its text, later. */
    final void later(byte[] bytes, int from, int to, int row) {
        put(row, new String(bytes, from, to - from, StandardCharsets.UTF_8), CellError.Code.CAST);
    }

    private void put(int row, String text, CellError.Code code) {
        none(row);
        later.add(new Later(row, text, code));
    }

    private CellErrors finish(FieldVector vector, KeptRecords kept, CellOrigin origin) {
        if (later.isEmpty()) {
            return CellErrors.none();
        }
        CellErrors.Builder errors = CellErrors.builder();
        CellText.Parser parser = CellText.parser(type);
        for (Later cell : later) {
            if (!cell.code.equals(CellError.Code.CAST) || !parser.parse(cell.text, vector, cell.row)) {
                errors.add(cell.row, origin.error(cell.code, cell.text, kept.record(cell.row)));
            }
        }
        later.clear();
        return errors.build();
    }

    /** Copies the bits that say which rows have a value. */
    final void writeValid(FieldVector vector, int rows) {
        writeBits(vector.getValidityBuffer(), scratch.valid, rows);
    }

    static void writeBits(ArrowBuf target, long[] words, int rows) {
        int count = rows / 64;
        target.nioBuffer(0, 8 * count)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer()
                .put(words, 0, count);
        for (int row = 64 * count; row < rows; row += 8) {
            target.setByte(row / 8, (int) (words[count] >>> (row - 64 * count)));
        }
    }

    static void writeLongs(ArrowBuf target, long[] values, int rows) {
        target.nioBuffer(0, 8 * rows)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer()
                .put(values, 0, rows);
    }

    static void writeInts(ArrowBuf target, int[] values, int count) {
        target.nioBuffer(0, 4 * count)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .put(values, 0, count);
    }
}
