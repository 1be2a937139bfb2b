package io.millrace.dataflow.local;

import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.Cells;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sum of values times weights, over the sum of the weights. */
final class WeightedMeanAccumulator extends Accumulator {
    private final String step;
    private final CompensatedSum products = new CompensatedSum();
    private final CompensatedSum weights = new CompensatedSum();
    private long count;

    WeightedMeanAccumulator(String step) {
        this.step = step;
    }

    @Override
    void add(List<Cells> inputs, int row) {
        double weight = number(inputs.get(1), row);
        products.add(number(inputs.get(0), row) * weight);
        weights.add(weight);
        count++;
    }

    @Override
    void combine(Accumulator later) {
        WeightedMeanAccumulator other = (WeightedMeanAccumulator) later;
        products.add(other.products);
        weights.add(other.weights);
        count += other.count;
    }

    @Override
    void clear() {
        products.clear();
        weights.clear();
        count = 0;
    }

    @Override
    @Nullable
    Object value() {
        if (count == 0) {
            return null;
        }
        double total = weights.value();
        return total == 0
                ? new CellError(CellError.Code.DIVISION_BY_ZERO, Double.toString(products.value()), "", 0, step)
                : (Object) (products.value() / total);
    }
}
