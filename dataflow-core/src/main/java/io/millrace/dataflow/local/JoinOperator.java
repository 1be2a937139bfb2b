package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Step;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds the rows of the right input by their key, then goes over the left one. Gives the rows in the order of the left
 * input, and the partners of one row in the order of the right.
 */
final class JoinOperator implements BatchOperator {
    private static final int LEFT = 0;
    private static final int RIGHT = 1;
    private static final int NO_ROW = -1;

    private final Operator.Join join;
    private final Schema schema;
    private final Run run;
    private final MemoryReservation memory;
    private final HeldRows right = new HeldRows();
    private final KeyTable keys;
    private final RowKey key = new RowKey();

    /** By number of a key: its first and last row; by number of a row: the next one with its key, and the reference to it. */
    private int[] first = new int[0];

    private int[] last = new int[0];
    private int[] next = new int[0];
    private long[] references = new long[0];

    private boolean rightEnded;
    private boolean leftEnded;
    private @Nullable Batch left;
    private int leftRow;
    /** The partner of the current left row that comes next; {@link #NO_ROW} when none has been looked up. */
    private int partner = NO_ROW;

    JoinOperator(Operator.Join join, Schema schema, Run run) {
        this.join = join;
        this.schema = schema;
        this.run = run;
        this.memory = run.memory().child("join");
        this.keys = new KeyTable(memory);
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
            leftRow = 0;
            return;
        }
        int start = Math.toIntExact(right.rows());
        right.add(batch);
        reserveRows(start + batch.rowCount());
        List<Cells> columns = join.rightKeys().stream().map(batch::cells).toList();
        for (int row = 0; row < batch.rowCount(); row++) {
            int number = start + row;
            references[number] = HeldRows.reference(right.batches().size() - 1, row);
            next[number] = NO_ROW;
            key.set(columns, row);
            if (key.isComplete()) {
                link(keys.add(key), number);
            }
        }
    }

    private void link(int keyNumber, int row) {
        if (keyNumber == first.length) {
            int capacity = Math.max(1 << 10, first.length * 2);
            memory.reserve((long) (capacity - first.length) * 2 * Integer.BYTES);
            first = Arrays.copyOf(first, capacity);
            last = Arrays.copyOf(last, capacity);
            Arrays.fill(first, keyNumber, capacity, NO_ROW);
        }
        if (first[keyNumber] == NO_ROW) {
            first[keyNumber] = row;
        } else {
            next[last[keyNumber]] = row;
        }
        last[keyNumber] = row;
    }

    private void reserveRows(int rows) {
        if (rows > next.length) {
            int capacity = Math.max(rows, next.length * 2);
            memory.reserve((long) (capacity - next.length) * (Integer.BYTES + Long.BYTES));
            next = Arrays.copyOf(next, capacity);
            references = Arrays.copyOf(references, capacity);
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
        Batch batch = Objects.requireNonNull(left);
        List<Cells> columns = join.leftKeys().stream().map(batch::cells).toList();
        int[] leftRows = new int[Run.BATCH_ROWS];
        long[] rightRows = new long[Run.BATCH_ROWS];
        int count = 0;
        while (count < Run.BATCH_ROWS && leftRow < batch.rowCount()) {
            if (partner == NO_ROW) {
                partner = firstPartner(columns);
            }
            if (partner != NO_ROW) {
                leftRows[count] = leftRow;
                rightRows[count++] = references[partner];
                partner = next[partner];
            } else if (join.kind() == Step.Join.Kind.LEFT) {
                leftRows[count] = leftRow;
                rightRows[count++] = HeldRows.NONE;
            }
            leftRow += partner == NO_ROW ? 1 : 0;
        }
        Batch pairs = pairs(batch, Arrays.copyOf(leftRows, count), Arrays.copyOf(rightRows, count));
        if (leftRow == batch.rowCount()) {
            left = null;
            batch.close();
        }
        return pairs;
    }

    private int firstPartner(List<Cells> columns) {
        key.set(columns, leftRow);
        int number = key.isComplete() ? keys.find(key) : KeyTable.UNKNOWN;
        return number == KeyTable.UNKNOWN ? NO_ROW : first[number];
    }

    private Batch pairs(Batch batch, int[] leftRows, long[] rightRows) {
        List<Cells> columns = new ArrayList<>();
        try {
            for (Cells cells : batch.columns()) {
                columns.add(Gather.rows(cells, leftRows, run.allocator()));
            }
            for (int column : join.rightColumns()) {
                columns.add(right.gather(schema.field(columns.size()).type(), column, rightRows, run.allocator()));
            }
            return Batch.of(schema, columns, leftRows.length, null);
        } catch (RuntimeException | Error failure) {
            columns.forEach(Cells::close);
            throw failure;
        }
    }

    @Override
    public void close() {
        if (left != null) {
            left.close();
            left = null;
        }
        right.close();
        memory.close();
    }
}
