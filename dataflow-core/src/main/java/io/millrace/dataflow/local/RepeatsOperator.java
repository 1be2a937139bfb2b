package io.millrace.dataflow.local;

import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds all rows, then gives the last one of each combination of values, or all of those that come more than once, in
 * place. When memory is short, the rows are set aside in parts that have all rows of a combination, of which only what
 * {@link Repeats} knows is in memory.
 */
final class RepeatsOperator implements BatchOperator {
    private final Operator.Distinct distinct;
    private final Schema schema;
    private final List<DataType> types;
    private final Run run;
    private final HeldRows held = new HeldRows();
    private final KeyBatch keys;
    private Repeats repeats;
    private @Nullable DividedRows divided;
    private int given;
    private boolean ended;
    private @Nullable Batch ready;

    RepeatsOperator(Operator.Distinct distinct, Schema schema, Run run) {
        this.distinct = distinct;
        this.schema = schema;
        this.types = distinct.columns().stream()
                .map(column -> schema.field(column).type())
                .toList();
        this.run = run;
        this.keys = new KeyBatch(types);
        this.repeats = repeats();
    }

    private Repeats repeats() {
        return new Repeats(distinct.columns(), types, distinct.keep(), run);
    }

    @Override
    public int wants() {
        if (!ended) {
            return 0;
        }
        if (ready == null) {
            ready = divided != null
                    ? divided.next()
                    : given < held.batches().size() ? kept(held.batches().get(given)) : null;
        }
        return ready != null ? READY : DONE;
    }

    private Batch kept(Batch batch) {
        int[] rows = repeats.kept(batch, keys, held.start(given++));
        return Gather.rows(batch, rows, run.allocator());
    }

    @Override
    public void accept(int input, Batch batch) {
        DividedRows parts = divided;
        if (parts != null) {
            parts.add(batch);
            return;
        }
        held.add(batch);
        repeats.add(batch);
        if (run.isShort(0)) {
            divided = new DividedRows(schema, schema, distinct.columns(), this::work, run);
            divided.addAll(held);
            repeats.close();
        }
    }

    /** Writes the rows of a part that are kept; false when the part should be divided first. */
    private boolean work(DividedRows.Part part, SortedFiles results) {
        try (Repeats known = repeats()) {
            SpillFile.Reader reader = part.file().reader();
            while (reader.hasNext()) {
                try (Batch batch = Objects.requireNonNull(reader.next())) {
                    known.add(batch);
                }
                if (run.isShort(0) && !part.isWhole() && reader.hasNext()) {
                    return false;
                }
            }
            long start = 0;
            reader = part.file().reader();
            while (reader.hasNext()) {
                try (Batch batch = Objects.requireNonNull(reader.next())) {
                    results.write(Gather.rows(batch, known.kept(batch, keys, start), run.allocator()));
                    start += batch.rowCount();
                }
            }
            return true;
        }
    }

    @Override
    public void end(int input) {
        ended = true;
        if (divided != null) {
            divided.work();
        }
    }

    @Override
    public Batch next() {
        Batch batch = Objects.requireNonNull(ready);
        ready = null;
        return batch;
    }

    @Override
    public void close() {
        ended = true;
        given = held.batches().size();
        if (ready != null) {
            next().close();
        }
        held.close();
        repeats.close();
        if (divided != null) {
            divided.close();
        }
    }
}
