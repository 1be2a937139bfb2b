package io.millrace.dataflow.spark;

import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Some columns of another source, whose rows no longer know where they came from. */
record ChosenColumns(PartitionSource input, List<Integer> columns) implements PartitionSource {
    /** The columns of these positions. */
    static Schema schema(Schema all, List<Integer> columns) {
        List<Field> fields = new ArrayList<>();
        columns.forEach(column -> fields.add(all.field(column)));
        return Schema.of(fields);
    }

    @Override
    public BatchStream open(int partition, Iterator<byte[]> elements, TaskScope scope) {
        BatchStream rows = input.open(partition, elements, scope);
        Schema chosen = schema(rows.schema(), columns);
        return new PartitionSources.Changed(chosen, rows) {
            @Override
            Batch change(Batch batch) {
                try (batch) {
                    List<Cells> cells = new ArrayList<>();
                    columns.forEach(column -> cells.add(batch.cells(column).retain()));
                    return Batch.of(chosen, cells, batch.rowCount(), null);
                }
            }
        };
    }
}
