package io.millrace.dataflow.spark;

import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;

/**
 * Says which partition the rows of a key go to. Keys that are equal go to the same; so do all nulls and errors, because
 * which of them are equal is for the operator behind the exchange to say.
 */
final class KeyHash {
    private final List<Integer> columns;
    private final List<CellFormat> formats = new ArrayList<>();
    private final RowBuffer buffer = new RowBuffer();

    KeyHash(Schema schema, List<Integer> columns) {
        this.columns = columns;
        columns.forEach(column -> formats.add(CellFormat.of(schema.field(column).type())));
    }

    /** The partition of a row, from 0 to {@code partitions - 1}. */
    int partition(Batch batch, int row, int partitions) {
        if (partitions == 1) {
            return 0;
        }
        int hash = 1;
        for (int i = 0; i < columns.size(); i++) {
            FieldVector vector = batch.cells(columns.get(i)).values();
            hash = 31 * hash + (vector.isNull(row) ? 0 : hash(vector, row, formats.get(i)));
        }
        hash *= 0x9E3779B9;
        return Math.floorMod(hash ^ (hash >>> 15), partitions);
    }

    private int hash(FieldVector vector, int row, CellFormat format) {
        if (vector instanceof Float8Vector doubles) {
            double value = doubles.get(row);
            return Double.hashCode(value == 0.0 ? 0.0 : value);
        }
        buffer.clear();
        format.write(vector, row, buffer);
        return buffer.hash();
    }
}
