package io.millrace.dataflow.spark.csv;

import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.CellErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** The errors of each row, a list of structs in the order of the columns; null for a row without any. */
final class ErrorLists extends PlainColumn {
    private final int @Nullable [] rows;
    private final Map<Integer, int[]> ranges;
    private final ColumnVector errors;

    private ErrorLists(
            DataType type, int nulls, int @Nullable [] rows, Map<Integer, int[]> ranges, ColumnVector errors) {
        super(type, nulls);
        this.rows = rows;
        this.ranges = ranges;
        this.errors = errors;
    }

    /**
     * The errors of a batch of all columns.
     *
     * @param rows those of the batch that there are, in order; null for all
     */
    static ErrorLists of(Batch batch, int @Nullable [] rows, DataType type) {
        Map<Integer, List<Object[]>> byRow = new TreeMap<>();
        for (int column = 0; column < batch.columns().size(); column++) {
            CellErrors found = batch.cells(column).errors();
            UTF8String name = UTF8String.fromString(batch.schema().field(column).name());
            for (int i = 0; i < found.size(); i++) {
                CellError error = found.error(i);
                byRow.computeIfAbsent(found.row(i), row -> new ArrayList<>()).add(new Object[] {
                    name,
                    UTF8String.fromString(error.code().name()),
                    UTF8String.fromString(error.text()),
                    error.record()
                });
            }
        }
        Map<Integer, int[]> ranges = new TreeMap<>();
        List<Object[]> all = new ArrayList<>();
        byRow.forEach((row, errors) -> {
            ranges.put(row, new int[] {all.size(), errors.size()});
            all.addAll(errors);
        });
        StructType struct = (StructType) ((ArrayType) type).elementType();
        ColumnVector[] fields = new ColumnVector[struct.length()];
        for (int field = 0; field < fields.length; field++) {
            int index = field;
            fields[field] = HeldColumn.of(
                    struct.fields()[field].dataType(),
                    all.stream().map(error -> error[index]).toArray());
        }
        int size = rows == null ? batch.rowCount() : rows.length;
        int nulls = size;
        for (int i = 0; i < size; i++) {
            nulls -= ranges.containsKey(rows == null ? i : rows[i]) ? 1 : 0;
        }
        return new ErrorLists(type, nulls, rows, ranges, HeldColumn.struct(struct, fields));
    }

    private int @Nullable [] range(int row) {
        return ranges.get(rows == null ? row : rows[row]);
    }

    @Override
    public boolean isNullAt(int row) {
        return range(row) == null;
    }

    @Override
    public @Nullable ColumnarArray getArray(int row) {
        int[] range = range(row);
        return range == null ? null : new ColumnarArray(errors, range[0], range[1]);
    }
}
