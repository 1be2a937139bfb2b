package io.millrace.dataflow.csv;

import io.millrace.dataflow.kernel.CellText;
import io.millrace.dataflow.kernel.CellValues;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.ArrowTypes;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.Positions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * Turns records of one file into batches: picks the columns asked for, and parses their cells. Pure and thread-safe.
 *
 * <p>Quoted empty text is a value of a text or binary column, unless the options say otherwise, and null in any other:
 * programs that quote every cell write nulls so.
 */
final class BlockDecoder {
    private final RecordColumns columns;
    private final List<String> files;
    private final int ordinal;
    private final String step;

    /**
     * A decoder for one file.
     *
     * @param files the names of the scan's files
     * @param ordinal which of them this one is
     * @param step the text of the step, for errors
     */
    BlockDecoder(RecordColumns columns, List<String> files, int ordinal, String step) {
        this.columns = columns;
        this.files = List.copyOf(files);
        this.ordinal = ordinal;
        this.step = step;
    }

    /** The batch of some records. The caller closes it. */
    Batch decode(List<@Nullable String[]> rows, long[] records, boolean mayBeMalformed, BufferAllocator allocator) {
        List<Cells> cells = new ArrayList<>(columns.schema().size());
        boolean complete = false;
        try {
            for (int i = 0; i < columns.schema().size(); i++) {
                cells.add(column(i, rows, records, mayBeMalformed, allocator));
            }
            int[] ordinals = new int[rows.size()];
            Arrays.fill(ordinals, ordinal);
            Batch batch = Batch.of(columns.schema(), cells, rows.size(), Positions.of(files, ordinals, records));
            complete = true;
            return batch;
        } finally {
            if (!complete) {
                cells.forEach(Cells::close);
            }
        }
    }

    private Cells column(
            int index,
            List<@Nullable String[]> rows,
            long[] records,
            boolean mayBeMalformed,
            BufferAllocator allocator) {
        DataType type = columns.schema().field(index).type();
        FieldVector vector = ArrowTypes.vector(columns.schema().field(index).name(), type, allocator);
        boolean complete = false;
        try {
            vector.setInitialCapacity(rows.size());
            vector.allocateNew();
            CellErrors errors = columns.isOverflow(index)
                    ? fillOverflow(vector, type, rows, records, mayBeMalformed)
                    : fill(vector, index, rows, records, mayBeMalformed);
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
            FieldVector vector, int index, List<@Nullable String[]> rows, long[] records, boolean mayBeMalformed) {
        int position = columns.position(index);
        if (position == CsvHeader.NOWHERE) {
            return CellErrors.none();
        }
        DataType type = columns.schema().field(index).type();
        CellText.Parser parser = CellText.parser(type);
        boolean emptyIsValue =
                !columns.isQuotedEmptyNull() && (type instanceof DataType.Text || type instanceof DataType.Binary);
        CellErrors.Builder errors = null;
        for (int row = 0; row < rows.size(); row++) {
            @Nullable String[] cells = rows.get(row);
            CellError error = null;
            if (position >= cells.length) {
                error = columns.padsShortRows() ? null : error(CellError.Code.MISSING_CELL, "", records[row]);
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

    /** The cells beyond the header as lists. Bytes that are no text make an error of the whole list. */
    private CellErrors fillOverflow(
            FieldVector vector, DataType type, List<@Nullable String[]> rows, long[] records, boolean mayBeMalformed) {
        CellErrors.Builder errors = CellErrors.builder();
        for (int row = 0; row < rows.size(); row++) {
            @Nullable String[] cells = rows.get(row);
            if (cells.length <= columns.width()) {
                continue;
            }
            List<@Nullable String> beyond = new ArrayList<>();
            for (String cell : Arrays.asList(cells).subList(columns.width(), cells.length)) {
                beyond.add(cell != null && cell.isEmpty() && columns.isQuotedEmptyNull() ? null : cell);
            }
            if (mayBeMalformed && beyond.stream().anyMatch(cell -> cell != null && DecodedText.isMalformed(cell))) {
                String text = beyond.stream()
                        .map(cell -> Objects.requireNonNullElse(cell, ""))
                        .collect(Collectors.joining(", "));
                errors.add(row, error(CellError.Code.INVALID_ENCODING, DecodedText.printable(text), records[row]));
            } else {
                CellValues.write(type, vector, row, beyond);
            }
        }
        return errors.build();
    }

    private CellError error(CellError.Code code, String text, long record) {
        return new CellError(code, text, files.get(ordinal), record, step);
    }
}
