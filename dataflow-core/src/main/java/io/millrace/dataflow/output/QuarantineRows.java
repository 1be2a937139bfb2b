package io.millrace.dataflow.output;

import io.millrace.dataflow.kernel.CellValues;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.Rejection;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Rejections as rows: of a quarantine's file, and on their way to it. */
public final class QuarantineRows {
    /** The columns: those of {@link Rejection}, null for what is not known. */
    public static final Schema SCHEMA = Schema.of(
            Field.required("file", DataTypes.TEXT),
            Field.required("record", DataTypes.INT64),
            Field.optional("line", DataTypes.INT64),
            Field.optional("from_byte", DataTypes.INT64),
            Field.optional("to_byte", DataTypes.INT64),
            Field.optional("column", DataTypes.TEXT),
            Field.required("code", DataTypes.TEXT),
            Field.required("reason", DataTypes.TEXT),
            Field.required("text", DataTypes.TEXT));

    private QuarantineRows() {}

    /** A row for each rejection, in their order. The caller closes the batch. */
    public static Batch of(List<Rejection> rejections, BufferAllocator allocator) {
        List<Cells> columns = new ArrayList<>();
        for (int column = 0; column < SCHEMA.size(); column++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (Rejection rejection : rejections) {
                values.add(value(rejection, column));
            }
            columns.add(CellValues.of(SCHEMA.field(column).type(), values, allocator));
        }
        return Batch.of(SCHEMA, columns, rejections.size(), null);
    }

    private static @Nullable Object value(Rejection rejection, int column) {
        Rejection.Place place = rejection.place();
        return switch (column) {
            case 0 -> place.file();
            case 1 -> place.record();
            case 2 -> place.line() == 0 ? null : (Object) place.line();
            case 3 -> place.from() < 0 ? null : (Object) place.from();
            case 4 -> place.to() < 0 ? null : (Object) place.to();
            case 5 -> rejection.column().orElse(null);
            case 6 -> rejection.code().name();
            case 7 -> rejection.reason();
            // A file of text holds no NUL, which may be what was wrong.
            default -> rejection.text().replace("\0", "\\x00");
        };
    }
}
