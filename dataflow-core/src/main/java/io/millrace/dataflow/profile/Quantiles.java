package io.millrace.dataflow.profile;

import java.util.List;
import java.util.Objects;

/**
 * The values below which given shares of a column's values lie, and those that a box and whisker plot shows. They never
 * fall when the share rises.
 *
 * <p>Among n sorted values, the i-th stands at the share (i − 0.5)/n; between two the quantile is on the line that joins
 * them, and beyond the first and the last it is that one (Hazen's definition). Numbers are finite ones only; dates are
 * days, and timestamps microseconds, since 1970.
 *
 * @param points the quantiles of {@link #SHARES}, in that order
 * @param lowerWhisker the smallest value that is no further below the lower quartile than 1.5 times the distance of the
 *     quartiles
 * @param upperWhisker its counterpart above the upper quartile
 */
public record Quantiles(List<Point> points, double lowerWhisker, double upperWhisker, Precision precision) {
    /** The shares of which every profile knows the quantiles. */
    public static final List<Double> SHARES = List.of(0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999);

    /** A share of the values, from 0 to 1, and its quantile. */
    public record Point(double share, double value) {}

    public Quantiles {
        points = List.copyOf(points);
        Objects.requireNonNull(precision, "precision");
    }

    /**
     * The quantile of one of {@link #SHARES}.
     *
     * @throws IllegalArgumentException for any other share
     */
    public double at(double share) {
        for (Point point : points) {
            if (point.share() == share) {
                return point.value();
            }
        }
        throw new IllegalArgumentException("no quantile of " + share + "; there are those of " + SHARES);
    }

    /** The quantile of a quarter. */
    public double lowerQuartile() {
        return at(0.25);
    }

    /** The quantile of a half. */
    public double median() {
        return at(0.5);
    }

    /** The quantile of three quarters. */
    public double upperQuartile() {
        return at(0.75);
    }
}
