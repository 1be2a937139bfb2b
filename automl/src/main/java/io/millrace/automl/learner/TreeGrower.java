package io.millrace.automl.learner;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Grows trees over binned rows from the gradients and hessians of a loss. The leaf whose split lowers the loss most is
 * split next. Not thread-safe; the memory of one tree serves the next.
 */
final class TreeGrower {
    /** Beyond this, the histogram of a larger child is counted anew and not derived from its parent's. */
    private static final long MOST_HISTOGRAM_BYTES = 256L << 20;

    private final BinnedMatrix data;
    private final GrowthSettings settings;
    private final SplitFinder finder;
    private final int[] offsets;
    private final int histogramSize;
    private final boolean keepsHistograms;
    private final Deque<double[]> spare = new ArrayDeque<>();
    private final int[] movedRows;
    private final double[] ordered;

    /** A leaf that may still be split. */
    private static final class Leaf {
        final int number;
        final int start;
        final int count;
        final int depth;
        final double gradient;
        final double hessian;
        final int parent;
        final boolean isLeft;
        Split split = new Split();
        double @Nullable [] histogram;

        Leaf(int number, int start, int count, int depth, double gradient, double hessian, int parent, boolean isLeft) {
            this.number = number;
            this.start = start;
            this.count = count;
            this.depth = depth;
            this.gradient = gradient;
            this.hessian = hessian;
            this.parent = parent;
            this.isLeft = isLeft;
        }

        double gain() {
            return split.gain;
        }
    }

    TreeGrower(BinnedMatrix data, GrowthSettings settings) {
        this.data = data;
        this.settings = settings;
        finder = new SplitFinder(data, settings);
        offsets = new int[data.features()];
        int size = 0;
        for (int feature = 0; feature < offsets.length; feature++) {
            offsets[feature] = size;
            size += 2 * data.bins(feature).size();
        }
        histogramSize = size;
        // A histogram of some features, drawn for one leaf, says nothing about those drawn for its children.
        keepsHistograms = settings.featureFractionOfNode() >= 1
                && (long) size * Double.BYTES * settings.leaves() <= MOST_HISTOGRAM_BYTES;
        movedRows = new int[data.rows()];
        ordered = new double[2 * data.rows()];
    }

    /**
     * Grows a tree whose leaves hold {@code -rate * gradient / (hessian + l2)}.
     *
     * @param gradients for each row its gradient and its hessian
     * @param rows the rows to grow from, which are put in the order of the leaves
     * @param count how many of {@code rows} there are
     * @param features the features to look at
     */
    GrownTree grow(double[] gradients, int[] rows, int count, int[] features, double rate, Randomness random) {
        GrownTree grown = new GrownTree();
        PriorityQueue<Leaf> open = new PriorityQueue<>(
                Comparator.comparingDouble(Leaf::gain).reversed().thenComparingInt(leaf -> leaf.number));
        List<Leaf> closed = new ArrayList<>();
        double gradient = 0;
        double hessian = 0;
        for (int at = 0; at < count; at++) {
            gradient += gradients[2 * rows[at]];
            hessian += gradients[2 * rows[at] + 1];
        }
        Leaf root = new Leaf(0, 0, count, 0, gradient, hessian, -1, false);
        if (isWorthALook(root)) {
            seek(gradients, rows, root, features, random);
        }
        put(root, open, closed);
        int leaves = 1;
        while (leaves < settings.leaves() && !open.isEmpty()) {
            Leaf leaf = open.remove();
            int node = grown.addNode(leaf.split, data.bins(leaf.split.feature));
            attach(grown, leaf, node);
            int leftCount = partition(rows, leaf);
            double leftGradient = 0;
            double leftHessian = 0;
            for (int at = leaf.start; at < leaf.start + leftCount; at++) {
                leftGradient += gradients[2 * rows[at]];
                leftHessian += gradients[2 * rows[at] + 1];
            }
            int depth = leaf.depth + 1;
            Leaf left = new Leaf(leaf.number, leaf.start, leftCount, depth, leftGradient, leftHessian, node, true);
            Leaf right = new Leaf(
                    leaves++,
                    leaf.start + leftCount,
                    leaf.count - leftCount,
                    depth,
                    leaf.gradient - leftGradient,
                    leaf.hessian - leftHessian,
                    node,
                    false);
            if (leaves < settings.leaves()) {
                seekBoth(gradients, rows, features, leaf, left, right, random);
            }
            recycle(leaf);
            put(left, open, closed);
            put(right, open, closed);
        }
        closed.addAll(open);
        closed.sort(Comparator.comparingInt(leaf -> leaf.number));
        for (Leaf leaf : closed) {
            double value = -rate * leaf.gradient / (leaf.hessian + settings.l2());
            attach(grown, leaf, grown.addLeaf(Double.isFinite(value) ? value : 0, leaf.start, leaf.count));
            recycle(leaf);
        }
        return grown;
    }

