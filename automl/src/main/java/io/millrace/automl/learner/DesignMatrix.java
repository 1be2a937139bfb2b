package io.millrace.automl.learner;

import java.util.Arrays;

/**
 * The features of a linear model: shifted and scaled columns, of which those that mostly hold one value keep only the
 * rows that differ from it. Missing values hold the mean of their column.
 */
final class DesignMatrix {
    private static final double SPARSE_SHARE = 0.6;

    private final int rows;
    private final double[] fills;
    private final double[] shifts;
    private final double[] scales;
    private final double[][] values;
    /** For each sparse column the rows of its values; an empty array for one that is dense. */
    private final int[][] places;

    private DesignMatrix(int rows, double[] fills, double[] shifts, double[] scales) {
        this.rows = rows;
        this.fills = fills;
        this.shifts = shifts;
        this.scales = scales;
        values = new double[fills.length][];
        places = new int[fills.length][];
    }

    /** Rows with the shifts and scales that are fitted to them. Indicators, of 0 and 1 alone, are not scaled. */
    static DesignMatrix fit(Matrix matrix) {
        int features = matrix.features().size();
        DesignMatrix design =
                new DesignMatrix(matrix.rows(), new double[features], new double[features], new double[features]);
        for (int feature = 0; feature < features; feature++) {
            design.measure(feature, matrix.column(feature));
            design.place(feature, matrix.column(feature));
        }
        return design;
    }

    /** Other rows with the same shifts and scales. */
    DesignMatrix apply(Matrix matrix) {
        DesignMatrix design = new DesignMatrix(matrix.rows(), fills, shifts, scales);
        for (int feature = 0; feature < fills.length; feature++) {
            design.place(feature, matrix.column(feature));
        }
        return design;
    }

    private void measure(int feature, double[] column) {
        double sum = 0;
        int present = 0;
        int zeros = 0;
        boolean indicator = true;
        for (double value : column) {
            if (Double.isFinite(value)) {
                sum += value;
                present++;
                zeros += value == 0 ? 1 : 0;
                indicator &= value == 0 || value == 1;
            }
        }
        double mean = present == 0 ? 0 : sum / present;
        double squares = 0;
        for (double value : column) {
            if (Double.isFinite(value)) {
                squares += (value - mean) * (value - mean);
            }
        }
        double deviation = present == 0 ? 0 : StrictMath.sqrt(squares / present);
        boolean varies = deviation > 1e-12 * Math.abs(mean) && Double.isFinite(deviation);
        fills[feature] = Double.isFinite(mean) ? mean : 0;
        shifts[feature] = zeros > SPARSE_SHARE * column.length ? 0 : fills[feature];
        // A scale of 0 takes a column out that says nothing.
        scales[feature] = varies ? (indicator ? 1 : 1 / deviation) : 0;
    }

    private void place(int feature, double[] column) {
        double[] scaled = new double[column.length];
        int zeros = 0;
        for (int row = 0; row < column.length; row++) {
            double value = Double.isFinite(column[row]) ? column[row] : fills[feature];
            scaled[row] = (value - shifts[feature]) * scales[feature];
            zeros += scaled[row] == 0 ? 1 : 0;
        }
        if (zeros <= SPARSE_SHARE * column.length) {
            values[feature] = scaled;
            places[feature] = new int[0];
            return;
        }
        int[] rowsOfValues = new int[column.length - zeros];
        double[] kept = new double[rowsOfValues.length];
        int size = 0;
        for (int row = 0; row < column.length; row++) {
            if (scaled[row] != 0) {
                rowsOfValues[size] = row;
                kept[size++] = scaled[row];
            }
        }
        values[feature] = kept;
        places[feature] = rowsOfValues;
    }

    int features() {
        return fills.length;
    }

    int rows() {
        return rows;
    }

    /** Fills {@code margins} with the intercept and the weighted features; the intercept is the last of the weights. */
    void multiply(double[] weights, int first, double[] margins) {
        Arrays.fill(margins, weights[first + fills.length]);
        for (int feature = 0; feature < fills.length; feature++) {
            double weight = weights[first + feature];
            if (weight == 0) {
                continue;
            }
            double[] column = values[feature];
            int[] at = places[feature];
            if (column.length == rows) {
                for (int row = 0; row < rows; row++) {
                    margins[row] += weight * column[row];
                }
            } else {
                for (int i = 0; i < at.length; i++) {
                    margins[at[i]] += weight * column[i];
                }
            }
        }
    }

    /** Writes, for every feature and the intercept, the sum of {@code factor * gradients[2 * row] * value}. */
    void multiplyTransposed(double[] gradients, double factor, double[] sums, int first) {
        for (int feature = 0; feature < fills.length; feature++) {
            double sum = 0;
            double[] column = values[feature];
            int[] at = places[feature];
            if (column.length == rows) {
                for (int row = 0; row < rows; row++) {
                    sum += gradients[2 * row] * column[row];
                }
            } else {
                for (int i = 0; i < at.length; i++) {
                    sum += gradients[2 * at[i]] * column[i];
                }
            }
            sums[first + feature] = factor * sum;
        }
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += gradients[2 * row];
        }
        sums[first + fills.length] = factor * sum;
    }

    /** The model of those weights over the features as they are, for every output and its intercept last. */
    LinearModel model(double[] weights, int outputs, Link link, Scale scale) {
        double[] intercepts = new double[outputs];
        double[][] raw = new double[outputs][fills.length];
        for (int output = 0; output < outputs; output++) {
            int first = output * (fills.length + 1);
            double intercept = weights[first + fills.length];
            for (int feature = 0; feature < fills.length; feature++) {
                double weight = weights[first + feature] * scales[feature];
                intercept -= weight * shifts[feature];
                raw[output][feature] = scale.factor() * weight;
            }
            intercepts[output] = scale.offset() + scale.factor() * intercept;
        }
        return new LinearModel(link, fills, intercepts, raw);
    }
}
