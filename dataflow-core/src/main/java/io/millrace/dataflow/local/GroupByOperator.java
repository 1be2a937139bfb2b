package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Holds one row per group and gives them in the order in which the groups first appeared. */
final class GroupByOperator implements BatchOperator {
    private final Operator.GroupBy group;
    private final Schema schema;
    private final Run run;
    private final MemoryReservation memory;
    private final KeyTable groups;
    private final RowKey key = new RowKey();
    private final List<Aggregation> aggregations = new ArrayList<>();
    private final HeldRows keys = new HeldRows();
    private long[] references = new long[1 << 10];
    private boolean ended;
    private int given;

    GroupByOperator(Operator.GroupBy group, Plan.Stage stage, Run run) {
        this.group = group;
        this.schema = stage.schema();
        this.run = run;
        this.memory = run.memory().child("groupBy");
        this.groups = new KeyTable(memory);
        for (Operator.GroupBy.Measure measure : group.measures()) {
            aggregations.add(Aggregations.of(measure, stage.text(), memory));
        }
        if (group.keys().isEmpty()) {
            // Without keys there is one group, also of no rows.
            key.set(List.of(), 0);
            groups.add(key);
            aggregations.forEach(each -> each.grow(1));
        }
    }

    @Override
    public int wants() {
        return !ended ? 0 : given < groups.size() ? READY : DONE;
    }

    @Override
    public void accept(int input, Batch batch) {
        try (batch) {
            int[] numbers = number(batch);
            for (int i = 0; i < aggregations.size(); i++) {
                Aggregation aggregation = aggregations.get(i);
                int column = group.measures().get(i).input();
                aggregation.grow(groups.size());
                aggregation.add(column < 0 ? null : batch.cells(column), numbers);
            }
        }
    }

    /** The number of the group of each row. Keeps the keys of groups that appear for the first time. */
    private int[] number(Batch batch) {
        List<Cells> columns = group.keys().stream().map(batch::cells).toList();
        int[] numbers = new int[batch.rowCount()];
        if (columns.isEmpty()) {
            return numbers;
        }
        int before = groups.size();
        int[] firsts = new int[numbers.length];
        for (int row = 0; row < numbers.length; row++) {
            key.set(columns, row);
            int known = groups.size();
            numbers[row] = groups.add(key);
            if (groups.size() > known) {
                firsts[known - before] = row;
            }
        }
        int count = groups.size() - before;
        if (count > 0) {
            keep(batch, Arrays.copyOf(firsts, count), before);
        }
        return numbers;
    }

    private void keep(Batch batch, int[] firsts, int before) {
        List<Cells> kept = new ArrayList<>();
        List<Schema.Field> fields = new ArrayList<>();
        try {
            for (int i = 0; i < group.keys().size(); i++) {
                kept.add(Gather.rows(batch.cells(group.keys().get(i)), firsts, run.allocator()));
                fields.add(schema.field(i));
            }
        } catch (RuntimeException | Error failure) {
            kept.forEach(Cells::close);
            throw failure;
        }
        keys.add(Batch.of(Schema.of(fields), kept, firsts.length, null));
        if (groups.size() > references.length) {
            int capacity = Math.max(groups.size(), references.length * 2);
            memory.reserve((long) (capacity - references.length) * Long.BYTES);
            references = Arrays.copyOf(references, capacity);
        }
        for (int i = 0; i < firsts.length; i++) {
            references[before + i] = HeldRows.reference(keys.batches().size() - 1, i);
        }
    }

    @Override
    public void end(int input) {
        ended = true;
    }

    @Override
    public Batch next() {
        int end = Math.min(groups.size(), given + Run.BATCH_ROWS);
        List<Cells> columns = new ArrayList<>();
        try {
            long[] part = Arrays.copyOfRange(references, given, end);
            for (int i = 0; i < group.keys().size(); i++) {
                columns.add(keys.gather(schema.field(i).type(), i, part, run.allocator()));
            }
            for (Aggregation aggregation : aggregations) {
                columns.add(aggregation.result(given, end, run.allocator()));
            }
            Batch batch = Batch.of(schema, columns, end - given, null);
            given = end;
            return batch;
        } catch (RuntimeException | Error failure) {
            columns.forEach(Cells::close);
            throw failure;
        }
    }

    @Override
    public void close() {
        keys.close();
        memory.close();
    }
}