    private static void put(Leaf leaf, PriorityQueue<Leaf> open, List<Leaf> closed) {
        if (leaf.split.exists()) {
            open.add(leaf);
        } else {
            closed.add(leaf);
        }
    }

    private void seekBoth(
            double[] gradients, int[] rows, int[] features, Leaf parent, Leaf left, Leaf right, Randomness random) {
        Leaf smaller = left.count <= right.count ? left : right;
        Leaf larger = smaller == left ? right : left;
        double[] derived = parent.histogram;
        if (derived != null && isWorthALook(larger)) {
            double[] counted = count(gradients, rows, smaller, features);
            subtract(derived, counted, features);
            smaller.histogram = counted;
            larger.histogram = derived;
            parent.histogram = null;
        }
        // Left before right, whichever is larger: what is drawn at random must not depend on that.
        seek(gradients, rows, left, features, random);
        seek(gradients, rows, right, features, random);
    }

    private boolean isWorthALook(Leaf leaf) {
        return leaf.count >= 2 * settings.leastRows()
                && leaf.count > 1
                && leaf.hessian >= 2 * settings.leastHessian()
                && leaf.hessian > 0
                && leaf.depth < settings.maximalDepth();
    }

    private void seek(double[] gradients, int[] rows, Leaf leaf, int[] features, Randomness random) {
        if (isWorthALook(leaf)) {
            int[] looked = features;
            if (settings.featureFractionOfNode() < 1) {
                looked = random.choose(
                        features, (int) Math.max(1, Math.rint(settings.featureFractionOfNode() * features.length)));
            }
            double[] histogram = leaf.histogram;
            if (histogram == null) {
                histogram = count(gradients, rows, leaf, looked);
                leaf.histogram = histogram;
            }
            leaf.split = finder.find(histogram, offsets, looked, leaf.gradient, leaf.hessian, leaf.count, random);
        }
        if (!keepsHistograms || !leaf.split.exists()) {
            recycle(leaf);
        }
    }

    private double[] count(double[] gradients, int[] rows, Leaf leaf, int[] features) {
        double[] histogram = spare.isEmpty() ? new double[histogramSize] : spare.pop();
        int start = leaf.start;
        int count = leaf.count;
        for (int at = 0, to = 0; at < count; at++, to += 2) {
            int from = 2 * rows[start + at];
            ordered[to] = gradients[from];
            ordered[to + 1] = gradients[from + 1];
        }
        for (int feature : features) {
            int offset = offsets[feature];
            Arrays.fill(histogram, offset, offset + 2 * data.bins(feature).size(), 0);
            addUp(histogram, offset, data.column(feature), rows, start, count);
        }
        return histogram;
    }

    private void addUp(double[] histogram, int offset, byte[] column, int[] rows, int start, int count) {
        for (int at = 0; at < count; at++) {
            int bin = offset + 2 * (column[rows[start + at]] & 0xFF);
            histogram[bin] += ordered[2 * at];
            histogram[bin + 1] += ordered[2 * at + 1];
        }
    }

    private void subtract(double[] from, double[] part, int[] features) {
        for (int feature : features) {
            int end = offsets[feature] + 2 * data.bins(feature).size();
            for (int at = offsets[feature]; at < end; at++) {
                from[at] -= part[at];
            }
        }
    }

    /** Puts the rows that go left before those that go right, each in their old order; returns how many go left. */
    private int partition(int[] rows, Leaf leaf) {
        byte[] column = data.column(leaf.split.feature);
        boolean[] left = leaf.split.table(data.bins(leaf.split.feature));
        int kept = leaf.start;
        int moved = 0;
        for (int at = leaf.start; at < leaf.start + leaf.count; at++) {
            int row = rows[at];
            if (left[column[row] & 0xFF]) {
                rows[kept++] = row;
            } else {
                movedRows[moved++] = row;
            }
        }
        System.arraycopy(movedRows, 0, rows, kept, moved);
        return kept - leaf.start;
    }

    private static void attach(GrownTree grown, Leaf leaf, int reference) {
        if (leaf.parent >= 0) {
            if (leaf.isLeft) {
                grown.tree().setLeft(leaf.parent, reference);
            } else {
                grown.tree().setRight(leaf.parent, reference);
            }
        }
    }

    private void recycle(Leaf leaf) {
        double[] histogram = leaf.histogram;
        if (histogram != null) {
            spare.push(histogram);
            leaf.histogram = null;
        }
    }
}
