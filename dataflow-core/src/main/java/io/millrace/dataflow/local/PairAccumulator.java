package io.millrace.dataflow.local;

import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.table.Cells;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How two numbers vary together, by the same formulas as {@link MomentsAccumulator}. */
final class PairAccumulator extends Accumulator {
    private final Aggregate.Kind kind;
    private long count;
    private double firstMean;
    private double secondMean;
    private double firstSquares;
    private double secondSquares;
    private double products;

    PairAccumulator(Aggregate.Kind kind) {
        this.kind = kind;
    }

    @Override
    void add(List<Cells> inputs, int row) {
        double first = number(inputs.get(0), row);
        double second = number(inputs.get(1), row);
        count++;
        double firstDelta = first - firstMean;
        double secondDelta = second - secondMean;
        firstMean += firstDelta / count;
        secondMean += secondDelta / count;
        firstSquares += firstDelta * (first - firstMean);
        secondSquares += secondDelta * (second - secondMean);
        products += firstDelta * (second - secondMean);
    }

    @Override
    void combine(Accumulator later) {
        PairAccumulator other = (PairAccumulator) later;
        if (other.count == 0) {
            return;
        }
        double total = (double) count + other.count;
        double weight = count / total * other.count;
        double firstDelta = other.firstMean - firstMean;
        double secondDelta = other.secondMean - secondMean;
        firstSquares += other.firstSquares + firstDelta * firstDelta * weight;
        secondSquares += other.secondSquares + secondDelta * secondDelta * weight;
        products += other.products + firstDelta * secondDelta * weight;
        firstMean += firstDelta * (other.count / total);
        secondMean += secondDelta * (other.count / total);
        count += other.count;
    }

    @Override
    void clear() {
        count = 0;
        firstMean = 0;
        secondMean = 0;
        firstSquares = 0;
        secondSquares = 0;
        products = 0;
    }

    @Override
    @Nullable
    Object value() {
        if (count < 2) {
            return null;
        }
        if (!Double.isFinite(firstMean) || !Double.isFinite(secondMean)) {
            return Double.NaN;
        }
        if (kind == Aggregate.Kind.COVARIANCE) {
            return products / (count - 1);
        }
        double both = firstSquares * secondSquares;
        // One root is nearer to the truth than two, where the product is within the range.
        boolean inRange = both > Double.MIN_NORMAL && both < Double.POSITIVE_INFINITY;
        double correlation =
                products / (inRange ? Math.sqrt(both) : Math.sqrt(firstSquares) * Math.sqrt(secondSquares));
        return Double.isNaN(correlation) ? Double.NaN : Math.max(-1, Math.min(1, correlation));
    }
}
