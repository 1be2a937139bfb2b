package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Holds one row per group and gives them in the order in which the groups first appeared. The threads of the run divide
 * the keys among each other, then the aggregates, so that every value is added in the order of the rows.
 *
 * <p>When memory is short, no further group is held: the rows of others are set aside, in order, and grouped after the
 * groups held have been given. So neither the order nor a sum depends on memory; what one group holds has to fit.
 */
final class GroupByOperator implements BatchOperator {
    private final Operator.GroupBy group;
    private final Schema schema;
    private final Run run;
    private final MemoryReservation memory;
    private final String text;
    private final Schema input;
    private final List<DataType> types;
    private final Rounds rounds;
    private final List<Aggregation> aggregations = new ArrayList<>();
    private final HeldRows keys = new HeldRows();
    private KeyIndex index;
    /** By part of the index and number there: the number of the group. */
    private int[][] numbers = new int[KeyBatch.PARTS][0];

    private int groups;
    /** The rows of groups that are not held, in order; null while every group is. */
    private @Nullable SpillFile aside;

    private boolean ended;
    private int given;

    GroupByOperator(Operator.GroupBy group, Plan.Stage stage, List<Schema> inputs, Run run) {
        this.group = group;
        this.schema = stage.schema();
        this.text = stage.text();
        this.input = inputs.get(0);
        this.run = run;
        this.memory = run.memory().child("groupBy");
        this.types = group.keys().stream().map(key -> input.field(key).type()).toList();
        this.rounds = new Rounds(
                types, group.keys(), Rounds.KEY_BYTES * (1 + group.measures().size()), run);
        this.index = new KeyIndex(types, memory);
        begin();
    }

    /** Forgets all groups. */
    private void begin() {
        keys.close();
        aggregations.clear();
        memory.release(memory.reserved());
        index = new KeyIndex(types, memory);
        numbers = new int[KeyBatch.PARTS][0];
        groups = 0;
        given = 0;
        for (Operator.GroupBy.Measure measure : group.measures()) {
            aggregations.add(Aggregations.of(measure, text, memory));
        }
        if (group.keys().isEmpty()) {
            // Without keys there is one group, also of no rows.
            groups = 1;
            aggregations.forEach(each -> each.grow(1));
        }
    }

    @Override
    public int wants() {
        if (!ended) {
            return 0;
        }
        while (given == groups && aside != null) {
            again();
        }
        return given < groups ? READY : DONE;
    }

    @Override
    public void accept(int number, Batch batch) {
        if (rounds.add(batch)) {
            work();
        }
    }

    @Override
    public void end(int number) {
        work();
        ended = true;
    }

    /** Groups the rows that were set aside. All of their groups begin after those that have been given. */
    private void again() {
        SpillFile rest = Objects.requireNonNull(aside);
        aside = null;
        begin();
        SpillFile.Reader reader = rest.reader();
        for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
            accept(0, batch);
        }
        work();
        rest.close();
    }

    /** Takes in the rows of a round. From when memory is short on, rows of further groups are set aside. */
    private void work() {
        if (rounds.isEmpty()) {
            return;
        }
        if (group.keys().isEmpty()) {
            List<Batch> batches = rounds.batches();
            aggregate(
                    batches,
                    batches.stream().map(batch -> new int[batch.rowCount()]).toList());
        } else if (aside == null && (groups == 0 || !run.isShort(0))) {
            aggregate(rounds.batches(), number(rounds.batches()));
        } else {
            aggregateKnown(rounds.batches());
        }
        rounds.end();
    }

    private void aggregate(List<Batch> batches, List<int[]> groupsOfRows) {
        run.crew().each(aggregations.size(), i -> {
            Aggregation aggregation = aggregations.get(i);
            List<Integer> columns = group.measures().get(i).inputs();
            aggregation.grow(groups);
            for (int j = 0; j < batches.size(); j++) {
                run.cancellation().check();
                aggregation.add(columns.stream().map(batches.get(j)::cells).toList(), groupsOfRows.get(j));
            }
        });
    }

    private void aggregateKnown(List<Batch> batches) {
        List<KeyBatch> found = rounds.readKeys();
        index.find(found, run.crew());
        if (aside == null) {
            aside = run.spill().create(input, run);
        }
        for (int i = 0; i < batches.size(); i++) {
            int[] known = found.get(i).known(true);
            int[] unknown = found.get(i).known(false);
            if (unknown.length > 0) {
                aside.write(Gather.rows(batches.get(i), unknown, run.allocator()));
            }
            int[] all = groupsOfRows(found.get(i));
            try (Batch kept = Gather.rows(batches.get(i), known, run.allocator())) {
                aggregate(
                        List.of(kept),
                        List.of(IntStream.of(known).map(row -> all[row]).toArray()));
            }
        }
    }

    /** The numbers of the groups of the rows of each batch. Keeps the keys of groups that appear for the first time. */
    private List<int[]> number(List<Batch> batches) {
        List<KeyBatch> found = rounds.readKeys();
        index.add(found, run.crew());
        for (int i = 0; i < batches.size(); i++) {
            keep(batches.get(i), found.get(i));
        }
        int[][] result = new int[batches.size()][];
        run.crew().each(result.length, i -> result[i] = groupsOfRows(found.get(i)));
        return List.of(result);
    }

    /** Gives numbers to the groups that begin in a batch, in the order of its rows. */
    private void keep(Batch batch, KeyBatch found) {
        int[] firsts = found.fresh();
        if (firsts.length == 0) {
            return;
        }
        for (int row : firsts) {
            int part = found.part(row);
            int number = found.numbers()[row];
            if (number >= numbers[part].length) {
                int capacity = Math.max(16, 2 * numbers[part].length);
                memory.reserve((long) (capacity - numbers[part].length) * Integer.BYTES);
                numbers[part] = Arrays.copyOf(numbers[part], capacity);
            }
            numbers[part][number] = groups++;
        }
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
    }

    private int[] groupsOfRows(KeyBatch found) {
        int[] result = new int[found.rows()];
        int[] order = found.order();
        int[] inPart = found.numbers();
        for (int part = 0; part < KeyBatch.PARTS; part++) {
            int[] known = numbers[part];
            int end = found.start(part + 1);
            for (int i = found.start(part); i < end; i++) {
                int row = order[i];
                result[row] = inPart[row] == KeyPart.UNKNOWN ? KeyPart.UNKNOWN : known[inPart[row]];
            }
        }
        return result;
    }

    @Override
    public Batch next() {
        int end = Math.min(groups, given + run.batchRows());
        List<Cells> columns = new ArrayList<>();
        try {
            if (!group.keys().isEmpty()) {
                long[] part = keys.references(given, end);
                for (int i = 0; i < group.keys().size(); i++) {
                    columns.add(keys.gather(schema.field(i).type(), i, part, run.allocator()));
                }
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
        ended = true;
        given = groups;
        if (aside != null) {
            aside.close();
            aside = null;
        }
        rounds.close();
        keys.close();
        memory.close();
    }
}
