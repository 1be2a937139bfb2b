package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.expr.Frame;
import io.millrace.dataflow.expr.WindowFunction;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.WindowMeasure;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Holds all rows, computes the measures of each, and gives the rows as they came. */
final class WindowOperator implements BatchOperator {
    private final Operator.Window window;
    private final Schema schema;
    private final String step;
    private final Run run;
    private final MemoryReservation memory;
    private final HeldRows held = new HeldRows();
    private final KeyTable partitions;
    private final RowKey key = new RowKey();
    private final List<WindowValues> values = new ArrayList<>();
    private int[] numbers = new int[1 << 10];
    private int rows;
    private boolean ended;
    private int givenBatches;
    private int givenRows;

    WindowOperator(Operator.Window window, Plan.Stage stage, Run run) {
        this.window = window;
        this.schema = stage.schema();
        this.step = stage.text();
        this.run = run;
        this.memory = run.memory().child("window");
        this.partitions = new KeyTable(memory);
    }

    @Override
    public int wants() {
        return !ended ? 0 : givenBatches < held.batches().size() ? READY : DONE;
    }

    @Override
    public void accept(int input, Batch batch) {
        held.add(batch);
        int after = Math.addExact(rows, batch.rowCount());
        if (after > numbers.length) {
            int capacity = Math.max(after, (int) Math.min(Integer.MAX_VALUE - 8L, numbers.length * 2L));
            memory.reserve((long) (capacity - numbers.length) * Integer.BYTES);
            numbers = Arrays.copyOf(numbers, capacity);
        }
        if (!window.partition().isEmpty()) {
            List<Cells> columns = window.partition().stream().map(batch::cells).toList();
            for (int row = 0; row < batch.rowCount(); row++) {
                key.set(columns, row);
                numbers[rows + row] = partitions.add(key);
            }
        }
        rows = after;
    }

    @Override
    public void end(int input) {
        int count = window.partition().isEmpty() ? 1 : partitions.size();
        WindowOrder order =
                WindowOrder.of(held, Arrays.copyOf(numbers, rows), count, window.order(), memory, run.cancellation());
        for (WindowMeasure measure : window.measures()) {
            values.add(
                    measure instanceof WindowMeasure.Aggregated aggregated
                            ? aggregates(aggregated, order)
                            : places((WindowMeasure.Placed) measure, order));
        }
        ended = true;
    }

    private WindowValues places(WindowMeasure.Placed measure, WindowOrder order) {
        memory.reserve((long) rows * Long.BYTES);
        WindowPlaces places = new WindowPlaces(order, measure);
        return switch (measure.kind()) {
            case ROW_NUMBER, RANK, DENSE_RANK, NTILE -> WindowValues.of(places.numbers());
            case PERCENT_RANK, CUMULATIVE_SHARE ->
                WindowValues.of(places.shares(measure.kind() == WindowFunction.Kind.PERCENT_RANK));
            case LAG -> taken(measure, places.shifted(negated(measure.number())));
            case LEAD -> taken(measure, places.shifted(measure.number()));
            case NTH_VALUE -> taken(measure, places.nth(bounds(measure.frame(), order)));
        };
    }

    /** The opposite; of the least number, which has none, the greatest, as far beyond any partition. */
    private static long negated(long number) {
        return number == Long.MIN_VALUE ? Long.MAX_VALUE : -number;
    }

    private WindowValues taken(WindowMeasure.Placed measure, long[] references) {
        List<Cells> sources = held.batches().stream()
                .map(batch -> batch.cells(measure.input()))
                .toList();
        return new WindowValues.Taken(measure.type(), sources, references, measure.otherwise());
    }

    private FrameBounds bounds(Frame frame, WindowOrder order) {
        return FrameBounds.of(
                frame,
                order,
                window.order(),
                held.batches().stream().map(Batch::columns).toList());
    }

    private WindowValues aggregates(WindowMeasure.Aggregated measure, WindowOrder order) {
        boolean whole = measure.frame().equals(Frame.all());
        memory.reserve((long) rows * Integer.BYTES);
        WindowValues.Written written = new WindowValues.Written(measure.type(), new int[rows], run.allocator());
        try {
            if (whole && window.order().isEmpty()) {
                ofPartitions(measure, order, written);
            } else {
                ofFrames(measure, order, written);
            }
            written.end();
            return written;
        } catch (RuntimeException | Error failure) {
            written.close();
            throw failure;
        }
    }

    /** Groups the rows as they came, which is the order of their partitions. */
    private void ofPartitions(WindowMeasure.Aggregated measure, WindowOrder order, WindowValues.Written written) {
        Aggregation aggregation = Aggregations.of(measure.aggregate(), step, memory);
        aggregation.grow(order.partitionCount());
        int row = 0;
        for (Batch batch : held.batches()) {
            run.cancellation().check();
            int[] groups = new int[batch.rowCount()];
            for (int i = 0; i < groups.length; i++) {
                groups[i] = order.partition(row);
                written.put(row, order.partition(row));
                row++;
            }
            aggregation.add(measure.inputs().stream().map(batch::cells).toList(), groups);
        }
        for (int from = 0; from < order.partitionCount(); from += Run.BATCH_ROWS) {
            run.cancellation().check();
            int to = Math.min(order.partitionCount(), from + Run.BATCH_ROWS);
            try (Cells results = aggregation.result(from, to, run.allocator())) {
                for (int i = 0; i < to - from; i++) {
                    Object error = results.errors().at(i).orElse(null);
                    written.write(error != null ? error : results.value(i));
                }
            }
        }
    }

    private void ofFrames(WindowMeasure.Aggregated measure, WindowOrder order, WindowValues.Written written) {
        List<List<Cells>> inputs = new ArrayList<>();
        for (Batch batch : held.batches()) {
            inputs.add(measure.inputs().stream().map(batch::cells).toList());
        }
        FrameBounds bounds = bounds(measure.frame(), order);
        FrameAggregates aggregates =
                new FrameAggregates(order, inputs, Accumulators.of(measure.aggregate(), step, memory), memory);
        for (int partition = 0; partition < order.partitionCount(); partition++) {
            int start = order.start(partition);
            int end = order.end(partition);
            bounds.enter(start, end);
            aggregates.enter(start);
            int from = -1;
            int to = -1;
            int number = -1;
            for (int rank = start; rank < end; rank++) {
                order.check(rank);
                bounds.at(rank);
                // Rows with the same frame share its value.
                if (bounds.from() != from || bounds.to() != to) {
                    from = bounds.from();
                    to = bounds.to();
                    number = written.write(aggregates.value(from, to));
                }
                written.put(order.row(rank), number);
            }
        }
    }

    @Override
    public Batch next() {
        Batch batch = held.batches().get(givenBatches);
        List<Cells> columns = new ArrayList<>();
        try {
            for (int column : window.columns()) {
                columns.add(batch.cells(column).retain());
            }
            for (WindowValues each : values) {
                columns.add(each.cells(givenRows, batch.rowCount(), run.allocator()));
            }
        } catch (RuntimeException | Error failure) {
            columns.forEach(Cells::close);
            throw failure;
        }
        givenBatches++;
        givenRows += batch.rowCount();
        return Batch.of(schema, columns, batch.rowCount(), batch.positions().orElse(null));
    }

    @Override
    public void close() {
        values.forEach(WindowValues::close);
        values.clear();
        held.close();
        memory.close();
    }
}
