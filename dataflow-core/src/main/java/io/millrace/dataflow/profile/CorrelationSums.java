package io.millrace.dataflow.profile;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** For each two of some columns: how their numbers vary together, over the rows in which both have finite ones. */
final class CorrelationSums {
    private static final int DECIMALS = 10;
    /** What is kept of a pair: count, both means, both sums of squared distances, and of their products. */
    private static final int FIGURES = 6;

    private final int columns;
    private final double[] figures;

    CorrelationSums(int columns) {
        this.columns = columns;
        this.figures = new double[columns * (columns - 1) / 2 * FIGURES];
    }

    /** Adds the numbers of the first {@code rows} rows, by column; NaN where there is none. */
    void add(double[][] numbers, int rows) {
        int at = 0;
        for (int left = 0; left < columns; left++) {
            for (int right = left + 1; right < columns; right++) {
                add(numbers[left], numbers[right], rows, at);
                at += FIGURES;
            }
        }
    }

    private void add(double[] left, double[] right, int rows, int at) {
        double leftSum = 0;
        double rightSum = 0;
        long count = 0;
        for (int row = 0; row < rows; row++) {
            if (areFinite(left[row], right[row])) {
                leftSum += left[row];
                rightSum += right[row];
                count++;
            }
        }
        if (count == 0) {
            return;
        }
        double leftMean = leftSum / count;
        double rightMean = rightSum / count;
        double leftSquares = 0;
        double rightSquares = 0;
        double products = 0;
        for (int row = 0; row < rows; row++) {
            if (areFinite(left[row], right[row])) {
                double leftDistance = left[row] - leftMean;
                double rightDistance = right[row] - rightMean;
                leftSquares += leftDistance * leftDistance;
                rightSquares += rightDistance * rightDistance;
                products += leftDistance * rightDistance;
            }
        }
        join(new double[] {count, leftMean, rightMean, leftSquares, rightSquares, products}, 0, at);
    }

    private static boolean areFinite(double left, double right) {
        return Math.abs(left) <= Double.MAX_VALUE && Math.abs(right) <= Double.MAX_VALUE;
    }

    private void join(double[] other, int from, int at) {
        double n = figures[at];
        double m = other[from];
        if (m == 0) {
            return;
        }
        if (n == 0) {
            System.arraycopy(other, from, figures, at, FIGURES);
            return;
        }
        double weight = n * m / (n + m);
        double leftApart = other[from + 1] - figures[at + 1];
        double rightApart = other[from + 2] - figures[at + 2];
        figures[at] = n + m;
        figures[at + 1] += leftApart * m / (n + m);
        figures[at + 2] += rightApart * m / (n + m);
        figures[at + 3] += other[from + 3] + leftApart * leftApart * weight;
        figures[at + 4] += other[from + 4] + rightApart * rightApart * weight;
        figures[at + 5] += other[from + 5] + leftApart * rightApart * weight;
    }

    void join(CorrelationSums other) {
        for (int at = 0; at < figures.length; at += FIGURES) {
            join(other.figures, at, at);
        }
    }

    /** The correlations that are defined, for columns of these names. */
    List<Correlation> correlations(List<String> names, boolean[] isConstant) {
        List<Correlation> all = new ArrayList<>();
        int at = 0;
        for (int left = 0; left < columns; left++) {
            for (int right = left + 1; right < columns; right++) {
                double coefficient = figures[at + 5] / (Math.sqrt(figures[at + 3]) * Math.sqrt(figures[at + 4]));
                if (figures[at] >= 2 && Double.isFinite(coefficient) && !isConstant[left] && !isConstant[right]) {
                    all.add(new Correlation(
                            names.get(left), names.get(right), rounded(coefficient), (long) figures[at]));
                }
                at += FIGURES;
            }
        }
        return all;
    }

    private static double rounded(double coefficient) {
        double inRange = Math.max(-1, Math.min(1, coefficient));
        // Adding zero turns -0.0 into 0.0.
        return new BigDecimal(inRange)
                        .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                        .doubleValue()
                + 0.0;
    }

    void write(ShareWriter out) {
        for (double figure : figures) {
            out.putDouble(figure);
        }
    }

    void read(ShareReader in) {
        for (int i = 0; i < figures.length; i++) {
            figures[i] = in.readDouble();
        }
    }
}
