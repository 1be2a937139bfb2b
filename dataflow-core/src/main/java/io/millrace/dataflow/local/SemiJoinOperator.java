package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.expr.JoinKind;
import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Holds the keys of the right input, then gives the rows of the left one that have a partner there, or those that have none. */
final class SemiJoinOperator implements BatchOperator {
    private static final int LEFT = 0;
    private static final int RIGHT = 1;

    private final Operator.Join join;
    private final Schema schema;
    private final Run run;
    private final MemoryReservation memory;
    private final KeyTable keys;
    private final @Nullable UniqueKeys leftCheck;
    private final @Nullable UniqueKeys rightCheck;
    private final RowKey key = new RowKey();
    private boolean rightEnded;
    private boolean leftEnded;
    private @Nullable Batch left;

    SemiJoinOperator(Operator.Join join, Plan.Stage stage, Run run) {
        this.join = join;
        this.schema = stage.schema();
        this.run = run;
        this.memory = run.memory().child("join");
        this.keys = new KeyTable(memory);
        this.leftCheck =
                join.expected().isLeftUnique() ? new UniqueKeys("left", join.leftKeys(), stage.text(), memory) : null;
        this.rightCheck = join.expected().isRightUnique()
                ? new UniqueKeys("right", join.rightKeys(), stage.text(), memory)
                : null;
    }

    @Override
    public boolean seesAllRows() {
        return leftCheck != null || rightCheck != null;
    }

    @Override
    public int wants() {
        if (!rightEnded) {
            return RIGHT;
        }
        return left != null ? READY : leftEnded ? DONE : LEFT;
    }

    @Override
    public void accept(int input, Batch batch) {
        if (input == LEFT) {
            left = batch;
            if (leftCheck != null) {
                leftCheck.check(batch);
            }
            return;
        }
        try (batch) {
            if (rightCheck != null) {
                rightCheck.check(batch);
            }
            List<Cells> columns = join.rightKeys().stream().map(batch::cells).toList();
            for (int row = 0; row < batch.rowCount(); row++) {
                key.set(columns, row);
                if (key.isComplete()) {
                    keys.add(key);
                }
            }
        }
    }

    @Override
    public void end(int input) {
        if (input == RIGHT) {
            rightEnded = true;
        } else {
            leftEnded = true;
        }
    }

    @Override
    public Batch next() {
        try (Batch batch = Objects.requireNonNull(left)) {
            left = null;
            List<Cells> columns = join.leftKeys().stream().map(batch::cells).toList();
            int[] selected = new int[batch.rowCount()];
            int count = 0;
            for (int row = 0; row < batch.rowCount(); row++) {
                key.set(columns, row);
                boolean found = key.isComplete() && keys.find(key) != KeyTable.UNKNOWN;
                if (found == (join.kind() == JoinKind.SEMI)) {
                    selected[count++] = row;
                }
            }
            return gather(batch, Arrays.copyOf(selected, count));
        }
    }

    private Batch gather(Batch batch, int[] selected) {
        List<Cells> cells = new ArrayList<>();
        try {
            for (Operator.Join.Column column : join.columns()) {
                cells.add(Gather.rows(batch.cells(column.index()), selected, run.allocator()));
            }
        } catch (RuntimeException | Error failure) {
            cells.forEach(Cells::close);
            throw failure;
        }
        return Batch.of(
                schema,
                cells,
                selected.length,
                batch.positions().map(known -> known.select(selected)).orElse(null));
    }

    @Override
    public void close() {
        if (left != null) {
            left.close();
            left = null;
        }
        memory.close();
    }
}
