package io.millrace.dataflow.local;

import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;

/** Rows with a number in a last column, by which they can be brought back into order. */
final class Numbers {
    private Numbers() {}

    /** The columns of a schema and the number, under a name that is free. */
    static Schema schema(Schema rows) {
        StringBuilder name = new StringBuilder("number");
        while (rows.has(name.toString())) {
            name.append('_');
        }
        List<Field> fields = new ArrayList<>(rows.fields());
        fields.add(Field.required(name.toString(), DataTypes.INT64));
        return Schema.of(fields);
    }

    /** The order of numbered rows. */
    static List<Operator.Sort.Key> order(Schema numbered) {
        return List.of(new Operator.Sort.Key(numbered.size() - 1, SortKey.Direction.ASCENDING, SortKey.Nulls.FIRST));
    }

    /** A batch, which is taken over, with numbers by row. */
    static Batch number(Batch batch, Schema numbered, IntToLongFunction numbers, BufferAllocator allocator) {
        BigIntVector vector = new BigIntVector("", allocator);
        try {
            vector.allocateNew(batch.rowCount());
            for (int row = 0; row < batch.rowCount(); row++) {
                vector.set(row, numbers.applyAsLong(row));
            }
            vector.setValueCount(batch.rowCount());
        } catch (RuntimeException | Error failure) {
            vector.close();
            batch.close();
            throw failure;
        }
        List<Cells> cells = new ArrayList<>(batch.columns());
        cells.add(Cells.of(DataTypes.INT64, vector, CellErrors.none()));
        return Batch.of(numbered, cells, batch.rowCount(), batch.positions().orElse(null));
    }

    /** The number of a row of a numbered batch. */
    static long of(Batch numbered, int row) {
        return ((BigIntVector) numbered.cells(numbered.columns().size() - 1).values()).get(row);
    }

    /** A numbered batch, which is taken over, without its numbers. */
    static Batch without(Batch numbered, Schema rows) {
        numbered.cells(rows.size()).close();
        return Batch.of(
                rows,
                numbered.columns().subList(0, rows.size()),
                numbered.rowCount(),
                numbered.positions().orElse(null));
    }
}
