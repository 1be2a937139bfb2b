package io.millrace.dataflow.profile;

import com.tdunning.math.stats.Centroid;
import com.tdunning.math.stats.MergingDigest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Finite values in a space that does not grow: all of them up to a limit, then a t-digest, means of neighbours that are
 * finer towards both ends. Has no randomness: equal values in equal order give equal estimates.
 */
final class QuantileSketch {
    /** The most values that are all kept. */
    static final int LIMIT = 16_384;
    /** At the median of millions of values a mean stands for 0.3 % of them; towards both ends for fewer, down to one. */
    private static final double COMPRESSION = 4_000;
    /** Means of one repeated value, if all values were that one. */
    private static final int PARTS = 1_000;

    /** The values while all are kept. */
    private double[] kept = new double[256];

    private int keptCount;
    /** All values, when they are too many to be kept. */
    private @Nullable MergingDigest digest;

    /** Adds the first {@code count} values. */
    void add(double[] values, int count) {
        if (digest == null && (long) keptCount + count <= LIMIT) {
            if (keptCount + count > kept.length) {
                kept = Arrays.copyOf(kept, Math.max(keptCount + count, Math.min(LIMIT, 2 * kept.length)));
            }
            System.arraycopy(values, 0, kept, keptCount, count);
            keptCount += count;
            return;
        }
        MergingDigest into = opened();
        for (int i = 0; i < count; i++) {
            into.add(values[i]);
        }
    }

    /** Adds ascending values, each as often as its weight. */
    void add(double[] values, long[] weights, int count) {
        long total = count();
        for (int i = 0; i < count; i++) {
            total += weights[i];
        }
        if (total > LIMIT) {
            addInParts(values, weights, count, Math.max(1, total / PARTS));
            return;
        }
        double[] one = new double[1];
        for (int i = 0; i < count; i++) {
            one[0] = values[i];
            for (long j = 0; j < weights[i]; j++) {
                add(one, 1);
            }
        }
    }

    /**
     * Adds values that occur often, each as several means of its own: its first and last occurrence by themselves, so
     * that what is between it and its neighbours is not taken for values.
     */
    private void addInParts(double[] values, long[] weights, int count, long most) {
        MergingDigest into = opened();
        for (int i = 0; i < count; i++) {
            long left = weights[i];
            while (left > 0) {
                boolean isEnd = left == weights[i] || left == 1;
                int part = (int) (isEnd ? 1 : Math.min(Math.min(most, left - 1), Integer.MAX_VALUE));
                into.add(values[i], part);
                left -= part;
            }
        }
    }

    private MergingDigest opened() {
        MergingDigest opened = digest;
        if (opened == null) {
            opened = new MergingDigest(COMPRESSION, LIMIT);
            digest = opened;
            for (int i = 0; i < keptCount; i++) {
                opened.add(kept[i]);
            }
            keptCount = 0;
            kept = new double[0];
        }
        return opened;
    }

    void join(QuantileSketch other) {
        if (other.digest == null) {
            add(other.kept, other.keptCount);
        } else {
            MergingDigest into = opened();
            // One by one: a list of digests overruns buffers that are smaller than its default.
            other.digest.centroids().forEach(centroid -> into.add(centroid.mean(), centroid.count()));
        }
    }

    /** The number of values. */
    long count() {
        return digest == null ? keptCount : digest.size();
    }

    /** Everything known; of at least one value. */
    Ranked ranked() {
        if (digest == null) {
            double[] all = Arrays.copyOf(kept, keptCount);
            Arrays.sort(all);
            long[] ones = new long[keptCount];
            Arrays.fill(ones, 1);
            return new Ranked(all, ones, Precision.EXACT);
        }
        Collection<Centroid> centroids = digest.centroids();
        double[] means = new double[centroids.size()];
        long[] weights = new long[means.length];
        int next = 0;
        for (Centroid centroid : centroids) {
            // Means of neighbours may change places in their last digit.
            means[next] = next == 0 ? centroid.mean() : Math.max(means[next - 1], centroid.mean());
            weights[next++] = centroid.count();
        }
        return new Ranked(means, weights, Precision.ESTIMATED);
    }

    void write(ShareWriter out) {
        out.putFlag(digest != null);
        if (digest == null) {
            out.putInt(keptCount);
            for (int i = 0; i < keptCount; i++) {
                out.putDouble(kept[i]);
            }
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(digest.byteSize());
        digest.asBytes(bytes);
        out.putBytes(Arrays.copyOf(bytes.array(), bytes.position()));
    }

    static QuantileSketch read(ShareReader in) {
        QuantileSketch sketch = new QuantileSketch();
        if (in.readFlag()) {
            sketch.digest = MergingDigest.fromBytes(ByteBuffer.wrap(in.readBytes()));
            return sketch;
        }
        double[] values = new double[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        sketch.add(values, values.length);
        return sketch;
    }
}
