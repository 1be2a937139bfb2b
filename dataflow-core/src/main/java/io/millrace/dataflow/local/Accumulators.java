package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.Cells;
import java.util.List;
import java.util.function.Supplier;
import org.apache.arrow.vector.BitVector;
import org.jspecify.annotations.Nullable;

/** The accumulators of every kind of aggregate; the simplest ones are here. */
final class Accumulators {
    private Accumulators() {}

    /**
     * What makes the accumulators of a measure.
     *
     * @param step the step in whose name errors are made
     * @param memory what values that are kept are reserved from
     */
    static Supplier<Accumulator> of(Operator.GroupBy.Measure measure, String step, MemoryReservation memory) {
        DataType type = measure.type();
        int number = (int) measure.parameter().orElse(0);
        return switch (measure.kind()) {
            case COUNT_ROWS, COUNT -> Count::new;
            case COUNT_DISTINCT -> () -> new DistinctAccumulator(new Count(), memory);
            case SUM -> () -> new SumAccumulator(type, step);
            case SUM_DISTINCT -> () -> new DistinctAccumulator(new SumAccumulator(type, step), memory);
            case MEAN -> MeanAccumulator::new;
            case MEAN_DISTINCT -> () -> new DistinctAccumulator(new MeanAccumulator(), memory);
            case WEIGHTED_MEAN -> () -> new WeightedMeanAccumulator(step);
            case MIN -> () -> new ChoiceAccumulator(ValueOrder.signed(type, -1), memory);
            case MAX -> () -> new ChoiceAccumulator(ValueOrder.signed(type, 1), memory);
            case FIRST -> () -> new ChoiceAccumulator((unusedLater, unusedKept) -> -1, memory);
            case LAST -> () -> new ChoiceAccumulator((unusedLater, unusedKept) -> 1, memory);
            case VARIANCE, STANDARD_DEVIATION, SKEWNESS, KURTOSIS -> () -> new MomentsAccumulator(measure.kind());
            case COVARIANCE, CORRELATION -> () -> new PairAccumulator(measure.kind());
            case QUANTILE -> () -> new QuantileAccumulator(measure.parameter().orElseThrow(), memory);
            case LIST -> () -> new ListAccumulator(memory);
            case MODE, TOP_VALUES, BOTTOM_VALUES -> () -> new FrequencyAccumulator(measure, number, memory);
            case ANY -> () -> new Logical(true);
            case ALL -> () -> new Logical(false);
        };
    }

    private static final class Count extends Accumulator {
        private long count;

        @Override
        void add(List<Cells> inputs, int row) {
            count++;
        }

        @Override
        void combine(Accumulator later) {
            count += ((Count) later).count;
        }

        @Override
        void clear() {
            count = 0;
        }

        @Override
        @Nullable
        Object value() {
            return count;
        }
    }

    /** Whether one value is {@code decisive}: true for any, false for all. */
    private static final class Logical extends Accumulator {
        private final boolean decisive;
        private boolean some;
        private boolean decided;

        Logical(boolean decisive) {
            this.decisive = decisive;
        }

        @Override
        void add(List<Cells> inputs, int row) {
            some = true;
            decided |= (((BitVector) inputs.get(0).values()).get(row) != 0) == decisive;
        }

        @Override
        void combine(Accumulator later) {
            some |= ((Logical) later).some;
            decided |= ((Logical) later).decided;
        }

        @Override
        void clear() {
            some = false;
            decided = false;
        }

        @Override
        @Nullable
        Object value() {
            return some ? decided == decisive : null;
        }
    }
}
