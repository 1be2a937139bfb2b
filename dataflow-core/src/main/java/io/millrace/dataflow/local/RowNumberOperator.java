package io.millrace.dataflow.local;

import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;

/** Gives all columns and the number of the row, from 1. */
final class RowNumberOperator extends SingleInput {
    private final Schema schema;
    private final BufferAllocator allocator;
    private long next = 1;

    RowNumberOperator(Schema schema, Run run) {
        this.schema = schema;
        this.allocator = run.allocator();
    }

    @Override
    public Batch next() {
        Batch batch = take();
        Cells numbers;
        try {
            numbers = numbers(next, batch.rowCount());
        } catch (RuntimeException | Error failure) {
            batch.close();
            throw failure;
        }
        next += batch.rowCount();
        List<Cells> columns = new ArrayList<>(batch.columns());
        columns.add(numbers);
        return Batch.of(schema, columns, batch.rowCount(), batch.positions().orElse(null));
    }

    private Cells numbers(long first, int rows) {
        BigIntVector vector = new BigIntVector("", allocator);
        vector.allocateNew(rows);
        for (int row = 0; row < rows; row++) {
            vector.set(row, first + row);
        }
        vector.setValueCount(rows);
        return Cells.of(DataTypes.INT64, vector, CellErrors.none());
    }
}
