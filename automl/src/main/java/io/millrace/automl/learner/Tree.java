package io.millrace.automl.learner;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One decision tree while it is made. Node 0 is the root, unless the tree is a single leaf; a child is the number of a
 * node, or the complement of the number of a leaf.
 */
final class Tree {
    /** Set if a missing value goes left, and not right. */
    static final int MISSING_LEFT = 1;
    /** Set if the node asks whether a category is in a set; a missing category goes by {@link #MISSING_LEFT}. */
    static final int CATEGORICAL = 2;
    /** Set if a value that is zero, up to 1e-35, counts as missing. */
    static final int ZERO_IS_MISSING = 4;

    private static final int ALL_FLAGS = MISSING_LEFT | CATEGORICAL | ZERO_IS_MISSING;

    private int[] feature = new int[16];
    private double[] threshold = new double[16];
    private byte[] flags = new byte[16];
    private int[] left = new int[16];
    private int[] right = new int[16];
    private int[] @Nullable [] categories = new int[16] @Nullable [];
    private int nodes;

    private double[] values = new double[17];
    private int leaves;

    /** A tree of one leaf. */
    static Tree leafOnly(double value) {
        Tree tree = new Tree();
        tree.addLeaf(value);
        return tree;
    }

    static boolean areFlags(int flags) {
        return (flags & ~ALL_FLAGS) == 0;
    }

    /** Adds a leaf and returns the reference to it. */
    int addLeaf(double value) {
        if (leaves == values.length) {
            values = Arrays.copyOf(values, 2 * leaves);
        }
        values[leaves] = value;
        return ~leaves++;
    }

    /** Adds a node that sends a value of at most {@code threshold} left. Its children are yet to be set. */
    int addNumericNode(int feature, double threshold, int flags) {
        return addNode(feature, threshold, flags, null);
    }

    /** Adds a node that sends the categories of a bit set left. Its children are yet to be set. */
    int addCategoricalNode(int feature, int[] categories, int flags) {
        return addNode(feature, 0, flags | CATEGORICAL, categories);
    }

    private int addNode(int nodeFeature, double nodeThreshold, int nodeFlags, int @Nullable [] nodeCategories) {
        if (nodes == feature.length) {
            int capacity = 2 * nodes;
            feature = Arrays.copyOf(feature, capacity);
            threshold = Arrays.copyOf(threshold, capacity);
            flags = Arrays.copyOf(flags, capacity);
            left = Arrays.copyOf(left, capacity);
            right = Arrays.copyOf(right, capacity);
            categories = Arrays.copyOf(categories, capacity);
        }
        feature[nodes] = nodeFeature;
        threshold[nodes] = nodeThreshold;
        flags[nodes] = (byte) nodeFlags;
        categories[nodes] = nodeCategories;
        return nodes++;
    }

    void setLeft(int node, int child) {
        left[node] = child;
    }

    void setRight(int node, int child) {
        right[node] = child;
    }

    void setValue(int leaf, double value) {
        values[leaf] = value;
    }

    int nodes() {
        return nodes;
    }

    int leaves() {
        return leaves;
    }

    int feature(int node) {
        return feature[node];
    }

    double threshold(int node) {
        return threshold[node];
    }

    int flags(int node) {
        return flags[node];
    }

    int left(int node) {
        return left[node];
    }

    int right(int node) {
        return right[node];
    }

    int @Nullable [] categories(int node) {
        return categories[node];
    }

    double value(int leaf) {
        return values[leaf];
    }

    /** The reference to the root: node 0, or the only leaf. */
    int root() {
        return nodes == 0 ? ~0 : 0;
    }
}
