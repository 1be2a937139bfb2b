package io.millrace.automl.learner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

/** Reads the trees of a model that LightGBM has saved as text. */
final class LightGbmModelText {
    /** The largest value that LightGBM takes for zero: a float literal of its sources. */
    static final double ZERO = 1e-35f;

    private static final int CATEGORICAL = 1;
    private static final int DEFAULT_LEFT = 2;
    private static final int MISSING_SHIFT = 2;
    private static final int MISSING_IS_NONE = 0;
    private static final int MISSING_IS_ZERO = 1;
    private static final int MISSING_IS_NAN = 2;

    private LightGbmModelText() {}

    /** The trees in the order of the text: round after round, and in a round class after class. */
    static List<Tree> trees(String text) {
        List<Tree> trees = new ArrayList<>();
        int at = text.startsWith("Tree=") ? 0 : text.indexOf("\nTree=") + 1;
        while (at > 0 || (at == 0 && text.startsWith("Tree="))) {
            int end = text.indexOf("\n\n", at);
            trees.add(tree(fields(text, at, end < 0 ? text.length() : end)));
            int next = text.indexOf("\nTree=", at);
            at = next < 0 ? -1 : next + 1;
        }
        return trees;
    }

    private static Map<String, String> fields(String text, int start, int end) {
        Map<String, String> fields = new HashMap<>();
        int at = start;
        while (at < end) {
            int lineEnd = text.indexOf('\n', at);
            if (lineEnd < 0 || lineEnd > end) {
                lineEnd = end;
            }
            int equals = text.indexOf('=', at);
            if (equals >= 0 && equals < lineEnd) {
                fields.put(text.substring(at, equals), text.substring(equals + 1, lineEnd));
            }
            at = lineEnd + 1;
        }
        return fields;
    }

    private static Tree tree(Map<String, String> fields) {
        int leaves = Integer.parseInt(field(fields, "num_leaves").trim());
        double[] values = doubles(fields, "leaf_value", leaves);
        if (leaves == 1) {
            return Tree.leafOnly(values[0]);
        }
        int[] features = ints(fields, "split_feature", leaves - 1);
        double[] thresholds = doubles(fields, "threshold", leaves - 1);
        int[] decisions = ints(fields, "decision_type", leaves - 1);
        int[] left = ints(fields, "left_child", leaves - 1);
        int[] right = ints(fields, "right_child", leaves - 1);
        int sets = Integer.parseInt(field(fields, "num_cat").trim());
        int[] boundaries = sets == 0 ? new int[1] : ints(fields, "cat_boundaries", sets + 1);
        int[] words = sets == 0 ? new int[0] : words(field(fields, "cat_threshold"), boundaries[sets]);
        Tree tree = new Tree();
        for (double value : values) {
            tree.addLeaf(value);
        }
        for (int node = 0; node < leaves - 1; node++) {
            int decision = decisions[node];
            if ((decision & CATEGORICAL) != 0) {
                // A missing category always goes right, whatever the default.
                int set = (int) thresholds[node];
                int[] categories = new int[boundaries[set + 1] - boundaries[set]];
                System.arraycopy(words, boundaries[set], categories, 0, categories.length);
                tree.addCategoricalNode(features[node], categories, 0);
            } else {
                tree.addNumericNode(features[node], thresholds[node], flags(decision, thresholds[node]));
            }
            tree.setLeft(node, left[node]);
            tree.setRight(node, right[node]);
        }
        return tree;
    }

    private static int flags(int decision, double threshold) {
        int defaultLeft = (decision & DEFAULT_LEFT) != 0 ? Tree.MISSING_LEFT : 0;
        return switch (decision >> MISSING_SHIFT & 3) {
            // A feature that was never missing at training: LightGBM reads NaN as zero.
            case MISSING_IS_NONE -> 0 <= threshold ? Tree.MISSING_LEFT : 0;
            case MISSING_IS_ZERO -> defaultLeft | Tree.ZERO_IS_MISSING;
            case MISSING_IS_NAN -> defaultLeft;
            default -> throw new LearnerException("Cannot read a LightGBM model: decision type " + decision);
        };
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new LearnerException("Cannot read a LightGBM model: a tree has no " + name);
        }
        return value;
    }

    private static int[] ints(Map<String, String> fields, String name, int count) {
        StringTokenizer tokens = new StringTokenizer(field(fields, name));
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = Integer.parseInt(tokens.nextToken());
        }
        return values;
    }

    /** The words of bit sets are unsigned. */
    private static int[] words(String text, int count) {
        StringTokenizer tokens = new StringTokenizer(text);
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = Integer.parseUnsignedInt(tokens.nextToken());
        }
        return values;
    }

    private static double[] doubles(Map<String, String> fields, String name, int count) {
        StringTokenizer tokens = new StringTokenizer(field(fields, name));
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = number(tokens.nextToken());
        }
        return values;
    }

    /** A threshold that parts what is present from what is missing is infinite. */
    private static double number(String text) {
        return switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
