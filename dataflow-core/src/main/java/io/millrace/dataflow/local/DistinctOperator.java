package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives the first row of each combination of values. When memory is short, no further combination is held: rows with
 * others are set aside by their values, and looked at when all before them have been given.
 */
final class DistinctOperator implements BatchOperator {
    private final List<Integer> columns;
    private final Schema schema;
    private final List<DataType> types;
    private final Run run;
    private final MemoryReservation memory;
    private final Rounds rounds;
    private final Deque<Batch> ready = new ArrayDeque<>();
    private KeyIndex index;
    private boolean empty = true;
    /** Whether further combinations are held. */
    private boolean open = true;

    private long rowsSeen;
    private @Nullable DividedRows aside;
    /** Where the results of a part of the rows set aside go, to wait for those of the others. */
    private @Nullable SortedFiles target;

    private boolean ended;

    DistinctOperator(List<Integer> columns, Schema schema, Run run) {
        this.columns = columns;
        this.schema = schema;
        this.types = columns.stream().map(column -> schema.field(column).type()).toList();
        this.run = run;
        this.memory = run.memory().child("distinct");
        this.rounds = new Rounds(types, columns, Rounds.KEY_BYTES, run);
        this.index = new KeyIndex(types, memory);
    }

    @Override
    public int wants() {
        if (!ready.isEmpty()) {
            return READY;
        }
        if (!ended) {
            return 0;
        }
        DividedRows rest = aside;
        if (rest == null) {
            return DONE;
        }
        if (target == null) {
            rest.work();
            memory.release(memory.reserved());
        }
        Batch next = rest.next();
        if (next == null) {
            return DONE;
        }
        ready.add(next);
        return READY;
    }

    @Override
    public void accept(int input, Batch batch) {
        if (rounds.add(batch)) {
            work();
        }
    }

    @Override
    public void end(int input) {
        work();
        ended = true;
    }

    /** Looks at the rows of a part that were set aside, and sets those of values that do not fit aside again. */
    private boolean look(DividedRows.Part part, SortedFiles results) {
        target = results;
        memory.release(memory.reserved());
        index = new KeyIndex(types, memory);
        empty = true;
        open = true;
        SpillFile.Reader reader = part.file().reader();
        for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
            accept(0, batch);
        }
        work();
        return true;
    }

    private void work() {
        if (rounds.isEmpty()) {
            return;
        }
        List<Batch> batches = rounds.batches();
        List<KeyBatch> found = rounds.readKeys();
        open &= empty || !run.isShort(0);
        if (open) {
            index.add(found, run.crew());
            empty = false;
            give(batches, found);
        } else {
            index.find(found, run.crew());
            if (aside == null) {
                aside = new DividedRows(schema, schema, columns, this::look, run);
            }
            long first = rowsSeen;
            for (int i = 0; i < batches.size(); i++) {
                aside.addUnknown(batches.get(i), found.get(i), first);
                first += batches.get(i).rowCount();
            }
        }
        rowsSeen += batches.stream().mapToLong(Batch::rowCount).sum();
        rounds.end();
    }

    private void give(List<Batch> batches, List<KeyBatch> found) {
        if (target != null) {
            for (int i = 0; i < batches.size(); i++) {
                target.write(Gather.rows(batches.get(i), found.get(i).fresh(), run.allocator()));
            }
            return;
        }
        @Nullable Batch[] made = new Batch[batches.size()];
        try {
            run.crew()
                    .each(
                            made.length,
                            i -> made[i] =
                                    Gather.rows(batches.get(i), found.get(i).fresh(), run.allocator()));
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

    @Override
    public Batch next() {
        return ready.remove();
    }

    @Override
    public void close() {
        ended = true;
        if (aside != null) {
            aside.close();
            aside = null;
        }
        ready.forEach(Batch::close);
        ready.clear();
        rounds.close();
        memory.close();
    }
}
