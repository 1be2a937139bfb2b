package io.millrace.automl.learner;

import java.util.Arrays;

/**
 * Looks for the split of a leaf that lowers the loss most, given for every bin of a feature the sums of the gradients
 * and of the hessians of the leaf's rows.
 */
final class SplitFinder {
    /** Up to so many categories, each alone is tried against all others. */
    private static final int MOST_ALONE = 4;
    /** Sets of categories have at most so many. */
    private static final int MOST_TOGETHER = 32;

    /** What subtraction leaves of the hessians of a bin without rows is less. */
    private static final double NO_ROW = 1e-10;

    private final BinnedMatrix data;
    private final GrowthSettings settings;
    private final long[] order = new long[256];

    // The leaf that is looked at.
    private Split best = new Split();
    private double gradient;
    private double hessian;
    private double rowsPerHessian;

    SplitFinder(BinnedMatrix data, GrowthSettings settings) {
        this.data = data;
        this.settings = settings;
    }

    /** The best split over those features; one that does not exist if none lowers the loss. */
    Split find(
            double[] histogram,
            int[] offsets,
            int[] features,
            double leafGradient,
            double leafHessian,
            int rows,
            Randomness random) {
        best = new Split();
        gradient = leafGradient;
        hessian = leafHessian;
        rowsPerHessian = rows / leafHessian;
        for (int feature : features) {
            FeatureBins bins = data.bins(feature);
            if (bins.isCategorical()) {
                findSet(histogram, offsets[feature], feature, bins.missingBin());
            } else {
                findThreshold(histogram, offsets[feature], feature, bins.missingBin(), random);
            }
        }
        double parent = score(gradient, hessian, settings.l2());
        if (!(best.gain - parent > 1e-12 * (1 + Math.abs(parent)))) {
            return new Split();
        }
        best.gain -= parent;
        return best;
    }

    private static double score(double sumOfGradients, double sumOfHessians, double l2) {
        return sumOfGradients * sumOfGradients / (sumOfHessians + l2);
    }

    private boolean isEnough(double sumOfHessians) {
        return sumOfHessians >= settings.leastHessian()
                && Math.rint(sumOfHessians * rowsPerHessian) >= settings.leastRows();
    }

    private void findThreshold(double[] histogram, int offset, int feature, int present, Randomness random) {
        double missingGradient = histogram[offset + 2 * present];
        double missingHessian = histogram[offset + 2 * present + 1];
        boolean hasMissing = Math.rint(missingHessian * rowsPerHessian) >= 1;
        int only = settings.randomThresholds() ? drawn(histogram, offset, present, random) : -1;
        scan(histogram, offset, feature, hasMissing ? present : present - 1, 0, 0, hasMissing, false, only);
        if (hasMissing) {
            scan(histogram, offset, feature, present - 1, missingGradient, missingHessian, true, true, only);
        }
    }

    /** A bin that parts the rows of the leaf, drawn at random: not the last that holds any. */
    private static int drawn(double[] histogram, int offset, int present, Randomness random) {
        int first = 0;
        int last = present - 1;
        while (first < last && histogram[offset + 2 * first + 1] <= NO_ROW) {
            first++;
        }
        while (last > first && histogram[offset + 2 * last + 1] <= NO_ROW) {
            last--;
        }
        return first + random.nextInt(Math.max(1, last - first));
    }

    private void scan(
            double[] histogram,
            int offset,
            int feature,
            int end,
            double startGradient,
            double startHessian,
            boolean hasMissing,
            boolean missingLeft,
            int only) {
        double l2 = settings.l2();
        double leftGradient = startGradient;
        double leftHessian = startHessian;
        for (int bin = 0, at = offset; bin < end; bin++, at += 2) {
            leftGradient += histogram[at];
            leftHessian += histogram[at + 1];
            if ((only >= 0 && bin != only) || !isEnough(leftHessian)) {
                continue;
            }
            double rightHessian = hessian - leftHessian;
            if (!isEnough(rightHessian)) {
                return;
            }
            double gain = score(leftGradient, leftHessian, l2) + score(gradient - leftGradient, rightHessian, l2);
            if (gain > best.gain) {
                best.gain = gain;
                best.feature = feature;
                best.categorical = false;
                best.bin = bin;
                // Where nothing was missing, what is missing later goes with the majority.
                best.missingLeft = hasMissing ? missingLeft : leftHessian >= rightHessian;
            }
        }
    }

    private void findSet(double[] histogram, int offset, int feature, int categories) {
        if (categories <= MOST_ALONE) {
            for (int bin = 0; bin < categories; bin++) {
                double leftHessian = histogram[offset + 2 * bin + 1];
                double rightHessian = hessian - leftHessian;
                if (isEnough(leftHessian) && isEnough(rightHessian)) {
                    double leftGradient = histogram[offset + 2 * bin];
                    order[0] = bin;
                    offer(feature, categories, 0, 1, leftGradient, leftHessian, settings.l2());
                }
            }
            return;
        }
        int used = 0;
        for (int bin = 0; bin < categories; bin++) {
            double binHessian = histogram[offset + 2 * bin + 1];
            if (binHessian * rowsPerHessian >= Math.max(1, settings.categorySmoothing())) {
                double ratio = histogram[offset + 2 * bin] / (binHessian + settings.categorySmoothing());
                order[used++] = (sortable(ratio) & ~0xFFL) | bin;
            }
        }
        Arrays.sort(order, 0, used);
        int most = Math.min(MOST_TOGETHER, (used + 1) / 2);
        growSet(histogram, offset, feature, categories, used, most, 1);
        growSet(histogram, offset, feature, categories, used, most, -1);
    }

    private void growSet(
            double[] histogram, int offset, int feature, int categories, int used, int most, int direction) {
        double l2 = settings.l2() + settings.categoryL2();
        double leftGradient = 0;
        double leftHessian = 0;
        double rowsOfGroup = 0;
        for (int taken = 1; taken <= most; taken++) {
            int bin = (int) (order[direction > 0 ? taken - 1 : used - taken] & 0xFF);
            leftGradient += histogram[offset + 2 * bin];
            leftHessian += histogram[offset + 2 * bin + 1];
            rowsOfGroup += histogram[offset + 2 * bin + 1] * rowsPerHessian;
            if (!isEnough(leftHessian)) {
                continue;
            }
            double rightHessian = hessian - leftHessian;
            if (!isEnough(rightHessian) || rightHessian * rowsPerHessian < settings.leastRowsOfGroup()) {
                return;
            }
            if (rowsOfGroup >= settings.leastRowsOfGroup()) {
                rowsOfGroup = 0;
                offer(feature, categories, direction > 0 ? 0 : used - taken, taken, leftGradient, leftHessian, l2);
            }
        }
    }

    /** Takes the bins at {@code count} places of the order, from {@code first} on, if they are the best left side. */
    private void offer(
            int feature, int categories, int first, int count, double leftGradient, double leftHessian, double l2) {
        double gain = score(leftGradient, leftHessian, l2) + score(gradient - leftGradient, hessian - leftHessian, l2);
        if (gain > best.gain) {
            best.gain = gain;
            best.feature = feature;
            best.categorical = true;
            best.missingLeft = false;
            best.chosen = new boolean[categories];
            for (int place = first; place < first + count; place++) {
                best.chosen[(int) (order[place] & 0xFF)] = true;
            }
        }
    }

    /** Bits that are in the order of the numbers when compared as a long. */
    private static long sortable(double value) {
        long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value);
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }
}
