package io.millrace.dataflow.learn;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Learns quantiles of the finite values of a column. Immutable. */
public final class QuantileTransformBuilder {
    private static final int QUANTILES = 1_000;
    /** The normal distribution ends here on both sides, at about 5.2 deviations. */
    private static final double LEAST_SHARE = 1e-7;

    private final Dataflow dataflow;
    private final String column;
    private final String newColumn;
    private final int quantiles;
    private final Output output;

    private QuantileTransformBuilder(Dataflow dataflow, String column, String newColumn, int quantiles, Output output) {
        this.dataflow = dataflow;
        this.column = Objects.requireNonNull(column, "column");
        this.newColumn = Objects.requireNonNull(newColumn, "newColumn");
        this.quantiles = quantiles;
        this.output = output;
    }

    private enum Output {
        UNIFORM,
        NORMAL
    }

    static QuantileTransformBuilder of(Dataflow dataflow, String column, String newColumn) {
        return new QuantileTransformBuilder(dataflow, column, newColumn, QUANTILES, Output.UNIFORM);
    }

    /**
     * Learns so many quantiles, the least and the greatest value among them; 1,000 unless said, and never more than there
     * are values.
     *
     * @throws IllegalArgumentException for fewer than 2 or more than 10,000
     */
    public QuantileTransformBuilder quantiles(int count) {
        if (count < 2 || count > 10_000) {
            throw new IllegalArgumentException("quantiles must be from 2 to 10000: " + count);
        }
        return new QuantileTransformBuilder(dataflow, column, newColumn, count, output);
    }

    /** Gives the values a normal distribution, between -5.2 and 5.2; a uniform one from 0 to 1 unless said. */
    public QuantileTransformBuilder normal() {
        return new QuantileTransformBuilder(dataflow, column, newColumn, quantiles, Output.NORMAL);
    }

    /**
     * Runs the dataflow twice, to count the values and to sort them.
     *
     * @throws DataflowException {@code UNKNOWN_COLUMN}; {@code TYPE_MISMATCH} for what is no number; {@code
     *     NOTHING_TO_LEARN} when the column has no finite value
     */
    public QuantileTransform learn(Engine engine) {
        Query.number(dataflow.schema(engine), column, "transform");
        double[] values = Ranks.quantiles(dataflow, column, quantiles, "the quantiles", engine);
        return new QuantileTransform(dataflow, column, newColumn, points(values));
    }

    /** One point for each different value: a value of several quantiles stands in the middle of them, at the ends outside. */
    private SortedMap<Double, Double> points(double[] values) {
        SortedMap<Double, Double> points = new TreeMap<>();
        int last = values.length - 1;
        if (values[0] == values[last]) {
            points.put(values[0], height(0.5));
            return points;
        }
        for (int start = 0; start <= last; ) {
            int end = start;
            while (end < last && values[end + 1] == values[start]) {
                end++;
            }
            double share = start == 0 ? 0 : end == last ? 1 : (start + end) / 2.0 / last;
            points.put(values[start], height(share));
            start = end + 1;
        }
        return points;
    }

    /** Mirrored about the middle: a share near 1 has fewer digits of its own than one near 0. */
    private double height(double share) {
        if (output == Output.UNIFORM) {
            return share;
        }
        return share > 0.5
                ? -NormalQuantile.of(Math.max(LEAST_SHARE, 1 - share))
                : NormalQuantile.of(Math.max(LEAST_SHARE, share));
    }
}
