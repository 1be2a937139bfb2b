package io.millrace.dataflow.kernel;

import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** The error values of rows, as rows of their own. */
public final class ErrorRows {
    /** A row for each error value: the row of a file that it came from, its column, code and original text. */
    public static final Schema SCHEMA = Schema.of(
            Field.optional("file", DataTypes.TEXT),
            Field.optional("record", DataTypes.INT64),
            Field.required("column", DataTypes.TEXT),
            Field.required("code", DataTypes.TEXT),
            Field.required("text", DataTypes.TEXT),
            Field.required("first of its row", DataTypes.BOOL));

    private ErrorRows() {}

    /** The rows without an error in any of these columns, in order. */
    public static int[] without(Batch batch, List<Integer> columns) {
        return IntStream.range(0, batch.rowCount())
                .filter(row -> columns.stream()
                        .noneMatch(column -> batch.cells(column).errors().has(row)))
                .toArray();
    }

    /** The errors of a batch in these columns, in the order of its rows and then of the columns. */
    public static Batch of(Batch batch, List<Integer> columns, BufferAllocator allocator) {
        List<List<@Nullable Object>> values = new ArrayList<>();
        SCHEMA.fields().forEach(field -> values.add(new ArrayList<>()));
        boolean some = columns.stream()
                .anyMatch(column -> !batch.cells(column).errors().isEmpty());
        for (int row = 0; some && row < batch.rowCount(); row++) {
            boolean first = true;
            for (int column : columns) {
                Optional<CellError> error = batch.cells(column).errors().at(row);
                if (error.isPresent()) {
                    add(values, batch, column, error.get(), first);
                    first = false;
                }
            }
        }
        List<Cells> cells = new ArrayList<>();
        for (int i = 0; i < SCHEMA.size(); i++) {
            cells.add(CellValues.of(SCHEMA.field(i).type(), values.get(i), allocator));
        }
        return Batch.of(SCHEMA, cells, values.get(0).size(), null);
    }

    private static void add(
            List<List<@Nullable Object>> values, Batch batch, int column, CellError error, boolean first) {
        // The place that the error names is that of the cell it was made of, before any join.
        values.get(0).add(error.file().isEmpty() ? null : error.file());
        values.get(1).add(error.record() == 0 ? null : (Object) error.record());
        values.get(2).add(batch.schema().field(column).name());
        values.get(3).add(error.code().name());
        values.get(4).add(error.text());
        values.get(5).add(first);
    }
}
