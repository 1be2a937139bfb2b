package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the rows of the right input by their key, then goes over the left one. Gives the rows in the order of the left
 * input, and the partners of one row in the order of the right; after them the rows of the right input without a partner,
 * where they are wanted.
 *
 * <p>Both inputs are read in turns until one ends. When that is the left one, it is the smaller, and of the right one only
 * the rows that it has a partner for are held: see {@link JoinSieve}.
 */
final class JoinOperator implements BatchOperator {
    private static final int LEFT = 0;
    private static final int RIGHT = 1;
    private static final int NO_ROW = KeyedRows.NO_ROW;

    private final Operator.Join join;
    private final Schema schema;
    private final Run run;
    private final MemoryReservation memory;
    private final KeyedRows right;
    private final @Nullable UniqueKeys leftCheck;
    private final @Nullable UniqueKeys rightCheck;
    private final JoinSieve sieve;
    private final KeyBatch keys;
    /** By row of the left batch: its first partner. */
    private int[] partners = new int[0];
    /** Batches of the left input that were read before the right one ended. */
    private final Deque<Batch> waiting = new ArrayDeque<>();
    /** By number of a row of the right input: whether it had a partner. */
    private final BitSet paired = new BitSet();

    private boolean rightEnded;
    private boolean leftEnded;
    private @Nullable Batch left;
    private int leftRow;
    /** The partner of the current left row that comes next; {@link #NO_ROW} when none has been looked up. */
    private int partner = NO_ROW;
    /** Where to look for the next row of the right input without a partner. */
    private int unpaired;

    JoinOperator(Operator.Join join, Plan.Stage stage, List<Schema> inputs, Run run) {
        this.join = join;
        this.schema = stage.schema();
        this.run = run;
        this.memory = run.memory().child("join");
        List<DataType> types = join.rightKeys().stream()
                .map(key -> inputs.get(RIGHT).field(key).type())
                .toList();
        this.right = new KeyedRows(join.rightKeys(), types, memory, run);
        this.keys = new KeyBatch(types);
        this.sieve = new JoinSieve(join, memory);
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
            return !leftEnded && sieve.wantsLeft() ? LEFT : RIGHT;
        }
        if (left == null && !waiting.isEmpty()) {
            begin(waiting.remove());
        }
        if (left != null) {
            return READY;
        }
        if (!leftEnded) {
            return LEFT;
        }
        return join.kind().keepsRight() && nextUnpaired() < right.size() ? READY : DONE;
    }

    private void begin(Batch batch) {
        run.cancellation().check();
        left = batch;
        leftRow = 0;
        partners = right.find(batch, keys, join.leftKeys());
    }

    private int nextUnpaired() {
        unpaired = paired.nextClearBit(unpaired);
        return unpaired;
    }

    @Override
    public void accept(int input, Batch batch) {
        if (input == LEFT) {
            if (rightEnded) {
                begin(batch);
            } else {
                waiting.add(batch);
                sieve.countLeft(batch);
            }
            if (leftCheck != null) {
                leftCheck.check(batch);
            }
            return;
        }
        Batch sifted = sieve.sift(batch, run.allocator());
        right.add(sifted);
        if (rightCheck != null) {
            rightCheck.check(sifted);
        }
    }

    @Override
    public void end(int input) {
        if (input == RIGHT) {
            right.link();
            rightEnded = true;
            return;
        }
        leftEnded = true;
        if (!rightEnded) {
            sieve.open(waiting);
        }
    }

    @Override
    public Batch next() {
        Batch batch = left;
        return batch == null ? unpairedRows() : pairs(batch);
    }

    private Batch pairs(Batch batch) {
        int[] leftRows = new int[run.batchRows()];
        long[] rightRows = new long[run.batchRows()];
        int count = 0;
        while (count < run.batchRows() && leftRow < batch.rowCount()) {
            if (partner == NO_ROW) {
                partner = partners[leftRow];
            }
            if (partner != NO_ROW) {
                leftRows[count] = leftRow;
                rightRows[count++] = right.rows().reference(partner);
                if (join.kind().keepsRight()) {
                    paired.set(partner);
                }
                partner = right.next(partner);
            } else if (join.kind().keepsLeft()) {
                leftRows[count] = leftRow;
                rightRows[count++] = HeldRows.NONE;
            }
            leftRow += partner == NO_ROW ? 1 : 0;
        }
        Batch pairs = gather(batch, Arrays.copyOf(leftRows, count), Arrays.copyOf(rightRows, count));
        if (leftRow == batch.rowCount()) {
            left = null;
            batch.close();
        }
        return pairs;
    }

    private Batch unpairedRows() {
        long[] rightRows = new long[run.batchRows()];
        int count = 0;
        while (count < run.batchRows() && nextUnpaired() < right.size()) {
            rightRows[count++] = right.rows().reference(unpaired++);
        }
        return gather(null, new int[count], Arrays.copyOf(rightRows, count));
    }

    /** The columns of pairs of rows; without a left batch there are no left rows. */
    private Batch gather(@Nullable Batch batch, int[] leftRows, long[] rightRows) {
        @Nullable Cells[] columns = new Cells[join.columns().size()];
        try {
            run.crew().each(columns.length, i -> columns[i] = gather(i, batch, leftRows, rightRows));
            return Batch.of(schema, List.of(columns), leftRows.length, null);
        } catch (RuntimeException | Error failure) {
            for (Cells cells : columns) {
                if (cells != null) {
                    cells.close();
                }
            }
            throw failure;
        }
    }

    private Cells gather(int number, @Nullable Batch batch, int[] leftRows, long[] rightRows) {
        Operator.Join.Column column = join.columns().get(number);
        DataType type = schema.field(number).type();
        int index = column.index();
        return switch (column.side()) {
            case LEFT -> leftCells(batch, index, type, leftRows);
            case RIGHT -> right.rows().gather(type, index, rightRows, run.allocator());
            case KEY ->
                batch != null
                        ? leftCells(batch, join.leftKeys().get(index), type, leftRows)
                        : right.rows().gather(type, join.rightKeys().get(index), rightRows, run.allocator());
        };
    }

    private Cells leftCells(@Nullable Batch batch, int column, DataType type, int[] rows) {
        if (batch != null) {
            return Gather.rows(batch.cells(column), rows, run.allocator());
        }
        int[] none = new int[rows.length];
        Arrays.fill(none, -1);
        return Gather.rows(type, List.of(), null, none, run.allocator());
    }

    @Override
    public void close() {
        if (left != null) {
            left.close();
            left = null;
        }
        waiting.forEach(Batch::close);
        waiting.clear();
        right.close();
        memory.close();
    }
}
