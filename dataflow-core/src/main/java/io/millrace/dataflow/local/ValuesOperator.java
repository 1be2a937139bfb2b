package io.millrace.dataflow.local;

import io.millrace.dataflow.kernel.CellValues;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.Positions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives the rows that a plan holds. They come from no file, and their numbers are their records. */
final class ValuesOperator implements BatchOperator {
    private static final List<String> NO_FILE = List.of("");

    private final Schema schema;
    private final List<List<@Nullable Object>> rows;
    private final Run run;
    private int given;

    ValuesOperator(Schema schema, List<List<@Nullable Object>> rows, Run run) {
        this.schema = schema;
        this.rows = rows;
        this.run = run;
    }

    @Override
    public int wants() {
        return given < rows.size() ? READY : DONE;
    }

    @Override
    public void accept(int input, Batch batch) {
        throw new IllegalStateException("no inputs");
    }

    @Override
    public void end(int input) {
        throw new IllegalStateException("no inputs");
    }

    @Override
    public Batch next() {
        int count = Math.min(run.batchRows(), rows.size() - given);
        List<List<@Nullable Object>> part = rows.subList(given, given + count);
        List<Cells> columns = new ArrayList<>();
        try {
            for (int column = 0; column < schema.size(); column++) {
                List<@Nullable Object> values = new ArrayList<>(count);
                for (List<@Nullable Object> row : part) {
                    values.add(row.get(column));
                }
                columns.add(CellValues.of(schema.field(column).type(), values, run.allocator()));
            }
        } catch (RuntimeException | Error failure) {
            columns.forEach(Cells::close);
            throw failure;
        }
        Positions positions = Positions.consecutive(NO_FILE, 0, given + 1L, count);
        given += count;
        return Batch.of(schema, columns, count, positions);
    }

    @Override
    public void close() {
        given = rows.size();
    }
}
