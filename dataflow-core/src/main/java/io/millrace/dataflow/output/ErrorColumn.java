package io.millrace.dataflow.output;

import io.millrace.dataflow.kernel.CellValues;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/** A column that lists the error values of each row. */
final class ErrorColumn implements AutoCloseable {
    private static final DataType TYPE = DataTypes.listOf(DataTypes.struct(
            Field.optional("column", DataTypes.TEXT),
            Field.optional("code", DataTypes.TEXT),
            Field.optional("text", DataTypes.TEXT)));

    private final Schema schema;
    private final BufferAllocator allocator = new RootAllocator();

    /** A column beside those of {@code rows}. */
    ErrorColumn(Schema rows) {
        String name = "errors";
        for (int suffix = 1; rows.has(name); suffix++) {
            name = "errors_" + suffix;
        }
        List<Field> fields = new ArrayList<>(rows.fields());
        fields.add(Field.optional(name, TYPE));
        this.schema = Schema.of(fields);
    }

    /** The columns with this one at the end. */
    Schema schema() {
        return schema;
    }

    /** The rows of a batch with this column. */
    Batch add(Batch batch) {
        List<@Nullable Object> lists = new ArrayList<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            lists.add(errors(batch, row));
        }
        Cells column = CellValues.of(TYPE, lists, allocator);
        List<Cells> all = new ArrayList<>();
        batch.columns().forEach(cells -> all.add(cells.retain()));
        all.add(column);
        return Batch.of(schema, all, batch.rowCount(), batch.positions().orElse(null));
    }

    private static @Nullable List<Map<String, Object>> errors(Batch batch, int row) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (int index = 0; index < batch.columns().size(); index++) {
            String name = batch.schema().field(index).name();
            CellError error = batch.cells(index).errors().at(row).orElse(null);
            if (error != null) {
                Map<String, Object> parts = new LinkedHashMap<>();
                parts.put("column", name);
                parts.put("code", error.code().toString());
                parts.put("text", error.text());
                found.add(parts);
            }
        }
        return found.isEmpty() ? null : found;
    }

    @Override
    public void close() {
        allocator.close();
    }
}
