package io.millrace.dataflow.local;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.WindowMeasure;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The rows of a window that has a partition which does not fit in memory. Sorts them on disk by partition and order, goes
 * over them once with the measures, of which each holds what its frame needs, and sorts the result by the numbers of the
 * rows.
 */
final class SortedWindow implements AutoCloseable {
    private final Operator.Window window;
    private final Schema numbered;
    private final Schema result;
    private final String step;
    private final Run run;
    private final MemoryReservation memory;
    private final SortedRows sorted;
    private int[] counts = new int[16];

    /**
     * Without rows yet.
     *
     * @param input the columns of the rows, without their numbers
     * @param output the columns of the result, without the numbers
     * @param step the step as {@code explain} shows it
     */
    SortedWindow(Operator.Window window, Schema input, Schema output, String step, Run run) {
        this.window = window;
        this.numbered = Numbers.schema(input);
        this.result = Numbers.schema(output);
        this.step = step;
        this.run = run;
        this.memory = run.memory().child("window");
        this.sorted = new SortedRows(Numbers.schema(numbered), window.order(), run);
    }

    /** Writes the rows of a file with their measures, by their numbers. */
    void compute(SpillFile file, SortedFiles results) {
        if (file.rows() > Integer.MAX_VALUE - 8) {
            throw DataflowException.of(
                    ErrorCode.OUT_OF_MEMORY,
                    "Cannot compute " + step + ": there are " + file.rows() + " rows in one partition, and at most "
                            + (Integer.MAX_VALUE - 8) + " can be ordered",
                    "Partition the window by more columns, or filter earlier");
        }
        sort(file);
        try (SortOperator byNumber = new SortOperator(result, Numbers.order(result), run)) {
            measure(byNumber);
            byNumber.end(0);
            while (byNumber.wants() == BatchOperator.READY) {
                results.write(byNumber.next());
            }
        }
    }

    /** Sorts the rows by the number of their partition, which comes behind their own, and by the order of the window. */
    private void sort(SpillFile file) {
        Schema schema = Numbers.schema(numbered);
        List<Operator.Sort.Key> keys = new ArrayList<>(Numbers.order(schema));
        keys.addAll(window.order());
        KeyTable partitions = new KeyTable(memory);
        try (SortOperator byPartition = new SortOperator(schema, keys, run)) {
            SpillFile.Reader reader = file.reader();
            while (reader.hasNext()) {
                Batch batch = Objects.requireNonNull(reader.next());
                int[] numbers = partitions(batch, partitions);
                byPartition.accept(0, Numbers.number(batch, schema, row -> numbers[row], run.allocator()));
            }
            byPartition.end(0);
            while (byPartition.wants() == BatchOperator.READY) {
                Batch batch = byPartition.next();
                sorted.add(batch, run.rowsOfPiece(batch, 4 * SortedRows.PAGES));
            }
        }
        // What the partitions are is not asked any more.
        memory.close();
    }

    private int[] partitions(Batch batch, KeyTable partitions) {
        RowKey key = new RowKey();
        List<Cells> columns = window.partition().stream().map(batch::cells).toList();
        int[] numbers = new int[batch.rowCount()];
        for (int row = 0; row < numbers.length; row++) {
            key.set(columns, row);
            numbers[row] = partitions.add(key);
            if (numbers[row] == counts.length) {
                memory.reserve((long) counts.length * Integer.BYTES);
                counts = Arrays.copyOf(counts, 2 * counts.length);
            }
            counts[numbers[row]]++;
        }
        return numbers;
    }

    /** Gives the rows with their measures and numbers to a sort. */
    private void measure(SortOperator target) {
        List<RankedValues> measures = new ArrayList<>();
        try {
            for (WindowMeasure measure : window.measures()) {
                measures.add(values(measure));
            }
            int partition = -1;
            int end = 0;
            for (int number = 0; number < sorted.batches(); number++) {
                run.cancellation().check();
                List<WindowValues.Written> written = new ArrayList<>();
                try {
                    int start = sorted.start(number);
                    int count = sorted.start(number + 1) - start;
                    for (WindowMeasure measure : window.measures()) {
                        written.add(new WindowValues.Written(measure.type(), new int[count], run.allocator()));
                    }
                    for (int rank = start; rank < start + count; rank++) {
                        while (rank == end) {
                            partition++;
                            int next = end + counts[partition];
                            for (RankedValues each : measures) {
                                each.enter(end, next);
                            }
                            end = next;
                        }
                        for (int i = 0; i < measures.size(); i++) {
                            WindowValues.Written values = written.get(i);
                            values.put(
                                    rank - start, values.write(measures.get(i).at(rank)));
                        }
                    }
                    written.forEach(WindowValues.Written::end);
                    target.accept(0, batch(sorted.batch(number), written));
                } finally {
                    written.forEach(WindowValues.Written::close);
                }
            }
        } finally {
            measures.forEach(RankedValues::close);
        }
    }

    private RankedValues values(WindowMeasure measure) {
        if (measure instanceof WindowMeasure.Aggregated aggregated) {
            return RankedValues.of(aggregated, window, numbered, sorted, step, run);
        }
        return RankedValues.of((WindowMeasure.Placed) measure, window, numbered, sorted);
    }

    private Batch batch(Batch rows, List<WindowValues.Written> measures) {
        List<Cells> columns = new ArrayList<>();
        try {
            for (int column : window.columns()) {
                columns.add(rows.cells(column).retain());
            }
            for (WindowValues.Written each : measures) {
                columns.add(each.cells(0, rows.rowCount(), run.allocator()));
            }
        } catch (RuntimeException | Error failure) {
            columns.forEach(Cells::close);
            throw failure;
        }
        columns.add(rows.cells(numbered.size() - 1).retain());
        return Batch.of(result, columns, rows.rowCount(), rows.positions().orElse(null));
    }

    @Override
    public void close() {
        sorted.close();
        memory.close();
    }
}
