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
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Holds one row per group and gives them in the order in which the groups first appeared. The threads of the run divide
 * the keys among each other, then the aggregates, so that every value is added in the order of the rows where that
 * matters.
 *
 * <p>When memory is short, no further group is held: the rows of others are set aside by key, and grouped after the
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
    private final HeldRows keys = new HeldRows();
    private GroupLanes lanes;
    private GroupNumbers numbers;
    private int groups;
    /** The rows of groups that are not held; null while every group is. */
    private @Nullable DividedRows aside;
    /** Whether this is a part of the rows set aside, whose batches have numbers of rows as their last column. */
    private boolean again;
    /** Whether all groups that are held fit: no row of another group is known. */
    private boolean open = true;

    private long rowsSeen;
    private boolean ended;
    private int given;
    /** The next groups of rows that were set aside. */
    private @Nullable Batch ready;

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
        this.lanes = new GroupLanes(group, input, text, memory, run);
        this.numbers = new GroupNumbers(types, group.keys(), memory, run);
        growForNothing();
    }

    /** Forgets all groups. */
    private void begin() {
        keys.close();
        memory.release(memory.reserved());
        lanes = new GroupLanes(group, input, text, memory, run);
        numbers = new GroupNumbers(types, group.keys(), memory, run);
        groups = 0;
        given = 0;
        open = true;
    }

    /** Without keys there is one group, also of no rows. */
    private void growForNothing() {
        if (group.keys().isEmpty()) {
            groups = 1;
            lanes.grow(1);
        }
    }

    @Override
    public int wants() {
        if (!ended) {
            return 0;
        }
        if (given < groups || ready != null) {
            return READY;
        }
        DividedRows rest = aside;
        if (rest == null) {
            return DONE;
        }
        if (!again) {
            // All groups of the rows that were set aside begin after those that have been given.
            again = true;
            rest.work();
            begin();
        }
        ready = rest.next();
        return ready == null ? DONE : READY;
    }

    /** Groups the rows of a part that were set aside, and sets those of groups that do not fit aside again. */
    private boolean group(DividedRows.Part part, SortedFiles results) {
        begin();
        SpillFile.Reader reader = part.file().reader();
        for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
            accept(0, batch);
        }
        work();
        Schema numbered = Numbers.schema(schema);
        while (given < groups) {
            results.write(held(Math.min(groups, given + run.batchRows()), numbered));
        }
        return true;
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

    /** Takes in the rows of a round. From when memory is short on, rows of further groups are set aside. */
    private void work() {
        if (rounds.isEmpty()) {
            return;
        }
        List<Batch> batches = rounds.batches();
        open &= groups == 0 || !run.isShort(0);
        if (group.keys().isEmpty()) {
            lanes.add(
                    batches,
                    batches.stream().map(batch -> new int[batch.rowCount()]).toList());
        } else if (open) {
            number(batches);
        } else {
            addKnown(batches);
        }
        rowsSeen += batches.stream().mapToLong(Batch::rowCount).sum();
        rounds.end();
    }

    private void number(List<Batch> batches) {
        GroupNumbers.Numbered numbered = numbers.add(rounds, keys);
        for (int i = 0; i < batches.size(); i++) {
            keep(batches.get(i), numbered.fresh().get(i));
        }
        lanes.grow(groups);
        lanes.add(batches, numbered.groups());
    }

    private void addKnown(List<Batch> batches) {
        List<KeyBatch> found = numbers.find(rounds, keys);
        if (aside == null) {
            aside = new DividedRows(input, schema, group.keys(), this::group, run);
        }
        long first = rowsSeen;
        for (int i = 0; i < batches.size(); i++) {
            aside.addUnknown(batches.get(i), found.get(i), first);
            first += batches.get(i).rowCount();
        }
        for (int i = 0; i < batches.size(); i++) {
            int[] known = found.get(i).known();
            int[] all = numbers.groupsOfRows(found.get(i));
            try (Batch kept = Gather.rows(batches.get(i), known, run.allocator())) {
                lanes.add(
                        List.of(kept),
                        List.of(IntStream.of(known).map(row -> all[row]).toArray()));
            }
        }
    }

    /** Keeps the keys of the groups that begin in a batch, in order; and the numbers of these rows where it has them. */
    private void keep(Batch batch, int[] firsts) {
        if (firsts.length == 0) {
            return;
        }
        List<Cells> kept = new ArrayList<>();
        List<Schema.Field> fields = new ArrayList<>();
        try {
            for (int i = 0; i < group.keys().size(); i++) {
                kept.add(Gather.rows(batch.cells(group.keys().get(i)), firsts, run.allocator()));
                fields.add(schema.field(i));
            }
            if (again) {
                kept.add(Gather.rows(batch.cells(input.size()), firsts, run.allocator()));
            }
        } catch (RuntimeException | Error failure) {
            kept.forEach(Cells::close);
            throw failure;
        }
        Schema columns = Schema.of(fields);
        keys.add(Batch.of(again ? Numbers.schema(columns) : columns, kept, firsts.length, null));
        groups += firsts.length;
    }

    @Override
    public Batch next() {
        Batch merged = ready;
        if (merged != null) {
            ready = null;
            return merged;
        }
        return held(Math.min(groups, given + run.batchRows()), schema);
    }

    /** The groups held up to one, and the numbers of their rows where the columns have that. */
    private Batch held(int end, Schema wanted) {
        List<Cells> columns = new ArrayList<>();
        try {
            long[] part = group.keys().isEmpty() ? new long[0] : keys.references(given, end);
            for (int i = 0; i < group.keys().size(); i++) {
                columns.add(keys.gather(schema.field(i).type(), i, part, run.allocator()));
            }
            for (Aggregation aggregation : lanes.results()) {
                columns.add(aggregation.result(given, end, run.allocator()));
            }
            if (wanted.size() > schema.size()) {
                DataType number = wanted.field(schema.size()).type();
                columns.add(keys.gather(number, group.keys().size(), part, run.allocator()));
            }
            Batch batch = Batch.of(wanted, columns, end - given, null);
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
        rounds.close();
        if (ready != null) {
            ready.close();
            ready = null;
        }
        if (aside != null) {
            aside.close();
            aside = null;
        }
        keys.close();
        memory.close();
    }
}
