package io.millrace.dataflow.profile;

import java.util.Arrays;

/**
 * Finite values in a space that does not grow: all of them up to a limit, then means of neighbours, finer towards both
 * ends (a merging t-digest). Has no randomness: equal values in equal order give equal estimates.
 */
final class QuantileSketch {
    /** The most values that are all kept. */
    static final int LIMIT = 16_384;
    /** Values that wait to be merged. */
    private static final int WAITING = 8_192;
    /** At the median a mean stands for 1/200 of the values, at both ends for one. */
    private static final double FINENESS = 200;

    /** Means of one repeated value, if all values were that one. */
    private static final int PARTS = 1_000;

    private double[] waiting = new double[256];
    private int waitingCount;
    /** Of the values that were merged; none while all values are kept. */
    private double[] means = new double[0];

    private long[] weights = new long[0];
    private int size;
    private long merged;

    /** Adds the first {@code count} values. */
    void add(double[] values, int count) {
        int next = 0;
        while (next < count) {
            int room = (merged > 0 ? WAITING : LIMIT) - waitingCount;
            if (room == 0) {
                mergeWaiting();
                continue;
            }
            int taken = Math.min(room, count - next);
            if (waitingCount + taken > waiting.length) {
                waiting = Arrays.copyOf(waiting, Math.max(waitingCount + taken, Math.min(LIMIT, 2 * waiting.length)));
            }
            System.arraycopy(values, next, waiting, waitingCount, taken);
            waitingCount += taken;
            next += taken;
        }
    }

    /** Adds ascending values, each as often as its weight. */
    void add(double[] values, long[] added, int count) {
        long total = merged + waitingCount;
        for (int i = 0; i < count; i++) {
            total += added[i];
        }
        if (total > LIMIT) {
            mergeWaiting();
            mergeInParts(values, added, count, Math.max(1, total / PARTS));
            return;
        }
        double[] one = new double[1];
        for (int i = 0; i < count; i++) {
            one[0] = values[i];
            for (long j = 0; j < added[i]; j++) {
                add(one, 1);
            }
        }
    }

    /**
     * Merges values that occur often, each as several means of its own: its first and last occurrence by themselves, so
     * that what is between it and its neighbours is not taken for values.
     */
    private void mergeInParts(double[] values, long[] added, int count, long most) {
        double[] parts = new double[3 * count + PARTS + 1];
        long[] partWeights = new long[parts.length];
        int made = 0;
        for (int i = 0; i < count; i++) {
            long left = added[i];
            while (left > 0) {
                boolean isEnd = left == added[i] || left == 1;
                long part = isEnd ? 1 : Math.min(most, left - 1);
                parts[made] = values[i];
                partWeights[made++] = part;
                left -= part;
            }
        }
        merge(parts, partWeights, made);
    }

    private void mergeWaiting() {
        if (waitingCount > 0) {
            Arrays.sort(waiting, 0, waitingCount);
            long[] ones = new long[waitingCount];
            Arrays.fill(ones, 1);
            int count = waitingCount;
            waitingCount = 0;
            merge(waiting, ones, count);
        }
    }

    /** Merges two ascending lists, and takes neighbours together as far as their place allows. */
    private void merge(double[] values, long[] added, int count) {
        long total = merged;
        for (int i = 0; i < count; i++) {
            total += added[i];
        }
        double[] newMeans = new double[size + count];
        long[] newWeights = new long[size + count];
        double factor = 4 / (FINENESS * total);
        int made = -1;
        long before = 0;
        int left = 0;
        int right = 0;
        while (left < size || right < count) {
            boolean isLeft = right == count || (left < size && means[left] <= values[right]);
            double value = isLeft ? means[left] : values[right];
            long weight = isLeft ? weights[left++] : added[right++];
            long joined = made < 0 ? 0 : newWeights[made] + weight;
            double middle = before + joined / 2.0;
            if (made >= 0 && joined <= factor * middle * (total - middle)) {
                newMeans[made] += (value - newMeans[made]) * ((double) weight / joined);
                newWeights[made] = joined;
            } else {
                if (made >= 0) {
                    before += newWeights[made];
                }
                made++;
                newMeans[made] = value;
                newWeights[made] = weight;
            }
        }
        size = made + 1;
        means = Arrays.copyOf(newMeans, size);
        weights = Arrays.copyOf(newWeights, size);
        merged = total;
        for (int i = 1; i < size; i++) {
            means[i] = Math.max(means[i], means[i - 1]);
        }
    }

    void join(QuantileSketch other) {
        if (other.merged > 0) {
            mergeWaiting();
            merge(other.means, other.weights, other.size);
        }
        add(other.waiting, other.waitingCount);
    }

    /** The number of values. */
    long count() {
        return merged + waitingCount;
    }

    /** Everything known; of at least one value. */
    Ranked ranked() {
        if (merged > 0) {
            mergeWaiting();
            return new Ranked(means, weights, Precision.ESTIMATED);
        }
        double[] all = Arrays.copyOf(waiting, waitingCount);
        Arrays.sort(all);
        long[] ones = new long[waitingCount];
        Arrays.fill(ones, 1);
        return new Ranked(all, ones, Precision.EXACT);
    }

    void write(ShareWriter out) {
        if (merged > 0) {
            mergeWaiting();
        }
        out.putInt(size);
        for (int i = 0; i < size; i++) {
            out.putDouble(means[i]);
            out.putLong(weights[i]);
        }
        out.putInt(waitingCount);
        for (int i = 0; i < waitingCount; i++) {
            out.putDouble(waiting[i]);
        }
    }

    static QuantileSketch read(ShareReader in) {
        QuantileSketch sketch = new QuantileSketch();
        sketch.size = in.readInt();
        sketch.means = new double[sketch.size];
        sketch.weights = new long[sketch.size];
        for (int i = 0; i < sketch.size; i++) {
            sketch.means[i] = in.readDouble();
            sketch.weights[i] = in.readLong();
            sketch.merged += sketch.weights[i];
        }
        double[] waiting = new double[in.readInt()];
        for (int i = 0; i < waiting.length; i++) {
            waiting[i] = in.readDouble();
        }
        sketch.add(waiting, waiting.length);
        return sketch;
    }
}
