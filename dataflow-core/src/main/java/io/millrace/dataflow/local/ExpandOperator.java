package io.millrace.dataflow.local;

import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.kernel.RowProgram;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes several rows of each row, by one program for each of them. Takes so few rows at once that a batch stays small. */
final class ExpandOperator implements BatchOperator {
    private final Schema schema;
    private final Run run;
    private final List<RowProgram> programs = new ArrayList<>();
    private @Nullable Batch pending;
    private boolean ended;
    private int start;

    ExpandOperator(Operator.Expand expand, Plan.Stage stage, Schema input, Run run) {
        this.schema = stage.schema();
        this.run = run;
        expand.rows()
                .forEach(row -> programs.add(RowProgram.of(
                        input, List.of(new RowProgram.Instruction(new Operator.Project(row), schema, stage.text())))));
    }

    @Override
    public int wants() {
        return pending != null ? READY : ended ? DONE : 0;
    }

    @Override
    public void accept(int input, Batch batch) {
        pending = batch;
        start = 0;
    }

    @Override
    public void end(int input) {
        ended = true;
    }

    @Override
    public Batch next() {
        Batch batch = Objects.requireNonNull(pending);
        int most = Math.max(1, Run.BATCH_ROWS / programs.size());
        int end = Math.min(batch.rowCount(), start + most);
        Batch expanded;
        try (Batch part = part(batch, end)) {
            expanded = expanded(part);
        }
        start = end;
        if (end == batch.rowCount()) {
            pending = null;
            batch.close();
        }
        return expanded;
    }

    private Batch part(Batch batch, int end) {
        return start == 0 && end == batch.rowCount()
                ? retained(batch)
                : Gather.rows(batch, IntStream.range(start, end).toArray(), run.allocator());
    }

    private static Batch retained(Batch batch) {
        List<Cells> cells = batch.columns().stream().map(Cells::retain).toList();
        return Batch.of(
                batch.schema(), cells, batch.rowCount(), batch.positions().orElse(null));
    }

    private Batch expanded(Batch part) {
        int kinds = programs.size();
        int[] from = new int[part.rowCount() * kinds];
        int[] rows = new int[from.length];
        for (int i = 0; i < from.length; i++) {
            from[i] = i % kinds;
            rows[i] = i / kinds;
        }
        Positions positions = part.positions().map(known -> known.select(rows)).orElse(null);
        List<Batch> results = new ArrayList<>();
        List<Cells> columns = new ArrayList<>();
        try {
            for (RowProgram program : programs) {
                results.add(program.run(retained(part), run.allocator()));
            }
            for (int column = 0; column < schema.size(); column++) {
                int index = column;
                List<Cells> sources =
                        results.stream().map(result -> result.cells(index)).toList();
                columns.add(Gather.rows(schema.field(column).type(), sources, from, rows, run.allocator()));
            }
            return Batch.of(schema, columns, from.length, positions);
        } catch (RuntimeException | Error failure) {
            columns.forEach(Cells::close);
            throw failure;
        } finally {
            results.forEach(Batch::close);
        }
    }

    @Override
    public void close() {
        if (pending != null) {
            pending.close();
            pending = null;
        }
    }
}
