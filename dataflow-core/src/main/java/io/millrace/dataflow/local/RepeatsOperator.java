package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Step;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Holds all rows, then gives the last one of each combination of values, or all of those that come more than once, in place. */
final class RepeatsOperator implements BatchOperator {
    private final Operator.Distinct distinct;
    private final Schema schema;
    private final Run run;
    private final MemoryReservation memory;
    private final HeldRows rows = new HeldRows();
    private final KeyTable keys;
    private final RowKey key = new RowKey();
    /** By number of a row: that of its key. */
    private int[] keyNumbers = new int[0];
    /** By number of a key: its last row, and how many rows it has. */
    private int[] last = new int[0];

    private int[] counts = new int[0];
    private boolean ended;
    private int batch;
    private int row;
    private int number;

    RepeatsOperator(Operator.Distinct distinct, Schema schema, Run run) {
        this.distinct = distinct;
        this.schema = schema;
        this.run = run;
        this.memory = run.memory().child("distinct");
        this.keys = new KeyTable(memory);
    }

    @Override
    public int wants() {
        return !ended ? 0 : number < rows.rows() ? READY : DONE;
    }

    @Override
    public void accept(int input, Batch added) {
        int start = Math.toIntExact(rows.rows());
        rows.add(added);
        keyNumbers = reserved(keyNumbers, start + added.rowCount());
        List<Cells> columns = distinct.columns().stream().map(added::cells).toList();
        for (int i = 0; i < added.rowCount(); i++) {
            key.set(columns, i);
            int keyNumber = keys.add(key);
            last = reserved(last, keyNumber + 1);
            counts = reserved(counts, keyNumber + 1);
            keyNumbers[start + i] = keyNumber;
            last[keyNumber] = start + i;
            counts[keyNumber]++;
        }
    }

    private int[] reserved(int[] numbers, int size) {
        if (size <= numbers.length) {
            return numbers;
        }
        int capacity = Math.max(size, Math.max(1 << 10, numbers.length * 2));
        memory.reserve((long) (capacity - numbers.length) * Integer.BYTES);
        return Arrays.copyOf(numbers, capacity);
    }

    @Override
    public void end(int input) {
        ended = true;
    }

    @Override
    public Batch next() {
        long[] references = new long[Run.BATCH_ROWS];
        int count = 0;
        while (count < references.length && number < rows.rows()) {
            if (row == rows.batches().get(batch).rowCount()) {
                batch++;
                row = 0;
            }
            if (isKept()) {
                references[count++] = HeldRows.reference(batch, row);
            }
            row++;
            number++;
        }
        return gather(Arrays.copyOf(references, count));
    }

    private boolean isKept() {
        int keyNumber = keyNumbers[number];
        return distinct.keep() == Step.Distinct.Keep.LAST ? last[keyNumber] == number : counts[keyNumber] > 1;
    }

    private Batch gather(long[] references) {
        List<Cells> columns = new ArrayList<>();
        try {
            for (int column = 0; column < schema.size(); column++) {
                columns.add(rows.gather(schema.field(column).type(), column, references, run.allocator()));
            }
        } catch (RuntimeException | Error failure) {
            columns.forEach(Cells::close);
            throw failure;
        }
        return Batch.of(schema, columns, references.length, rows.positions(references));
    }

    @Override
    public void close() {
        rows.close();
        memory.close();
    }
}
