package io.millrace.automl.feature;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellArrays;
import io.millrace.dataflow.table.TextDictionary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Copies batches into the arrays of a frame. */
final class FrameBuilder {
    private FrameBuilder() {}

    static boolean holds(DataType type) {
        return type instanceof DataType.Bool
                || type.isNumeric()
                || type instanceof DataType.Text
                || type instanceof DataType.Date
                || type instanceof DataType.Timestamp;
    }

    static Frame build(Schema schema, List<Batch> batches) {
        long total = batches.stream().mapToLong(Batch::rowCount).sum();
        int rows = Math.toIntExact(total);
        List<Frame.Column> columns = new ArrayList<>(schema.size());
        for (int column = 0; column < schema.size(); column++) {
            column(schema.field(column), column, rows, batches).ifPresent(columns::add);
        }
        return Frame.of(rows, columns);
    }

    private static Optional<Frame.Column> column(Field field, int column, int rows, List<Batch> batches) {
        DataType type = field.type();
        if (type instanceof DataType.Text) {
            TextDictionary dictionary = new TextDictionary();
            int[] codes = new int[rows];
            int start = 0;
            for (Batch batch : batches) {
                CellArrays.texts(batch.cells(column), dictionary, codes, start);
                start += batch.rowCount();
            }
            return Optional.of(new Frame.Texts(field.name(), dictionary.texts(), codes));
        }
        if (type instanceof DataType.Date || type instanceof DataType.Timestamp) {
            long[] micros = new long[rows];
            int start = 0;
            for (Batch batch : batches) {
                CellArrays.times(batch.cells(column), micros, start);
                start += batch.rowCount();
            }
            return Optional.of(new Frame.Times(field.name(), micros));
        }
        if (holds(type)) {
            double[] values = new double[rows];
            int start = 0;
            for (Batch batch : batches) {
                CellArrays.numbers(batch.cells(column), values, start);
                start += batch.rowCount();
            }
            return Optional.of(new Frame.Numbers(field.name(), values));
        }
        return Optional.empty();
    }
}
