package io.millrace.dataflow.local;

import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.TableStep;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Puts the rows of two inputs side by side, a batch of each at a time. */
final class AppendOperator implements BatchOperator {
    private final Operator.Append append;
    private final Plan.Stage stage;
    private final Run run;
    private final List<Side> sides;

    AppendOperator(Operator.Append append, Plan.Stage stage, List<Schema> inputs, Run run) {
        this.append = append;
        this.stage = stage;
        this.run = run;
        this.sides = List.of(new Side(inputs.get(0), append.left()), new Side(inputs.get(1), append.right()));
    }

    @Override
    public boolean seesAllRows() {
        return !isPadded();
    }

    @Override
    public int wants() {
        for (int input = 0; input < sides.size(); input++) {
            if (sides.get(input).batch == null && !sides.get(input).ended) {
                return input;
            }
        }
        return sides.stream().anyMatch(side -> side.batch != null) ? READY : DONE;
    }

    @Override
    public void accept(int input, Batch batch) {
        Side side = sides.get(input);
        side.rows += batch.rowCount();
        if (!isPadded() && sides.get(1 - input).isOver()) {
            // The error wants to know how long the longer input is.
            batch.close();
        } else {
            side.batch = batch;
            side.row = 0;
        }
    }

    private boolean isPadded() {
        return append.lengths() == TableStep.AppendColumns.Lengths.PADDED;
    }

    @Override
    public void end(int input) {
        sides.get(input).ended = true;
        if (!isPadded()) {
            Side other = sides.get(1 - input);
            if (sides.get(input).isOver() && other.batch != null) {
                other.close();
            }
            if (other.ended && sides.get(0).rows != sides.get(1).rows) {
                throw Operator.Append.unequal(stage.text(), sides.get(0).rows, sides.get(1).rows);
            }
        }
    }

    @Override
    public Batch next() {
        int rows = sides.stream()
                .filter(side -> side.batch != null)
                .mapToInt(Side::left)
                .min()
                .orElse(0);
        List<Cells> cells = new ArrayList<>();
        try {
            for (Side side : sides) {
                side.addTo(cells, rows);
            }
        } catch (RuntimeException | Error failure) {
            cells.forEach(Cells::close);
            throw failure;
        }
        sides.forEach(side -> side.advance(rows));
        return Batch.of(stage.schema(), cells, rows, null);
    }

    @Override
    public void close() {
        sides.forEach(Side::close);
    }

    /** One input: the batch under way, and what is left of it. */
    private final class Side {
        private final Schema schema;
        private final List<Integer> columns;
        private @Nullable Batch batch;
        private int row;
        private long rows;
        private boolean ended;

        Side(Schema schema, List<Integer> columns) {
            this.schema = schema;
            this.columns = columns;
        }

        boolean isOver() {
            return ended && batch == null;
        }

        int left() {
            return batch == null ? 0 : batch.rowCount() - row;
        }

        void addTo(List<Cells> cells, int count) {
            int[] selected;
            if (batch == null) {
                selected = new int[count];
                Arrays.fill(selected, -1);
            } else {
                selected = IntStream.range(row, row + count).toArray();
            }
            for (int column : columns) {
                List<Cells> sources = batch == null ? List.of() : List.of(batch.cells(column));
                cells.add(Gather.rows(schema.field(column).type(), sources, null, selected, run.allocator()));
            }
        }

        void advance(int count) {
            if (batch != null) {
                row += count;
                if (row == batch.rowCount()) {
                    close();
                }
            }
        }

        void close() {
            if (batch != null) {
                batch.close();
                batch = null;
            }
        }
    }
}
