package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The aggregations of all measures. Threads divide the measures; and of few groups, where the order of rows plays no part,
 * the batches as well: each thread then has aggregations of its own, which are joined when there are many groups, or in
 * the end. So what comes out never depends on how many threads do the work.
 */
final class GroupLanes {
    /** For more groups, aggregations of every thread would take too much memory and time. */
    private static final int MOST_GROUPS = 1 << 12;

    private final List<Operator.GroupBy.Measure> measures;
    private final Run run;
    private final MemoryReservation ofLanes;
    private final RowCounts rows;
    private final List<Aggregation> aggregations = new ArrayList<>();
    /** Those of the other threads; empty where there are none any more. */
    private final List<Lane> lanes = new ArrayList<>();

    /** By measure: a part of its aggregation; null where the order of rows matters. */
    private record Lane(RowCounts rows, List<@Nullable Aggregation> aggregations) {}

    /** Aggregations of the measures of rows with these columns, without groups. */
    GroupLanes(Operator.GroupBy group, Schema input, String step, MemoryReservation memory, Run run) {
        this.measures = group.measures();
        this.run = run;
        this.ofLanes = memory.child("threads");
        this.rows = new RowCounts(memory);
        Aggregations.Setting setting = new Aggregations.Setting(step, memory, rows);
        for (Operator.GroupBy.Measure measure : measures) {
            DataType type = measure.inputs().isEmpty()
                    ? null
                    : input.field(measure.inputs().get(0)).type();
            aggregations.add(Aggregations.of(measure, type, setting));
        }
        for (int i = 1; i < run.crew().size(); i++) {
            RowCounts ofLane = new RowCounts(ofLanes);
            List<@Nullable Aggregation> parts = new ArrayList<>();
            aggregations.forEach(each -> parts.add(each.lane(ofLane, ofLanes)));
            lanes.add(new Lane(ofLane, parts));
        }
    }

    /** Makes room for groups up to {@code groups}. */
    void grow(int groups) {
        if (groups > MOST_GROUPS) {
            join();
        }
        rows.grow(groups);
        aggregations.forEach(each -> each.grow(groups));
        for (Lane lane : lanes) {
            lane.rows.grow(groups);
            for (Aggregation aggregation : lane.aggregations) {
                if (aggregation != null) {
                    aggregation.grow(groups);
                }
            }
        }
    }

    /** Takes in the rows of some batches by their groups, for which there is room. */
    void add(List<Batch> batches, List<int[]> groups) {
        List<Runnable> tasks = new ArrayList<>();
        List<Integer> divided = new ArrayList<>();
        for (int i = 0; i < aggregations.size(); i++) {
            Lane lane = lanes.isEmpty() ? null : lanes.get(0);
            if (lane != null && lane.aggregations.get(i) != null) {
                divided.add(i);
                addErrors(i, batches, groups);
            } else {
                int measure = i;
                tasks.add(() -> each(batches, 0, 1, batch -> addAll(measure, batches.get(batch), groups.get(batch))));
            }
        }
        for (int i = 0; i <= lanes.size(); i++) {
            RowCounts counts = i == 0 ? rows : lanes.get(i - 1).rows;
            List<@Nullable Aggregation> parts = i == 0 ? List.copyOf(aggregations) : lanes.get(i - 1).aggregations;
            int first = i;
            tasks.add(() -> each(batches, first, lanes.size() + 1, batch -> {
                counts.add(groups.get(batch));
                for (int measure : divided) {
                    addValues(
                            Objects.requireNonNull(parts.get(measure)),
                            inputs(measure, batches.get(batch)),
                            groups.get(batch));
                }
            }));
        }
        run.crew().each(tasks.size(), i -> tasks.get(i).run());
    }

    private void each(List<Batch> batches, int from, int step, IntConsumer work) {
        for (int i = from; i < batches.size(); i += step) {
            run.cancellation().check();
            work.accept(i);
        }
    }

    private void addAll(int measure, Batch batch, int[] groups) {
        aggregations.get(measure).add(inputs(measure, batch), groups);
    }

    private static void addValues(Aggregation aggregation, List<Cells> inputs, int[] groups) {
        if (!inputs.isEmpty()) {
            aggregation.addValues(inputs.get(0), groups);
        }
    }

    /** The first error of a group is in order here, whoever takes in the values. */
    private void addErrors(int measure, List<Batch> batches, List<int[]> groups) {
        for (int i = 0; i < batches.size(); i++) {
            List<Cells> inputs = inputs(measure, batches.get(i));
            if (!inputs.isEmpty()) {
                aggregations.get(measure).addErrors(inputs.get(0), groups.get(i));
            }
        }
    }

    private List<Cells> inputs(int measure, Batch batch) {
        return measures.get(measure).inputs().stream().map(batch::cells).toList();
    }

    /** Joins what the threads have. From then on, batches are not divided. */
    private void join() {
        for (Lane lane : lanes) {
            rows.join(lane.rows);
            for (int i = 0; i < aggregations.size(); i++) {
                Aggregation part = lane.aggregations.get(i);
                if (part != null) {
                    aggregations.get(i).join(part);
                }
            }
        }
        lanes.clear();
        ofLanes.close();
    }

    /** The aggregations, which have taken in everything. */
    List<Aggregation> results() {
        join();
        return aggregations;
    }
}
