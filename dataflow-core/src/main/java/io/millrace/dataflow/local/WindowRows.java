package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.expr.Frame;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.WindowMeasure;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/** Rows in memory, with the measures of a window for each of them. Gives the rows as they came. */
final class WindowRows implements AutoCloseable {
    private static final long BYTES_PER_ROW = 3 * Long.BYTES;
    private static final long BYTES_PER_MEASURE = 2 * Long.BYTES;
    private static final int MOST_ROWS = 1 << 30;

    private final Operator.Window window;
    private final Schema input;
    private final Schema schema;
    private final String step;
    private final Run run;
    private final MemoryReservation memory;
    private final HeldRows held = new HeldRows();
    /** Columns that are given after the measures. */
    private final List<Integer> columnsAfter;

    private final KeyTable partitions;
    private final RowKey key = new RowKey();
    private final List<WindowValues> values = new ArrayList<>();
    private int[] numbers = new int[1 << 10];
    private int rows;
    private int givenBatches;
    private int givenRows;

    /**
     * Without rows yet.
     *
     * @param input the columns of the rows it takes
     * @param schema that of the rows it gives: the columns of the window, the measures, and {@code columnsAfter}
     * @param step the step as {@code explain} shows it
     */
    WindowRows(Operator.Window window, Schema input, Schema schema, List<Integer> columnsAfter, String step, Run run) {
        this.window = window;
        this.input = input;
        this.schema = schema;
        this.columnsAfter = columnsAfter;
        this.step = step;
        this.run = run;
        this.memory = run.memory().child("window");
        this.partitions = new KeyTable(memory);
    }

    /** Whether no more rows should be held: each takes memory for its place and its measures too. */
    boolean isFull() {
        return run.isShort((long) rows * (BYTES_PER_ROW + window.measures().size() * BYTES_PER_MEASURE))
                || rows > MOST_ROWS;
    }

    /** The rows that were added. */
    HeldRows held() {
        return held;
    }

    /** Takes over a batch. */
    void add(Batch batch) {
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

    /** Computes the measures of all rows. */
    void compute() {
        int count = window.partition().isEmpty() ? 1 : partitions.size();
        WindowOrder order =
                WindowOrder.of(held, Arrays.copyOf(numbers, rows), count, window.order(), memory, run.cancellation());
        for (WindowMeasure measure : window.measures()) {
            values.add(
                    measure instanceof WindowMeasure.Aggregated aggregated
                            ? aggregates(aggregated, order)
                            : places((WindowMeasure.Placed) measure, order));
        }
    }

    private WindowValues places(WindowMeasure.Placed measure, WindowOrder order) {
        memory.reserve((long) rows * Long.BYTES);
        WindowPlaces places = new WindowPlaces(order, measure);
        return switch (measure.kind()) {
            case ROW_NUMBER, RANK, DENSE_RANK, NTILE -> {
                long[] numbers = new long[rows];
                places(places, order, rank -> numbers[order.row(rank)] = places.number(rank));
                yield WindowValues.of(numbers);
            }
            case PERCENT_RANK, CUMULATIVE_SHARE -> {
                double[] shares = new double[rows];
                places(places, order, rank -> shares[order.row(rank)] = places.share(rank));
                yield WindowValues.of(shares);
            }
            case LAG, LEAD, NTH_VALUE -> taken(measure, places, order);
        };
    }

    private static void places(WindowPlaces places, WindowOrder order, IntConsumer each) {
        for (int partition = 0; partition < order.partitionCount(); partition++) {
            places.enter(order.start(partition), order.end(partition));
            for (int rank = order.start(partition); rank < order.end(partition); rank++) {
                order.check(rank);
                each.accept(rank);
            }
        }
    }

    private WindowValues taken(WindowMeasure.Placed measure, WindowPlaces places, WindowOrder order) {
        FrameBounds bounds = RankedValues.bounds(measure, window, input, order);
        long[] references = new long[rows];
        for (int partition = 0; partition < order.partitionCount(); partition++) {
            places.enter(order.start(partition), order.end(partition));
            bounds.enter(order.start(partition), order.end(partition));
            for (int rank = order.start(partition); rank < order.end(partition); rank++) {
                order.check(rank);
                bounds.at(rank);
                int taken = places.taken(rank, bounds);
                references[order.row(rank)] = taken == WindowPlaces.NO_RANK ? HeldRows.NONE : order.reference(taken);
            }
        }
        List<Cells> sources = held.batches().stream()
                .map(batch -> batch.cells(measure.input()))
                .toList();
        return new WindowValues.Taken(measure.type(), sources, references, measure.otherwise());
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
        FrameBounds bounds = FrameBounds.of(measure.frame(), order, window.order(), input);
        FrameAggregates aggregates = new FrameAggregates(
                order, measure.inputs(), Accumulators.of(measure.aggregate(), step, memory), memory);
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

    /** Whether all rows were given. */
    boolean isDone() {
        return givenBatches >= held.batches().size();
    }

    /** The rows of the next batch with their measures. Called when they are computed. */
    Batch next() {
        Batch batch = held.batches().get(givenBatches);
        List<Cells> columns = new ArrayList<>();
        try {
            for (int column : window.columns()) {
                columns.add(batch.cells(column).retain());
            }
            for (WindowValues each : values) {
                columns.add(each.cells(givenRows, batch.rowCount(), run.allocator()));
            }
            for (int column : columnsAfter) {
                columns.add(batch.cells(column).retain());
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
