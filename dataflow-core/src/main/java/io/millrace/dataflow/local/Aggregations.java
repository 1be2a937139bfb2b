package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.table.Cells;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts; sums and means are {@link Sums}, least and greatest values {@link Extremes}; of the other kinds each group has
 * an {@link Accumulator}.
 */
final class Aggregations {
    private Aggregations() {}

    /**
     * The aggregation of a measure.
     *
     * @param step the step in whose name errors are made
     */
    static Aggregation of(Operator.GroupBy.Measure measure, String step, MemoryReservation memory) {
        return switch (measure.kind()) {
            case COUNT_ROWS -> new CountRows(memory);
            case COUNT -> new Count(memory);
            case COUNT_DISTINCT -> new CountDistinct(memory);
            case SUM -> Sums.sum(measure.type(), step, memory);
            case MEAN -> Sums.mean(memory);
            case MIN -> Extremes.of(measure.type(), -1, memory);
            case MAX -> Extremes.of(measure.type(), 1, memory);
            case SUM_DISTINCT ->
                new DistinctAggregation(Sums.sum(measure.type(), step, memory), measure.type(), memory);
            case MEAN_DISTINCT -> new DistinctAggregation(Sums.mean(memory), measure.type(), memory);
            default -> new AccumulatorAggregation(measure, step, memory);
        };
    }

    private static class Count extends Aggregation {
        private long[] counts = new long[0];

        Count(MemoryReservation memory) {
            super(DataTypes.INT64, memory, Long.BYTES);
        }

        @Override
        void resize(int groups) {
            counts = Arrays.copyOf(counts, groups);
        }

        @Override
        void add(Cells input, int row, int group) {
            counts[group]++;
        }

        @Override
        @Nullable
        Object value(int group) {
            return counts[group];
        }

        final void count(int group) {
            counts[group]++;
        }
    }

    private static final class CountRows extends Count {
        CountRows(MemoryReservation memory) {
            super(memory);
        }

        @Override
        void add(@Nullable Cells input, int[] groups) {
            for (int group : groups) {
                count(group);
            }
        }
    }

    private static final class CountDistinct extends Count {
        private final KeyTable seen;
        private final RowKey key = new RowKey();

        CountDistinct(MemoryReservation memory) {
            super(memory);
            seen = new KeyTable(memory);
        }

        @Override
        void add(Cells input, int row, int group) {
            key.set(group, input, row);
            int before = seen.size();
            seen.add(key);
            if (seen.size() > before) {
                count(group);
            }
        }
    }
}
