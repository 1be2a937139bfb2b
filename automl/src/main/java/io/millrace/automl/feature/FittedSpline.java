package io.millrace.automl.feature;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.codec.CodecException;
import io.millrace.automl.learner.Matrix.Feature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A number as a linear model needs it: standardised; then how near it is to each of some quantiles of the training
 * values, the knots, so that weights make any piecewise linear function; then 1 if it is missing. A missing value counts
 * as the median.
 */
final class FittedSpline implements FittedColumn {
    static final int KIND = 2;
    /** Standardised values beyond this are cut off, so that one outlier cannot turn a prediction. */
    private static final double FARTHEST = 10;

    private final String column;
    private final double fill;
    private final double mean;
    private final double scale;
    private final double[] knots;
    private final boolean marksMissing;
    private final List<Feature> features;

    private FittedSpline(String column, double fill, double mean, double scale, double[] knots, boolean marksMissing) {
        this.column = column;
        this.fill = fill;
        this.mean = mean;
        this.scale = scale;
        this.knots = knots;
        this.marksMissing = marksMissing;
        List<Feature> all = new ArrayList<>();
        all.add(Feature.numeric(column));
        for (int knot = 1; knot < knots.length; knot++) {
            all.add(Feature.numeric(column + ":knot" + knot));
        }
        if (marksMissing) {
            all.add(Feature.numeric(column + ":missing"));
        }
        this.features = List.copyOf(all);
    }

    /** Learns from the training values; {@code segments} is the most segments, of which fewer than two are left out. */
    static FittedSpline fit(Frame.Numbers training, int segments) {
        double[] sorted = new double[training.size()];
        int present = 0;
        double sum = 0;
        for (int row = 0; row < training.size(); row++) {
            double value = FittedNumber.finite(training.value(row));
            if (!Double.isNaN(value)) {
                sorted[present++] = value;
                sum += value;
            }
        }
        boolean missing = present < training.size();
        if (present == 0) {
            return new FittedSpline(training.name(), 0, 0, 1, new double[0], missing);
        }
        sorted = Arrays.copyOf(sorted, present);
        double mean = sum / present;
        double squares = 0;
        for (double value : sorted) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = Math.sqrt(squares / present);
        Arrays.sort(sorted);
        return new FittedSpline(
                training.name(),
                sorted[(present - 1) / 2],
                mean,
                deviation > 0 ? deviation : 1,
                knots(sorted, segments),
                missing);
    }

    /** Quantiles of the values; of the distinct values when a few values are most of them. */
    private static double[] knots(double[] sorted, int segments) {
        double[] distinct = distinct(sorted);
        if (distinct.length < 3 || segments < 2) {
            return new double[0];
        }
        if (distinct.length <= segments + 1) {
            return distinct;
        }
        double[] knots = distinct(quantiles(sorted, segments));
        return knots.length < segments / 2 + 1 ? quantiles(distinct, segments) : knots;
    }

    private static double[] quantiles(double[] sorted, int segments) {
        double[] quantiles = new double[segments + 1];
        for (int knot = 0; knot <= segments; knot++) {
            quantiles[knot] = sorted[(int) ((long) knot * (sorted.length - 1) / segments)];
        }
        return quantiles;
    }

    private static double[] distinct(double[] sorted) {
        double[] distinct = new double[sorted.length];
        int count = 0;
        for (double value : sorted) {
            if (count == 0 || value != distinct[count - 1]) {
                distinct[count++] = value;
            }
        }
        return Arrays.copyOf(distinct, count);
    }

    static FittedSpline readBody(BinaryReader in) {
        FittedSpline read = new FittedSpline(
                in.readString(), in.readDouble(), in.readDouble(), in.readDouble(), in.readDoubles(), in.readBoolean());
        if (!(read.scale > 0)) {
            throw new CodecException("Cannot read a feature: its scale is " + read.scale);
        }
        return read;
    }

    @Override
    public String column() {
        return column;
    }

    @Override
    public List<Feature> features() {
        return features;
    }

    @Override
    public void apply(Frame.Column values, double[][] out, int first) {
        Frame.Numbers numbers = FittedColumn.as(Frame.Numbers.class, values);
        int rows = numbers.size();
        for (int row = 0; row < rows; row++) {
            double value = FittedNumber.finite(numbers.value(row));
            if (Double.isNaN(value)) {
                value = fill;
            }
            out[first][row] = Math.max(-FARTHEST, Math.min(FARTHEST, (value - mean) / scale));
            writeKnots(value, out, first, row);
        }
        if (marksMissing) {
            double[] target = out[first + features.size() - 1];
            for (int row = 0; row < rows; row++) {
                target[row] = numbers.isMissing(row) ? 1 : 0;
            }
        }
    }

    /** Of each two neighbouring knots, shares that add up to 1, the greater for the nearer one. The first has no feature. */
    private void writeKnots(double value, double[][] out, int first, int row) {
        if (knots.length == 0) {
            return;
        }
        int above = 1;
        while (above < knots.length - 1 && value > knots[above]) {
            above++;
        }
        double from = knots[above - 1];
        double share = Math.max(0, Math.min(1, (value - from) / (knots[above] - from)));
        out[first + above][row] = share;
        if (above > 1) {
            out[first + above - 1][row] = 1 - share;
        }
    }

    @Override
    public void write(BinaryWriter out) {
        out.writeByte(KIND)
                .writeString(column)
                .writeDouble(fill)
                .writeDouble(mean)
                .writeDouble(scale)
                .writeDoubles(knots)
                .writeBoolean(marksMissing);
    }
}
