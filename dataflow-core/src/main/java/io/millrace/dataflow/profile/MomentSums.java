package io.millrace.dataflow.profile;

/**
 * The sum of numbers, their mean and the sums of the second to fourth powers of their distances from it. Each batch is
 * gone over twice, and then joined by the formulas of Chan and Pébay, so that no large numbers are subtracted.
 */
final class MomentSums {
    private long count;
    private double sum;
    private double mean;
    private double second;
    private double third;
    private double fourth;

    /** Adds the first {@code size} numbers. */
    void add(double[] values, int size) {
        if (size == 0) {
            return;
        }
        double total = 0;
        double lost = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            double value = values[i];
            double next = total + value;
            lost += Math.abs(total) >= Math.abs(value) ? (total - next) + value : (value - next) + total;
            total = next;
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        MomentSums batch = new MomentSums();
        batch.count = size;
        batch.sum = total + lost;
        batch.mean = Math.max(low, Math.min(high, batch.sum / size));
        for (int i = 0; i < size; i++) {
            double distance = values[i] - batch.mean;
            double square = distance * distance;
            batch.second += square;
            batch.third += square * distance;
            batch.fourth += square * square;
        }
        join(batch);
    }

    /** Adds numbers that occur as often as their weights. */
    void add(double[] values, long[] weights, int size) {
        if (size == 0) {
            return;
        }
        MomentSums all = new MomentSums();
        double lost = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            double value = values[i] * weights[i];
            double next = all.sum + value;
            lost += Math.abs(all.sum) >= Math.abs(value) ? (all.sum - next) + value : (value - next) + all.sum;
            all.sum = next;
            all.count += weights[i];
            low = Math.min(low, values[i]);
            high = Math.max(high, values[i]);
        }
        all.sum += lost;
        all.mean = Math.max(low, Math.min(high, all.sum / all.count));
        for (int i = 0; i < size; i++) {
            double distance = values[i] - all.mean;
            double square = distance * distance;
            all.second += weights[i] * square;
            all.third += weights[i] * square * distance;
            all.fourth += weights[i] * square * square;
        }
        join(all);
    }

    void join(MomentSums other) {
        if (other.count == 0) {
            return;
        }
        if (count == 0) {
            count = other.count;
            sum = other.sum;
            mean = other.mean;
            second = other.second;
            third = other.third;
            fourth = other.fourth;
            return;
        }
        double n = count;
        double m = other.count;
        double all = n + m;
        double apart = other.mean - mean;
        double part = apart / all;
        double square = apart * part * n * m;
        fourth += other.fourth
                + square * part * part * (n * n - n * m + m * m)
                + 6 * part * part * (n * n * other.second + m * m * second)
                + 4 * part * (n * other.third - m * third);
        third += other.third + square * part * (n - m) + 3 * part * (n * other.second - m * second);
        second += other.second + square;
        mean += part * m;
        count += other.count;
        sum += other.sum;
    }

    /** The moments, with counts that are made elsewhere. */
    Moments moments(long zeros, long negatives, long nans, long infinities) {
        double variance = count == 0 ? Double.NaN : second == 0 ? 0 : second / (count - 1);
        double deviation = Math.sqrt(variance);
        double skewness = third / count / (deviation * deviation * deviation);
        double kurtosis = fourth / count / (variance * variance) - 3;
        boolean isConstant = second == 0;
        return new Moments(
                count,
                zeros,
                negatives,
                nans,
                infinities,
                sum,
                count == 0 ? Double.NaN : mean,
                variance,
                isConstant ? Double.NaN : skewness,
                isConstant ? Double.NaN : kurtosis);
    }

    void write(ShareWriter out) {
        out.putLong(count);
        out.putDouble(sum);
        out.putDouble(mean);
        out.putDouble(second);
        out.putDouble(third);
        out.putDouble(fourth);
    }

    static MomentSums read(ShareReader in) {
        MomentSums sums = new MomentSums();
        sums.count = in.readLong();
        sums.sum = in.readDouble();
        sums.mean = in.readDouble();
        sums.second = in.readDouble();
        sums.third = in.readDouble();
        sums.fourth = in.readDouble();
        return sums;
    }
}
