package io.millrace.dataflow.local;

import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the rows of the right input by their key, then goes over the left one, some batches at a time. Gives the rows in
 * the order of the left input, and the partners of one row in the order of the right; after them the rows of the right
 * input without a partner, where they are wanted. When memory is short before the right input ends, both become a
 * {@link DividedJoin}.
 *
 * <p>Both inputs are read in turns until one ends. When that is the left one, it is the smaller, and of the right one only
 * the rows that it has a partner for are held: see {@link JoinSieve}.
 */
final class JoinOperator implements BatchOperator {
    private static final int LEFT = 0;
    private static final int RIGHT = 1;

    private final Operator.Join join;
    private final Schema schema;
    private final List<Schema> inputs;
    private final Run run;
    private final JoinTable right;
    private final JoinProbes probes;
    private final JoinColumns columns;
    private final JoinChecks checks;
    private final JoinSieve sieve;
    /** Batches of the left input that were read before the right one ended. */
    private final Deque<Batch> waiting = new ArrayDeque<>();

    private @Nullable DividedJoin divided;
    private boolean rightEnded;
    private boolean leftEnded;
    private @Nullable Batch ready;

    JoinOperator(Operator.Join join, Plan.Stage stage, List<Schema> inputs, Run run) {
        this.join = join;
        this.schema = stage.schema();
        this.inputs = inputs;
        this.run = run;
        List<DataType> types = join.rightKeys().stream()
                .map(key -> inputs.get(RIGHT).field(key).type())
                .toList();
        this.right = new JoinTable(join, schema, types, run);
        this.probes = new JoinProbes(right, types, run);
        this.columns = right.columns();
        this.checks = new JoinChecks(join, stage.text(), run);
        this.sieve = new JoinSieve(join, run.memory());
    }

    @Override
    public boolean seesAllRows() {
        return checks.areExpected();
    }

    @Override
    public int wants() {
        if (!rightEnded) {
            return !leftEnded && divided == null && sieve.wantsLeft() ? LEFT : RIGHT;
        }
        DividedJoin parts = divided;
        if (parts != null) {
            if (!leftEnded) {
                return LEFT;
            }
            ready = ready == null ? parts.next() : ready;
            return ready != null ? READY : DONE;
        }
        while (!probes.isFull() && !waiting.isEmpty()) {
            probes.add(waiting.remove());
        }
        if (!probes.isFull() && !leftEnded) {
            return LEFT;
        }
        return !probes.isEmpty() || right.hasUnpaired() ? READY : DONE;
    }

    @Override
    public void accept(int input, Batch batch) {
        if (input == RIGHT) {
            Batch sifted = sieve.sift(batch, run.allocator());
            checks.right(sifted);
            if (divided != null) {
                divided.addRight(sifted);
            } else {
                right.add(sifted);
                if (right.isFull()) {
                    setAside();
                }
            }
            return;
        }
        checks.left(batch);
        if (divided != null) {
            divided.addLeft(batch);
        } else if (rightEnded) {
            probes.add(batch);
        } else {
            waiting.add(batch);
            sieve.countLeft(batch);
        }
    }

    /** Writes the rows that are held to files, as all that come will be. */
    private void setAside() {
        DividedJoin parts = new DividedJoin(join, schema, inputs, run);
        divided = parts;
        Deque<Batch> rights = new ArrayDeque<>(right.take());
        try {
            while (!rights.isEmpty()) {
                parts.addRight(rights.remove());
            }
        } finally {
            rights.forEach(Batch::close);
        }
        while (!waiting.isEmpty()) {
            parts.addLeft(waiting.remove());
        }
    }

    @Override
    public void end(int input) {
        if (input == RIGHT) {
            checks.endRight();
            if (divided == null) {
                right.link();
            }
            rightEnded = true;
        } else {
            checks.endLeft();
            leftEnded = true;
            if (!rightEnded && divided == null) {
                sieve.open(waiting);
            }
        }
        if (leftEnded && rightEnded && divided != null) {
            divided.join();
        }
    }

    @Override
    public Batch next() {
        Batch merged = ready;
        if (merged != null) {
            ready = null;
            return merged;
        }
        return probes.isEmpty() ? right.unpaired(columns) : probes.next();
    }

    @Override
    public void close() {
        if (ready != null) {
            ready.close();
            ready = null;
        }
        probes.close();
        waiting.forEach(Batch::close);
        waiting.clear();
        right.close();
        sieve.close();
        checks.close();
        if (divided != null) {
            divided.close();
        }
    }
}
