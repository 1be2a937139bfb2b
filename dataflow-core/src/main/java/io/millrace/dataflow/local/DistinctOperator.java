package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives the first row of each combination of values. When memory is short, no further combination is held: rows with
 * others are set aside by their values, and looked at when all before them have been given.
 */
final class DistinctOperator implements BatchOperator {
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
    private @Nullable SetAside aside;
    /** Whether this is one of the files of rows set aside, whose results wait for those of the others. */
    private boolean again;

    private boolean ended;

    DistinctOperator(List<Integer> columns, Schema schema, Run run) {
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
        SetAside rest = aside;
        if (rest == null) {
            return DONE;
        }
        if (!again) {
            again = true;
            finish(rest);
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

    /** Looks at the rows that were set aside, file by file. */
    private void finish(SetAside rest) {
        while (rest.open()) {
            memory.release(memory.reserved());
            index = new KeyIndex(types, memory);
            empty = true;
            open = true;
            for (Batch batch = rest.read(); batch != null; batch = rest.read()) {
                accept(0, batch);
            }
            work();
        }
        memory.release(memory.reserved());
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
                aside = new SetAside(schema, schema, run);
            }
            aside.add(batches, found, rowsSeen);
        }
        rowsSeen += batches.stream().mapToLong(Batch::rowCount).sum();
        rounds.end();
    }

    private void give(List<Batch> batches, List<KeyBatch> found) {
        if (again) {
            for (int i = 0; i < batches.size(); i++) {
                give(batches.get(i), found.get(i).fresh());
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

    private void give(Batch batch, int[] fresh) {
        SetAside rest = Objects.requireNonNull(aside);
        int rows = rest.resultRows(index.size());
        for (int from = 0; from < fresh.length; from += rows) {
            int[] some = Arrays.copyOfRange(fresh, from, Math.min(fresh.length, from + rows));
            rest.give(Gather.rows(batch, some, run.allocator()));
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
