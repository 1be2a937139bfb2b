package io.millrace.dataflow.local;

import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.Positions;
import java.util.ArrayList;
import java.util.List;

/** Gives the batches of a table, whose cells it shares. They come from no file, and their numbers are their records. */
final class TableOperator implements BatchOperator {
    private static final List<String> NO_FILE = List.of("");

    private final Operator.TableRows rows;
    private final Schema schema;
    private int given;
    private long rowsGiven;

    TableOperator(Operator.TableRows rows, Schema schema) {
        this.rows = rows;
        this.schema = schema;
    }

    @Override
    public int wants() {
        return given < rows.table().batches().size() ? READY : DONE;
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
        Batch batch = rows.table().batches().get(given);
        List<Cells> columns = new ArrayList<>();
        for (int column : rows.columns()) {
            columns.add(batch.cells(column).retain());
        }
        Positions positions = Positions.consecutive(NO_FILE, 0, rowsGiven + 1, batch.rowCount());
        given++;
        rowsGiven += batch.rowCount();
        return Batch.of(schema, columns, batch.rowCount(), positions);
    }

    @Override
    public void close() {
        given = rows.table().batches().size();
    }
}
