package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.table.Cells;
import java.util.Arrays;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * Counts; sums and means are {@link Sums}, least and greatest values {@link Extremes}; of the other kinds each group has
 * an {@link Accumulator}.
 */
final class Aggregations {
    private Aggregations() {}

    /**
     * What aggregations are made with.
     *
     * @param step the step in whose name errors are made
     * @param rows the number of rows of each group, which somebody else counts; null where nobody does
     */
    record Setting(
            String step, MemoryReservation memory, @Nullable RowCounts rows) {}

    /** The aggregation of a measure, by itself. */
    static Aggregation of(Operator.GroupBy.Measure measure, String step, MemoryReservation memory) {
        return of(measure, null, new Setting(step, memory, null));
    }

    /**
     * The aggregation of a measure.
     *
     * @param input the type of its input, where it has one and that is known
     */
    static Aggregation of(Operator.GroupBy.Measure measure, @Nullable DataType input, Setting setting) {
        MemoryReservation memory = setting.memory();
        Setting alone = new Setting(setting.step(), memory, null);
        return switch (measure.kind()) {
            case COUNT_ROWS -> new CountRows(setting);
            case COUNT -> new Count(setting);
            case COUNT_DISTINCT -> new CountDistinct(memory);
            case SUM -> Sums.sum(measure.type(), input, setting);
            case MEAN -> Sums.mean(input, setting);
            case MIN -> Extremes.of(measure.type(), -1, memory);
            case MAX -> Extremes.of(measure.type(), 1, memory);
            case SUM_DISTINCT ->
                new DistinctAggregation(Sums.sum(measure.type(), input, alone), measure.type(), memory);
            case MEAN_DISTINCT -> new DistinctAggregation(Sums.mean(input, alone), measure.type(), memory);
            default -> new AccumulatorAggregation(measure, setting.step(), memory);
        };
    }

    private static final class Count extends Aggregation {
        private final Setting setting;
        private final ValueCounts counts;

        Count(Setting setting) {
            super(DataTypes.INT64, setting.memory(), Long.BYTES);
            this.setting = setting;
            this.counts = new ValueCounts(setting.rows());
        }

        @Override
        void resize(int groups) {
            counts.resize(groups);
        }

        @Override
        void addValues(Cells input, int[] groups) {
            counts.add(input.values(), groups);
        }

        @Override
        void add(Cells input, int row, int group) {
            counts.add(group);
        }

        @Override
        Aggregation lane(RowCounts rows, MemoryReservation memoryOfLane) {
            return new Count(new Setting(setting.step(), memoryOfLane, rows));
        }

        @Override
        void join(Aggregation lane) {
            counts.join(((Count) lane).counts);
        }

        @Override
        boolean write(FieldVector target, int row, int group) {
            ((BigIntVector) target).set(row, counts.of(group));
            return true;
        }

        @Override
        @Nullable
        Object value(int group) {
            return counts.of(group);
        }
    }

    private static final class CountRows extends Aggregation {
        private final Setting setting;
        private final RowCounts counts;

        CountRows(Setting setting) {
            super(DataTypes.INT64, setting.memory(), 0);
            this.setting = setting;
            this.counts = setting.rows() == null ? new RowCounts(setting.memory()) : setting.rows();
        }

        @Override
        void resize(int groups) {
            counts.grow(groups);
        }

        @Override
        void add(@Nullable Cells input, int[] groups) {
            if (setting.rows() == null) {
                counts.add(groups);
            }
        }

        @Override
        void addValues(Cells input, int[] groups) {
            add(input, groups);
        }

        @Override
        void add(Cells input, int row, int group) {
            throw new IllegalStateException("rows are counted by their groups");
        }

        @Override
        Aggregation lane(RowCounts rows, MemoryReservation memoryOfLane) {
            return new CountRows(new Setting(setting.step(), memoryOfLane, rows));
        }

        @Override
        void join(Aggregation lane) {
            // Whoever counts the rows joins their counts.
        }

        @Override
        boolean write(FieldVector target, int row, int group) {
            ((BigIntVector) target).set(row, counts.of(group));
            return true;
        }

        @Override
        @Nullable
        Object value(int group) {
            return counts.of(group);
        }
    }

    private static final class CountDistinct extends Aggregation {
        private final KeyTable seen;
        private final RowKey key = new RowKey();
        private long[] counts = new long[0];

        CountDistinct(MemoryReservation memory) {
            super(DataTypes.INT64, memory, Long.BYTES);
            seen = new KeyTable(memory);
        }

        @Override
        void resize(int groups) {
            counts = Arrays.copyOf(counts, groups);
        }

        @Override
        void add(Cells input, int row, int group) {
            key.set(group, input, row);
            int before = seen.size();
            seen.add(key);
            if (seen.size() > before) {
                counts[group]++;
            }
        }

        @Override
        @Nullable
        Object value(int group) {
            return counts[group];
        }
    }
}
