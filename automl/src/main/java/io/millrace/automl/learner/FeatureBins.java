package io.millrace.automl.learner;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How the values of one feature fall into at most 256 bins. The last bin is for what is missing and, for categories,
 * for those that are rare or unseen; the others are in the order of their values or, for categories, of their counts.
 */
final class FeatureBins {
    private static final int MOST_SAMPLED_ROWS = 200_000;
    /** A category of fewer rows has no bin of its own. */
    private static final int LEAST_ROWS_OF_A_CATEGORY = 3;

    private final double[] upperBounds;
    private final int[] binOfCode;
    private final int[] codeOfBin;
    private final boolean categorical;
    private final int missingBin;

    private FeatureBins(double[] upperBounds, int[] binOfCode, int[] codeOfBin, boolean categorical, int missingBin) {
        this.upperBounds = upperBounds;
        this.binOfCode = binOfCode;
        this.codeOfBin = codeOfBin;
        this.categorical = categorical;
        this.missingBin = missingBin;
    }

    /** The bins of a column: at most {@code most} besides that of the missing values. */
    static FeatureBins of(Matrix.Feature feature, double[] column, int most) {
        return feature.isCategorical() ? ofCategories(feature.cardinality(), column, most) : ofNumbers(column, most);
    }

    private static FeatureBins ofCategories(int cardinality, double[] column, int most) {
        int[] counts = new int[cardinality];
        for (double value : column) {
            if (value >= 0 && value < cardinality) {
                counts[(int) value]++;
            }
        }
        int[] codeOfBin = IntStream.range(0, cardinality)
                .filter(code -> counts[code] >= LEAST_ROWS_OF_A_CATEGORY)
                .boxed()
                .sorted((left, right) -> counts[left] != counts[right]
                        ? Integer.compare(counts[right], counts[left])
                        : Integer.compare(left, right))
                .limit(most)
                .mapToInt(Integer::intValue)
                .toArray();
        int[] binOfCode = new int[cardinality];
        Arrays.fill(binOfCode, codeOfBin.length);
        for (int bin = 0; bin < codeOfBin.length; bin++) {
            binOfCode[codeOfBin[bin]] = bin;
        }
        return new FeatureBins(new double[0], binOfCode, codeOfBin, true, codeOfBin.length);
    }

    private static FeatureBins ofNumbers(double[] column, int most) {
        int step = 1 + (column.length - 1) / MOST_SAMPLED_ROWS;
        double[] values = new double[column.length / step + 1];
        int size = 0;
        for (int row = 0; row < column.length; row += step) {
            if (!Double.isNaN(column[row])) {
                values[size++] = column[row] == 0 ? 0.0 : column[row];
            }
        }
        Arrays.sort(values, 0, size);
        double[] distinct = new double[size];
        int[] counts = new int[size];
        int kinds = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || values[i] != values[i - 1]) {
                distinct[kinds++] = values[i];
            }
            counts[kinds - 1]++;
        }
        double[] bounds = bounds(distinct, counts, kinds, size, most);
        return new FeatureBins(bounds, new int[0], new int[0], false, bounds.length);
    }

    /** Bins of about as many rows each; a value of more rows than that has its own. */
    private static double[] bounds(double[] distinct, int[] counts, int kinds, int rows, int most) {
        double[] bounds = new double[Math.min(kinds, most)];
        int bins = 0;
        int left = rows;
        int inBin = 0;
        for (int kind = 0; kind < kinds; kind++) {
            inBin += counts[kind];
            int binsLeft = bounds.length - bins;
            boolean last = kind == kinds - 1;
            boolean everyValue = kinds - kind <= binsLeft;
            double share = (double) left / binsLeft;
            boolean nextIsLarge = !last && counts[kind + 1] >= share;
            if (last || (binsLeft > 1 && (everyValue || inBin >= share || nextIsLarge))) {
                bounds[bins++] = last ? Double.POSITIVE_INFINITY : middle(distinct[kind], distinct[kind + 1]);
                left -= inBin;
                inBin = 0;
            }
        }
        return Arrays.copyOf(bounds, bins);
    }

    private static double middle(double low, double high) {
        double middle = low / 2 + high / 2;
        return middle >= low && middle < high ? middle : low;
    }

    /** The bin of every value. */
    byte[] apply(double[] column) {
        byte[] bins = new byte[column.length];
        for (int row = 0; row < bins.length; row++) {
            bins[row] = (byte) bin(column[row]);
        }
        return bins;
    }

    private int bin(double value) {
        if (Double.isNaN(value)) {
            return missingBin;
        }
        if (categorical) {
            return value >= 0 && value < binOfCode.length ? binOfCode[(int) value] : missingBin;
        }
        int low = 0;
        int high = upperBounds.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (value <= upperBounds[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    boolean isCategorical() {
        return categorical;
    }

    /** The bin of what is missing: the last, and the number of the others. */
    int missingBin() {
        return missingBin;
    }

    /** The number of bins. */
    int size() {
        return missingBin + 1;
    }

    /** The greatest value of a bin. */
    double upperBound(int bin) {
        return upperBounds[bin];
    }

    /** The bit set of the categories of the chosen bins. */
    int[] categories(boolean[] chosen) {
        int[] words = new int[(binOfCode.length + 31) / 32];
        int used = 0;
        for (int bin = 0; bin < codeOfBin.length; bin++) {
            if (chosen[bin]) {
                int code = codeOfBin[bin];
                words[code >> 5] |= 1 << (code & 31);
                used = Math.max(used, (code >> 5) + 1);
            }
        }
        return Arrays.copyOf(words, used);
    }
}
