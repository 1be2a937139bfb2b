package io.millrace.dataflow.local;

import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.complex.ListVector;
import org.jspecify.annotations.Nullable;

/** Gives a row for each element of a list, in batches of bounded size however long the lists are. */
final class ExplodeOperator implements BatchOperator {
    private final int column;
    private final boolean keepsEmpty;
    private final Schema schema;
    private final BufferAllocator allocator;
    private @Nullable Batch pending;
    private int row;
    private int element;
    private boolean ended;

    ExplodeOperator(Operator.Explode explode, Schema schema, Run run) {
        this.column = explode.column();
        this.keepsEmpty = explode.empty() == RowStep.Explode.Empty.NULL;
        this.schema = schema;
        this.allocator = run.allocator();
    }

    @Override
    public int wants() {
        return pending != null ? READY : ended ? DONE : 0;
    }

    @Override
    public void accept(int input, Batch batch) {
        pending = batch;
        row = 0;
        element = 0;
    }

    @Override
    public void end(int input) {
        ended = true;
    }

    @Override
    public Batch next() {
        Batch batch = Objects.requireNonNull(pending);
        Cells lists = batch.cells(column);
        ListVector vector = (ListVector) lists.values();
        int[] rows = new int[Run.BATCH_ROWS];
        int[] elements = new int[Run.BATCH_ROWS];
        CellErrors.Builder errors = CellErrors.builder();
        int count = 0;
        while (row < batch.rowCount() && count < Run.BATCH_ROWS) {
            int size = vector.isNull(row) ? 0 : vector.getElementEndIndex(row) - vector.getElementStartIndex(row);
            if (size == 0) {
                if (lists.errors().has(row)) {
                    errors.add(count, lists.errors().at(row).orElseThrow());
                }
                if (keepsEmpty || lists.errors().has(row)) {
                    rows[count] = row;
                    elements[count++] = -1;
                }
                row++;
                continue;
            }
            int first = vector.getElementStartIndex(row);
            while (element < size && count < Run.BATCH_ROWS) {
                rows[count] = row;
                elements[count++] = first + element++;
            }
            if (element == size) {
                row++;
                element = 0;
            }
        }
        Batch made = made(batch, Arrays.copyOf(rows, count), Arrays.copyOf(elements, count), errors.build());
        if (row == batch.rowCount()) {
            close();
        }
        return made;
    }

    private Batch made(Batch batch, int[] rows, int[] elements, CellErrors errors) {
        List<Cells> columns = new ArrayList<>();
        try {
            for (int i = 0; i < schema.size(); i++) {
                columns.add(
                        i == column
                                ? elements(batch.cells(i), elements, errors)
                                : Gather.rows(batch.cells(i), rows, allocator));
            }
        } catch (RuntimeException | Error failure) {
            columns.forEach(Cells::close);
            throw failure;
        }
        return Batch.of(
                schema,
                columns,
                rows.length,
                batch.positions().map(known -> known.select(rows)).orElse(null));
    }

    private Cells elements(Cells lists, int[] elements, CellErrors errors) {
        DataType type = schema.field(column).type();
        // Looks at the elements without holding them: the batch does.
        Cells all = Cells.of(type, ((ListVector) lists.values()).getDataVector(), CellErrors.none());
        return Cells.of(type, Gather.rows(all, elements, allocator).values(), errors);
    }

    @Override
    public void close() {
        Batch last = pending;
        pending = null;
        if (last != null) {
            last.close();
        }
    }
}
