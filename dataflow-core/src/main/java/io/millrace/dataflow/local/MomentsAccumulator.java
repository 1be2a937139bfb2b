package io.millrace.dataflow.local;

import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.table.Cells;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Central moments up to the fourth, updated and merged by the formulas of Welford, Chan and Pébay, which never subtract
 * large sums of powers from each other.
 */
final class MomentsAccumulator extends Accumulator {
    private final Aggregate.Kind kind;
    private long count;
    private double mean;
    /** The sums of the second, third and fourth powers of the deviations from the mean. */
    private double squares;

    private double cubes;
    private double fourths;

    MomentsAccumulator(Aggregate.Kind kind) {
        this.kind = kind;
    }

    @Override
    void add(List<Cells> inputs, int row) {
        double value = number(inputs.get(0), row);
        double before = count;
        count++;
        double n = count;
        double delta = value - mean;
        double step = delta / n;
        double term = delta * step * before;
        mean += step;
        fourths += term * step * step * (n * n - 3 * n + 3) + 6 * step * step * squares - 4 * step * cubes;
        cubes += term * step * (n - 2) - 3 * step * squares;
        squares += term;
    }

    @Override
    void combine(Accumulator later) {
        MomentsAccumulator other = (MomentsAccumulator) later;
        if (other.count == 0) {
            return;
        }
        if (count == 0) {
            // As it is: the mean must not be rounded, or equal values would differ from it.
            count = other.count;
            mean = other.mean;
            squares = other.squares;
            cubes = other.cubes;
            fourths = other.fourths;
            return;
        }
        double a = count;
        double b = other.count;
        double n = a + b;
        double delta = other.mean - mean;
        double step = delta / n;
        fourths += other.fourths
                + delta * step * step * step * a * b * (a * a - a * b + b * b)
                + 6 * step * step * (a * a * other.squares + b * b * squares)
                + 4 * step * (a * other.cubes - b * cubes);
        cubes += other.cubes + delta * step * step * a * b * (a - b) + 3 * step * (a * other.squares - b * squares);
        squares += other.squares + delta * step * a * b;
        mean += step * b;
        count += other.count;
    }

    @Override
    void clear() {
        count = 0;
        mean = 0;
        squares = 0;
        cubes = 0;
        fourths = 0;
    }

    @Override
    @Nullable
    Object value() {
        if (count < 2) {
            return null;
        }
        if (!Double.isFinite(mean)) {
            // Whatever the sums are depends on where the value that is no finite number stood.
            return Double.NaN;
        }
        double variance = squares / (count - 1);
        return switch (kind) {
            case VARIANCE -> variance;
            case STANDARD_DEVIATION -> Math.sqrt(variance);
            case SKEWNESS -> cubes / count / (variance * Math.sqrt(variance));
            default -> fourths / count / (variance * variance) - 3;
        };
    }
}
