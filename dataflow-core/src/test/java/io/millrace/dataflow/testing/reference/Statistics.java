package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.expr.Aggregate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Moments and quantiles of numbers, by their definitions and with as many digits as it takes. */
final class Statistics {
    private static final MathContext DIGITS = new MathContext(60);

    /** Fourth powers of larger values are beyond the range of float64. */
    private static final double LARGEST = 1e60;

    private Statistics() {}

    static @Nullable Object moment(Aggregate.Kind kind, List<Object> values) {
        List<Double> numbers = numbers(values);
        if (numbers.size() < 2) {
            return null;
        }
        if (numbers.stream().anyMatch(number -> !Double.isFinite(number))) {
            return Double.NaN;
        }
        if (isLarge(numbers)) {
            return Approximate.ANY;
        }
        double n = numbers.size();
        List<BigDecimal> deviations = deviations(numbers);
        double variance = sum(deviations, deviations) / (n - 1);
        double squares = numbers.stream().mapToDouble(number -> number * number).sum();
        if (kind == Aggregate.Kind.VARIANCE) {
            return new Approximate(variance, 1e-12 * squares);
        }
        if (variance == 0 && kind != Aggregate.Kind.STANDARD_DEVIATION) {
            return Double.NaN;
        }
        if (variance < 1e-9 * squares) {
            // Nearly equal values: their digits are lost in those of the mean.
            return variance == 0 ? new Approximate(0, 1e-6 * Math.sqrt(squares)) : Approximate.ANY;
        }
        double deviation = Math.sqrt(variance);
        double result =
                switch (kind) {
                    case STANDARD_DEVIATION -> deviation;
                    case SKEWNESS -> power(deviations, deviation, 3) / n;
                    default -> power(deviations, deviation, 4) / n - 3;
                };
        return new Approximate(result, 1e-7 * Math.max(1, Math.abs(result)));
    }

    static @Nullable Object pair(Aggregate.Kind kind, List<Object> values, List<Object> seconds) {
        List<Double> left = numbers(values);
        List<Double> right = numbers(seconds);
        if (left.size() < 2) {
            return null;
        }
        List<Double> both = new ArrayList<>(left);
        both.addAll(right);
        if (both.stream().anyMatch(number -> !Double.isFinite(number))) {
            return Double.NaN;
        }
        if (isLarge(both)) {
            return Approximate.ANY;
        }
        List<BigDecimal> a = deviations(left);
        List<BigDecimal> b = deviations(right);
        double largest = both.stream().mapToDouble(Math::abs).max().orElse(0);
        double products = sum(a, b);
        if (kind == Aggregate.Kind.COVARIANCE) {
            return new Approximate(products / (left.size() - 1), 1e-12 * left.size() * largest * largest);
        }
        double squares = sum(a, a) * sum(b, b);
        if (squares == 0) {
            return Double.NaN;
        }
        boolean exactEnough = sum(a, a) > 1e-6 * magnitude(left) && sum(b, b) > 1e-6 * magnitude(right);
        return exactEnough ? new Approximate(products / Math.sqrt(squares), 1e-7) : Approximate.ANY;
    }

    /** The i-th of n values stands at (i − 0.5)/n, with straight lines between, and the ends beyond. */
    static Object quantile(List<Object> values, double share) {
        List<Double> sorted = new ArrayList<>(numbers(values));
        sorted.replaceAll(number -> number + 0.0);
        sorted.sort(Double::compare);
        double place = Math.max(0, Math.min(sorted.size() - 1.0, share * sorted.size() - 0.5));
        double lower = sorted.get((int) Math.floor(place));
        double upper = sorted.get((int) Math.ceil(place));
        double part = place - Math.floor(place);
        if (part == 0 || lower == upper) {
            return lower;
        }
        double between = lower * (1 - part) + upper * part;
        return Double.isNaN(between) || Double.isInfinite(between)
                ? between
                : new Approximate(between, 1e-14 * Math.max(Math.abs(lower), Math.abs(upper)));
    }

    private static List<Double> numbers(List<Object> values) {
        return values.stream().map(value -> (Double) value).toList();
    }

    private static boolean isLarge(List<Double> numbers) {
        return numbers.stream().anyMatch(number -> Math.abs(number) > LARGEST);
    }

    private static double magnitude(List<Double> numbers) {
        return numbers.stream().mapToDouble(number -> number * number).sum();
    }

    private static List<BigDecimal> deviations(List<Double> numbers) {
        BigDecimal sum = BigDecimal.ZERO;
        for (double number : numbers) {
            sum = sum.add(new BigDecimal(number));
        }
        BigDecimal size = BigDecimal.valueOf(numbers.size());
        List<BigDecimal> deviations = new ArrayList<>();
        for (double number : numbers) {
            // Multiplied first, so that equal numbers have no deviation whatever their mean is rounded to.
            deviations.add(new BigDecimal(number).multiply(size).subtract(sum).divide(size, DIGITS));
        }
        return deviations;
    }

    private static double sum(List<BigDecimal> left, List<BigDecimal> right) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < left.size(); i++) {
            sum = sum.add(left.get(i).multiply(right.get(i), DIGITS));
        }
        return sum.doubleValue();
    }

    private static double power(List<BigDecimal> deviations, double deviation, int exponent) {
        double sum = 0;
        for (BigDecimal each : deviations) {
            sum += Math.pow(each.doubleValue() / deviation, exponent);
        }
        return sum;
    }
}
