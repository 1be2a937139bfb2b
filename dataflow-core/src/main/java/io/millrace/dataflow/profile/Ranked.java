package io.millrace.dataflow.profile;

import java.util.ArrayList;
import java.util.List;

/**
 * Finite values in order, each with its weight: how often it occurs, or of how many near ones it is the mean. Ranks are
 * counted with each value in the middle of its own place, which gives Hazen's quantiles.
 */
final class Ranked {
    /** How many quartile distances beyond the quartiles a whisker may reach. */
    private static final double WHISKER = 1.5;

    private final double[] values;
    private final long[] weights;
    private final Precision precision;

    /** Takes ascending values, of which there is at least one where a quantile or a histogram is asked for. */
    Ranked(double[] values, long[] weights, Precision precision) {
        this.values = values;
        this.weights = weights;
        this.precision = precision;
    }

    double[] values() {
        return values;
    }

    long[] weights() {
        return weights;
    }

    Precision precision() {
        return precision;
    }

    /** The number of values. */
    long count() {
        long count = 0;
        for (long weight : weights) {
            count += weight;
        }
        return count;
    }

    /** The quantiles of ascending shares. */
    double[] quantiles(List<Double> shares) {
        double[] quantiles = new double[shares.size()];
        long count = count();
        int at = 0;
        long before = 0;
        for (int i = 0; i < quantiles.length; i++) {
            double place = shares.get(i) * count;
            while (at < values.length - 1 && end(at, before) < place) {
                before += weights[at];
                at++;
            }
            quantiles[i] = value(at, before, place);
        }
        return quantiles;
    }

    /** Up to where a value is itself and no mixture with the next: of counted ones, the middle of its last occurrence. */
    private double end(int index, long before) {
        return precision == Precision.EXACT ? before + weights[index] - 0.5 : before + weights[index] / 2.0;
    }

    /** Where a value begins to be itself. */
    private double start(int index, long before) {
        return precision == Precision.EXACT ? before + 0.5 : before + weights[index] / 2.0;
    }

    /** The value at a place between the end of the value before {@code index} and the end of the value at it. */
    private double value(int index, long before, double place) {
        double start = start(index, before);
        if (index == 0 || place >= start) {
            return values[index];
        }
        double low = values[index - 1];
        double high = values[index];
        double lowEnd = end(index - 1, before - weights[index - 1]);
        double share = (place - lowEnd) / (start - lowEnd);
        double between = low + (high - low) * share;
        if (Double.isInfinite(high - low)) {
            between = low * (1 - share) + high * share;
        }
        return Math.max(low, Math.min(high, between));
    }

    /** The quantiles that a profile has, and the whiskers. */
    Quantiles summary() {
        double[] quantiles = quantiles(Quantiles.SHARES);
        List<Quantiles.Point> points = new ArrayList<>();
        for (int i = 0; i < quantiles.length; i++) {
            points.add(new Quantiles.Point(Quantiles.SHARES.get(i), quantiles[i]));
        }
        double lower = quantiles[Quantiles.SHARES.indexOf(0.25)];
        double upper = quantiles[Quantiles.SHARES.indexOf(0.75)];
        double reach = WHISKER * (upper - lower);
        double lowerWhisker = lower;
        for (int i = values.length - 1; i >= 0 && values[i] >= lower - reach; i--) {
            lowerWhisker = Math.min(lowerWhisker, values[i]);
        }
        double upperWhisker = upper;
        for (int i = 0; i < values.length && values[i] <= upper + reach; i++) {
            upperWhisker = Math.max(upperWhisker, values[i]);
        }
        return new Quantiles(points, lowerWhisker, upperWhisker, precision);
    }

    /** The values in {@code bins} ranges of equal width. */
    Histogram histogram(int bins) {
        double low = values[0];
        double high = values[values.length - 1];
        if (low == high) {
            return new Histogram(List.of(new Histogram.Bin(low, high, count())), Precision.EXACT);
        }
        double width = high / bins - low / bins;
        List<Histogram.Bin> all = new ArrayList<>();
        double from = low;
        long below = 0;
        for (int i = 1; i <= bins; i++) {
            double to = i == bins ? high : Math.max(from, Math.min(high, low + width * i));
            long upTo = i == bins ? count() : Math.max(below, below(to));
            all.add(new Histogram.Bin(from, to, upTo - below));
            from = to;
            below = upTo;
        }
        return new Histogram(all, precision);
    }

    /** How many values are less than {@code edge}. */
    private long below(double edge) {
        long before = 0;
        int at = 0;
        while (at < values.length && values[at] < edge) {
            before += weights[at++];
        }
        if (precision == Precision.EXACT || at == 0 || at == values.length) {
            return before;
        }
        double lowEnd = before - weights[at - 1] / 2.0;
        double highStart = before + weights[at] / 2.0;
        double share = (edge - values[at - 1]) / (values[at] - values[at - 1]);
        return Math.round(lowEnd + (highStart - lowEnd) * share);
    }
}
