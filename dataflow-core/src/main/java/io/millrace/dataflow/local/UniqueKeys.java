package io.millrace.dataflow.local;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.kernel.CellText;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.List;
import java.util.stream.Collectors;

/** Sees to it that no two rows of one input of a join have one key. */
final class UniqueKeys {
    private final String side;
    private final List<Integer> columns;
    private final String text;
    private final KeyTable seen;
    private final RowKey key = new RowKey();

    /**
     * A check of one input.
     *
     * @param side the input as messages name it
     * @param text the step as {@code explain} shows it
     */
    UniqueKeys(String side, List<Integer> columns, String text, MemoryReservation memory) {
        this.side = side;
        this.columns = columns;
        this.text = text;
        this.seen = new KeyTable(memory);
    }

    /**
     * Returns when no key of the batch was seen before.
     *
     * @throws DataflowException {@code DUPLICATE_KEY}, naming the first key that comes again
     */
    void check(Batch batch) {
        List<Cells> keys = columns.stream().map(batch::cells).toList();
        for (int row = 0; row < batch.rowCount(); row++) {
            key.set(keys, row);
            int before = seen.size();
            if (key.isComplete() && seen.add(key) < before) {
                throw repeated(batch, row);
            }
        }
    }

    private DataflowException repeated(Batch batch, int row) {
        String values = columns.stream()
                .map(column -> "'" + batch.schema().field(column).name() + "' = "
                        + CellText.format(
                                batch.schema().field(column).type(),
                                batch.cells(column).values(),
                                row))
                .collect(Collectors.joining(", "));
        return DataflowException.of(
                ErrorCode.DUPLICATE_KEY,
                "Cannot pair rows in " + text + ": the " + side + " input has more than one row with " + values,
                "Keep one row of each key first, for example with distinct(...), or do not expect keys to be unique");
    }
}
