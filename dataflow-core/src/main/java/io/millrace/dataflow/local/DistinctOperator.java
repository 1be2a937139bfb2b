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
 * others are set aside, in order, and looked at when all before them have been given.
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
    private @Nullable SpillFile aside;
    private SpillFile.@Nullable Reader reader;
    private @Nullable SpillFile reading;
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
        while (ready.isEmpty() && ended && (reader != null || aside != null)) {
            again();
        }
        return !ready.isEmpty() ? READY : ended ? DONE : 0;
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

    /** Goes on with the rows set aside, until there are some to give or none left. */
    private void again() {
        if (reader == null) {
            reading = Objects.requireNonNull(aside);
            reader = reading.reader();
            aside = null;
            memory.release(memory.reserved());
            index = new KeyIndex(types, memory);
            empty = true;
        }
        SpillFile.Reader rest = Objects.requireNonNull(reader);
        while (ready.isEmpty() && reader != null) {
            Batch batch = rest.next();
            if (batch != null) {
                accept(0, batch);
            } else {
                work();
                Objects.requireNonNull(reading).close();
                reader = null;
            }
        }
    }

    private void work() {
        if (rounds.isEmpty()) {
            return;
        }
        List<Batch> batches = rounds.batches();
        List<KeyBatch> found = rounds.readKeys();
        if (aside == null && (empty || !run.isShort(0))) {
            index.add(found, run.crew());
            empty = false;
            give(batches, found);
        } else {
            index.find(found, run.crew());
            if (aside == null) {
                aside = run.spill().create(schema, run);
            }
            for (int i = 0; i < batches.size(); i++) {
                int[] unknown = found.get(i).known(false);
                if (unknown.length > 0) {
                    aside.write(Gather.rows(batches.get(i), unknown, run.allocator()));
                }
            }
        }
        rounds.end();
    }

    private void give(List<Batch> batches, List<KeyBatch> found) {
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
        reader = null;
        if (aside != null) {
            aside.close();
            aside = null;
        }
        if (reading != null) {
            reading.close();
        }
        ready.forEach(Batch::close);
        ready.clear();
        rounds.close();
        memory.close();
    }
}
