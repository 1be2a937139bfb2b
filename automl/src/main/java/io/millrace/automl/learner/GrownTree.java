package io.millrace.automl.learner;

import java.util.ArrayList;
import java.util.List;

/** A tree that also knows which bins go left, so that rows in bins can be sent down. */
final class GrownTree {
    private final Tree tree = new Tree();
    private final List<boolean[]> tables = new ArrayList<>();

    /** For each leaf, where its training rows begin and how many there are. */
    private final List<int[]> ranges = new ArrayList<>();

    int addLeaf(double value, int start, int count) {
        ranges.add(new int[] {start, count});
        return tree.addLeaf(value);
    }

    int addNode(Split split, FeatureBins bins) {
        tables.add(split.table(bins));
        int missing = split.missingLeft ? Tree.MISSING_LEFT : 0;
        return split.categorical
                ? tree.addCategoricalNode(split.feature, bins.categories(split.chosen), missing)
                : tree.addNumericNode(split.feature, bins.upperBound(split.bin), missing);
    }

    Tree tree() {
        return tree;
    }

    /** Adds the values of the leaves to the scores of the rows that grew the tree. */
    void addToTraining(int[] rows, double[] scores) {
        for (int leaf = 0; leaf < ranges.size(); leaf++) {
            double value = tree.value(leaf);
            int start = ranges.get(leaf)[0];
            int end = start + ranges.get(leaf)[1];
            for (int at = start; at < end; at++) {
                scores[rows[at]] += value;
            }
        }
    }

    /** Adds to the score of a row the value of the leaf that it falls into. */
    void addTo(BinnedMatrix data, int row, double[] scores) {
        int reference = tree.root();
        while (reference >= 0) {
            int bin = data.column(tree.feature(reference))[row] & 0xFF;
            reference = tables.get(reference)[bin] ? tree.left(reference) : tree.right(reference);
        }
        scores[row] += tree.value(~reference);
    }
}
