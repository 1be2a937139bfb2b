package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.expr.JoinKind;
import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds the keys of the right input, then gives the rows of the left one that have a partner there, or those that have
 * none. When memory is short, no further key is held: see {@link DividedSemiJoin}.
 */
final class SemiJoinOperator implements BatchOperator {
    private static final int LEFT = 0;
    private static final int RIGHT = 1;

    private final Operator.Join join;
    private final Schema schema;
    private final List<Schema> inputs;
    private final List<DataType> types;
    private final Run run;
    private final MemoryReservation memory;
    private final KeyIndex index;
    private final JoinChecks checks;
    private final Rounds rights;
    private final Rounds lefts;
    private final Deque<Batch> ready = new ArrayDeque<>();
    private @Nullable DividedSemiJoin divided;
    private boolean rightEnded;
    private boolean leftEnded;

    SemiJoinOperator(Operator.Join join, Plan.Stage stage, List<Schema> inputs, Run run) {
        this.join = join;
        this.schema = stage.schema();
        this.inputs = inputs;
        this.types = join.rightKeys().stream()
                .map(key -> inputs.get(RIGHT).field(key).type())
                .toList();
        this.run = run;
        this.memory = run.memory().child("join");
        this.index = new KeyIndex(types, memory);
        this.checks = new JoinChecks(join, stage.text(), run);
        this.rights = new Rounds(types, join.rightKeys(), Rounds.KEY_BYTES, run);
        this.lefts = new Rounds(types, join.leftKeys(), 0, run);
    }

    @Override
    public boolean seesAllRows() {
        return checks.areExpected();
    }

    @Override
    public int wants() {
        if (!rightEnded) {
            return RIGHT;
        }
        if (ready.isEmpty() && leftEnded && divided != null) {
            Batch next = divided.next();
            if (next != null) {
                ready.add(next);
            }
        }
        return !ready.isEmpty() ? READY : leftEnded ? DONE : LEFT;
    }

    @Override
    public void accept(int input, Batch batch) {
        if (input == RIGHT) {
            checks.right(batch);
            if (rights.add(batch)) {
                know();
            }
        } else {
            checks.left(batch);
            if (lefts.add(batch)) {
                give();
            }
        }
    }

    /** Makes the keys of the right input known, or sets those aside that are not. */
    private void know() {
        if (rights.isEmpty()) {
            return;
        }
        List<KeyBatch> keys = rights.readKeys();
        DividedSemiJoin parts = divided;
        if (parts == null) {
            index.add(keys, run.crew());
            if (run.isShort(0)) {
                divided = new DividedSemiJoin(join, inputs, run);
            }
        } else {
            index.find(keys, run.crew());
            for (int i = 0; i < keys.size(); i++) {
                parts.addRight(Gather.rows(rights.batches().get(i), keys.get(i).unknown(), run.allocator()));
            }
        }
        rights.end();
    }

    /** Goes over the rows of the left input. */
    private void give() {
        if (lefts.isEmpty()) {
            return;
        }
        List<KeyBatch> keys = lefts.readKeys();
        index.find(keys, run.crew());
        List<Batch> batches = lefts.batches();
        DividedSemiJoin parts = divided;
        if (parts != null) {
            for (int i = 0; i < keys.size(); i++) {
                parts.addLeft(retained(batches.get(i)), keys.get(i));
            }
        } else {
            @Nullable Batch[] made = new Batch[batches.size()];
            try {
                run.crew().each(made.length, i -> {
                    int[] rows = rows(keys.get(i), join.kind());
                    made[i] = Gather.rows(batches.get(i), rows, run.allocator());
                });
            } catch (RuntimeException | Error failure) {
                for (Batch batch : made) {
                    if (batch != null) {
                        batch.close();
                    }
                }
                throw failure;
            }
            for (Batch batch : made) {
                ready.add(Objects.requireNonNull(batch));
            }
        }
        lefts.end();
    }

    /** The rows that have a partner, or that have none; keys that are not complete have none. */
    static int[] rows(KeyBatch keys, JoinKind kind) {
        int[] numbers = keys.numbers();
        int[] rows = new int[keys.rows()];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            boolean found = numbers[row] != KeyPart.UNKNOWN && keys.isComplete(row);
            if (found == (kind == JoinKind.SEMI)) {
                rows[count++] = row;
            }
        }
        return java.util.Arrays.copyOf(rows, count);
    }

    private static Batch retained(Batch batch) {
        List<Cells> cells = batch.columns().stream().map(Cells::retain).toList();
        return Batch.of(
                batch.schema(), cells, batch.rowCount(), batch.positions().orElse(null));
    }

    @Override
    public void end(int input) {
        if (input == RIGHT) {
            checks.endRight();
            know();
            rightEnded = true;
            return;
        }
        checks.endLeft();
        give();
        leftEnded = true;
        if (divided != null) {
            memory.close();
            divided.join();
        }
    }

    @Override
    public Batch next() {
        Batch batch = ready.remove();
        // The left input may have more columns than the result: keys that only the join wants.
        List<Cells> cells = new ArrayList<>();
        for (Operator.Join.Column column : join.columns()) {
            cells.add(batch.cells(column.index()).retain());
        }
        try (batch) {
            return Batch.of(schema, cells, batch.rowCount(), batch.positions().orElse(null));
        }
    }

    @Override
    public void close() {
        ready.forEach(Batch::close);
        ready.clear();
        rights.close();
        lefts.close();
        checks.close();
        if (divided != null) {
            divided.close();
        }
        memory.close();
    }
}
