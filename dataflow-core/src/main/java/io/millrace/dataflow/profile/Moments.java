package io.millrace.dataflow.profile;

/**
 * What the finite numbers of a column add up to. NaN and infinities are left out of all but their own counts.
 *
 * <p>With n numbers, their mean m and s the sample standard deviation: the variance is Σ(x−m)²/(n−1), the skewness
 * (1/n)·Σ(x−m)³/s³ and the kurtosis (1/n)·Σ(x−m)⁴/s⁴ − 3, which is the third of the usual definitions of both. A column
 * of one number, once or repeated, has variance 0, and NaN for skewness and kurtosis. Without any, all but the sum are
 * NaN.
 *
 * @param count the finite numbers
 * @param zeros those that are 0
 * @param negatives those below 0
 * @param nans numbers that are NaN
 * @param infinities numbers that are infinite
 */
public record Moments(
        long count,
        long zeros,
        long negatives,
        long nans,
        long infinities,
        double sum,
        double mean,
        double variance,
        double skewness,
        double kurtosis) {
    /** The sample standard deviation. */
    public double standardDeviation() {
        return Math.sqrt(variance);
    }
}
