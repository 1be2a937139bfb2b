package io.millrace.dataflow.csv;

import io.millrace.dataflow.kernel.CellText;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.ArrowTypes;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.Positions;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * Turns records of one file into batches: picks the columns asked for, and parses their cells. Pure and thread-safe.
 *
 * <p>Quoted empty text is a value of a text or binary column and null in any other: programs that quote every cell write nulls
 * so.
 */
final class BlockDecoder {
    private final Schema schema;
    private final int[] positions;
    private final List<String> files;
    private final int ordinal;
    private final String step;

    /**
     * A decoder for one file.
     *
     * @param positions for each column of {@code schema}, its position in the file
     * @param files the names of the scan's files
     * @param ordinal which of them this one is
     * @param step the text of the step, for errors
     */
    BlockDecoder(Schema schema, int[] positions, List<String> files, int ordinal, String step) {
        this.schema = schema;
        this.positions = positions.clone();
        this.files = List.copyOf(files);
        this.ordinal = ordinal;
        this.step = step;
    }

    /** The batch of some records. The caller closes it. */
    Batch decode(List<@Nullable String[]> rows, long[] records, boolean mayBeMalformed, BufferAllocator allocator) {
        List<Cells> columns = new ArrayList<>(positions.length);
        boolean complete = false;
        try {
            for (int i = 0; i < positions.length; i++) {
                columns.add(column(i, rows, records, mayBeMalformed, allocator));
            }
            int[] ordinals = new int[rows.size()];
            java.util.Arrays.fill(ordinals, ordinal);
            Batch batch = Batch.of(schema, columns, rows.size(), Positions.of(files, ordinals, records));
            complete = true;
            return batch;
        } finally {
            if (!complete) {
                columns.forEach(Cells::close);
            }
        }
    }

    private Cells column(
            int index,
            List<@Nullable String[]> rows,
            long[] records,
            boolean mayBeMalformed,
            BufferAllocator allocator) {
        DataType type = schema.field(index).type();
        FieldVector vector = ArrowTypes.vector(schema.field(index).name(), type, allocator);
        boolean complete = false;
        try {
            vector.setInitialCapacity(rows.size());
            vector.allocateNew();
            CellErrors errors = fill(vector, type, positions[index], rows, records, mayBeMalformed);
            vector.setValueCount(rows.size());
            complete = true;
            return Cells.of(type, vector, errors);
        } finally {
            if (!complete) {
                vector.close();
            }
        }
    }

    private CellErrors fill(
            FieldVector vector,
            DataType type,
            int position,
            List<@Nullable String[]> rows,
            long[] records,
            boolean mayBeMalformed) {
        CellText.Parser parser = CellText.parser(type);
        boolean emptyIsValue = type instanceof DataType.Text || type instanceof DataType.Binary;
        CellErrors.Builder errors = null;
        for (int row = 0; row < rows.size(); row++) {
            @Nullable String[] cells = rows.get(row);
            CellError error = null;
            if (position >= cells.length) {
                error = error(CellError.Code.MISSING_CELL, "", records[row]);
            } else {
                String cell = cells[position];
                if (cell == null || (cell.isEmpty() && !emptyIsValue)) {
                    continue;
                }
                if (mayBeMalformed && DecodedText.isMalformed(cell)) {
                    error = error(CellError.Code.INVALID_ENCODING, DecodedText.printable(cell), records[row]);
                } else if (!parser.parse(cell, vector, row)) {
                    error = error(CellError.Code.CAST, cell, records[row]);
                }
            }
            if (error != null) {
                errors = errors == null ? CellErrors.builder() : errors;
                errors.add(row, error);
            }
        }
        return errors == null ? CellErrors.none() : errors.build();
    }

    private CellError error(CellError.Code code, String text, long record) {
        return new CellError(code, text, files.get(ordinal), record, step);
    }
}
