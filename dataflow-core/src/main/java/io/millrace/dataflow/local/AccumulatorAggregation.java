package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.table.Cells;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An accumulator for each group. */
final class AccumulatorAggregation extends Aggregation {
    private final Supplier<Accumulator> maker;
    private @Nullable Accumulator[] accumulators = new Accumulator[0];

    AccumulatorAggregation(Operator.GroupBy.Measure measure, String step, MemoryReservation memory) {
        super(measure.type(), memory, Accumulator.BYTES);
        this.maker = Accumulators.of(measure, step, memory);
    }

    @Override
    void resize(int groups) {
        accumulators = Arrays.copyOf(accumulators, groups);
    }

    @Override
    void add(@Nullable Cells input, int[] groups) {
        add(input == null ? List.of() : List.of(input), groups);
    }

    @Override
    void add(List<Cells> inputs, int[] groups) {
        for (int row = 0; row < groups.length; row++) {
            accumulator(groups[row]).accept(inputs, row);
        }
    }

    @Override
    void add(Cells input, int row, int group) {
        accumulator(group).accept(List.of(input), row);
    }

    @Override
    @Nullable
    Object value(int group) {
        return accumulator(group).result();
    }

    private Accumulator accumulator(int group) {
        Accumulator known = accumulators[group];
        if (known == null) {
            known = maker.get();
            accumulators[group] = known;
        }
        return Objects.requireNonNull(known);
    }
}
