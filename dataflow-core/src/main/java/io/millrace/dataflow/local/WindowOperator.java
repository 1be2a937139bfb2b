package io.millrace.dataflow.local;

import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds all rows, computes the measures of each, and gives the rows as they came. When memory is short, the rows are
 * divided by partition and set aside, and one part after the other is computed.
 */
final class WindowOperator implements BatchOperator {
    private final Operator.Window window;
    private final Schema input;
    private final Schema schema;
    private final String step;
    private final Run run;
    private final WindowRows rows;
    private @Nullable DividedRows divided;
    private @Nullable Batch ready;
    private boolean ended;

    WindowOperator(Operator.Window window, Plan.Stage stage, Schema input, Run run) {
        this.window = window;
        this.input = input;
        this.schema = stage.schema();
        this.step = stage.text();
        this.run = run;
        this.rows = new WindowRows(window, input, schema, List.of(), step, run);
    }

    @Override
    public int wants() {
        if (!ended) {
            return 0;
        }
        if (ready == null) {
            ready = divided != null ? divided.next() : rows.isDone() ? null : rows.next();
        }
        return ready != null ? READY : DONE;
    }

    @Override
    public void accept(int number, Batch batch) {
        if (divided != null) {
            divided.add(batch);
            return;
        }
        rows.add(batch);
        if (rows.isFull()) {
            divided = new DividedRows(input, schema, window.partition(), this::work, run);
            divided.addAll(rows.held());
            rows.close();
        }
    }

    /** Writes the rows of a part with their measures; false when the part should be divided first. */
    private boolean work(DividedRows.Part part, SortedFiles results) {
        boolean fits = computed(part.file(), results);
        if (!fits && part.isWhole()) {
            try (SortedWindow sorted = new SortedWindow(window, input, schema, step, run)) {
                sorted.compute(part.file(), results);
            }
        }
        return fits || part.isWhole();
    }

    /** Writes the rows of a file with their measures, if they fit in memory. */
    private boolean computed(SpillFile file, SortedFiles results) {
        try (WindowRows some =
                new WindowRows(window, input, Numbers.schema(schema), List.of(input.size()), step, run)) {
            SpillFile.Reader reader = file.reader();
            while (reader.hasNext()) {
                some.add(Objects.requireNonNull(reader.next()));
                if (some.isFull() && reader.hasNext()) {
                    return false;
                }
            }
            some.compute();
            while (!some.isDone()) {
                results.write(some.next());
            }
            return true;
        }
    }

    @Override
    public void end(int number) {
        ended = true;
        if (divided != null) {
            divided.work();
        } else {
            rows.compute();
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
        if (ready != null) {
            next().close();
        }
        rows.close();
        if (divided != null) {
            divided.close();
        }
    }
}
