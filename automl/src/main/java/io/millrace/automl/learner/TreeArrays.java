package io.millrace.automl.learner;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.codec.CodecException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The trees of an ensemble in flat arrays. Nodes and leaves are numbered in preorder, tree after tree, so the arrays
 * of equal trees are equal. A reference is the number of a node, or the complement of the number of a leaf.
 */
final class TreeArrays {
    /** For each tree, a reference to its root. */
    final int[] roots;

    /** For each node: the feature it asks about. */
    final int[] features;

    /** For each node: the greatest value that goes left; for a categorical node the number of its set. */
    final double[] thresholds;

    /** For each node: the flags of {@link Tree}. */
    final byte[] flags;

    /** For each node: references to the left and the right child. */
    final int[] children;

    /** For each leaf: its value. */
    final double[] leaves;

    /** For each set of categories: where its words begin; one more entry for the end of the last. */
    final int[] setStarts;

    /** The bits of the sets. */
    final int[] setWords;

    /** For each tree, whether all its nodes compare numbers, and none takes zero for missing. */
    private final boolean[] numeric;

    private int node;
    private int leaf;
    private int set;

    private TreeArrays(int trees, int nodes, int leaves, int sets, int words) {
        roots = new int[trees];
        numeric = new boolean[trees];
        features = new int[nodes];
        thresholds = new double[nodes];
        flags = new byte[nodes];
        children = new int[2 * nodes];
        this.leaves = new double[leaves];
        setStarts = new int[sets + 1];
        setWords = new int[words];
    }

    /** Where nodes and leaves come from, in preorder. */
    private interface Source {
        /** Moves to the node or leaf to be placed in that slot; true if it is a leaf. */
        boolean next(int reference);

        double value();

        int feature();

        double threshold();

        int flags();

        int @Nullable [] categories();

        int left();

        int right();
    }

    /** The arrays of those trees. */
    static TreeArrays of(List<Tree> trees) {
        int nodes = 0;
        int leaves = 0;
        int sets = 0;
        int words = 0;
        for (Tree tree : trees) {
            nodes = Math.addExact(nodes, tree.nodes());
            leaves = Math.addExact(leaves, tree.leaves());
            for (int node = 0; node < tree.nodes(); node++) {
                int[] categories = tree.categories(node);
                if (categories != null) {
                    sets++;
                    words = Math.addExact(words, categories.length);
                }
            }
        }
        TreeArrays arrays = new TreeArrays(trees.size(), nodes, leaves, sets, words);
        for (int tree = 0; tree < trees.size(); tree++) {
            arrays.fill(tree, new TreeSource(trees.get(tree)), trees.get(tree).root());
        }
        arrays.checkFull();
        return arrays;
    }

    /** Writes the trees; thresholds and leaves as floats if the arithmetic is float. */
    void write(BinaryWriter out, Arithmetic arithmetic) {
        out.writeVarint(roots.length).writeVarint(leaves.length);
        out.writeVarint(setStarts.length - 1).writeVarint(setWords.length);
        // In preorder every node is followed by its left child, so the shape needs one byte a node or leaf.
        for (int tree = 0; tree < roots.length; tree++) {
            int firstNode = roots[tree] < 0 ? node(tree + 1) : roots[tree];
            writeTree(out, arithmetic, roots[tree], node(tree + 1) - firstNode);
        }
    }

    private int node(int tree) {
        for (int next = tree; next < roots.length; next++) {
            if (roots[next] >= 0) {
                return roots[next];
            }
        }
        return features.length;
    }

    private void writeTree(BinaryWriter out, Arithmetic arithmetic, int root, int nodes) {
        int[] stack = new int[nodes + 2];
        int depth = 0;
        stack[depth++] = root;
        while (depth > 0) {
            int reference = stack[--depth];
            if (reference < 0) {
                out.writeByte(LEAF);
                writeNumber(out, arithmetic, leaves[~reference]);
                continue;
            }
            out.writeByte(flags[reference]).writeVarint(features[reference]);
            if ((flags[reference] & Tree.CATEGORICAL) != 0) {
                int number = (int) thresholds[reference];
                out.writeInts(Arrays.copyOfRange(setWords, setStarts[number], setStarts[number + 1]));
            } else {
                writeNumber(out, arithmetic, thresholds[reference]);
            }
            stack[depth++] = children[2 * reference + 1];
            stack[depth++] = children[2 * reference];
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws CodecException if it is not a number of trees over that many features
     */
    static TreeArrays read(BinaryReader in, Arithmetic arithmetic, int featureCount) {
        int trees = in.readCount(1);
        int leaves = in.readCount(1);
        int sets = in.readCount(1);
        int words = in.readCount(1);
        if (leaves < trees || sets > leaves - trees) {
            throw damaged();
        }
        TreeArrays arrays = new TreeArrays(trees, leaves - trees, leaves, sets, words);
        for (int tree = 0; tree < trees; tree++) {
            arrays.fill(tree, new EncodedSource(in, arithmetic, featureCount), 0);
        }
        arrays.checkFull();
        return arrays;
    }

    private static final int LEAF = 0x80;

    private void fill(int tree, Source source, int root) {
        // A slot is 2 * node + side, or -1 for the root; beside it goes the reference in the source.
        int[] slots = new int[32];
        int[] references = new int[32];
        int depth = 1;
        slots[0] = -1;
        references[0] = root;
        int firstNode = node;
        while (depth > 0) {
            int slot = slots[--depth];
            boolean isLeaf = source.next(references[depth]);
            int placed = isLeaf ? ~placeLeaf(source) : placeNode(source);
            if (slot < 0) {
                roots[tree] = placed;
            } else {
                children[slot] = placed;
            }
            if (!isLeaf) {
                if (depth + 2 > slots.length) {
                    slots = Arrays.copyOf(slots, 2 * slots.length);
                    references = Arrays.copyOf(references, 2 * references.length);
                }
                slots[depth] = 2 * placed + 1;
                references[depth++] = source.right();
                slots[depth] = 2 * placed;
                references[depth++] = source.left();
            }
        }
        numeric[tree] = areNumeric(firstNode, node);
    }

    private boolean areNumeric(int first, int end) {
        for (int at = first; at < end; at++) {
            if (flags[at] > Tree.MISSING_LEFT) {
                return false;
            }
        }
        return true;
    }

    boolean isNumeric(int tree) {
        return numeric[tree];
    }

    private int placeLeaf(Source source) {
        if (leaf == leaves.length) {
            throw damaged();
        }
        leaves[leaf] = source.value();
        return leaf++;
    }

    private int placeNode(Source source) {
        if (node == features.length) {
            throw damaged();
        }
        features[node] = source.feature();
        flags[node] = (byte) source.flags();
        int[] categories = source.categories();
        if (categories == null) {
            thresholds[node] = source.threshold();
        } else {
            int start = setStarts[set];
            if (set + 1 == setStarts.length || categories.length > setWords.length - start) {
                throw damaged();
            }
            System.arraycopy(categories, 0, setWords, start, categories.length);
            thresholds[node] = set++;
            setStarts[set] = start + categories.length;
        }
        return node++;
    }

    private void checkFull() {
        if (node != features.length
                || leaf != leaves.length
                || set != setStarts.length - 1
                || setStarts[set] != setWords.length) {
            throw damaged();
        }
    }

    private static void writeNumber(BinaryWriter out, Arithmetic arithmetic, double value) {
        if (arithmetic == Arithmetic.FLOAT32) {
            out.writeFloat((float) value);
        } else {
            out.writeDouble(value);
        }
    }

    static CodecException damaged() {
        return new CodecException("Cannot read a tree ensemble: it is damaged");
    }

    private static final class TreeSource implements Source {
        private final Tree tree;
        private int at;

        TreeSource(Tree tree) {
            this.tree = tree;
        }

        @Override
        public boolean next(int reference) {
            at = reference < 0 ? ~reference : reference;
            return reference < 0;
        }

        @Override
        public double value() {
            return tree.value(at);
        }

        @Override
        public int feature() {
            return tree.feature(at);
        }

        @Override
        public double threshold() {
            return tree.threshold(at);
        }

        @Override
        public int flags() {
            return tree.flags(at);
        }

        @Override
        public int @Nullable [] categories() {
            return tree.categories(at);
        }

        @Override
        public int left() {
            return tree.left(at);
        }

        @Override
        public int right() {
            return tree.right(at);
        }
    }

    private static final class EncodedSource implements Source {
        private final BinaryReader in;
        private final Arithmetic arithmetic;
        private final int featureCount;
        private int kind;

        EncodedSource(BinaryReader in, Arithmetic arithmetic, int featureCount) {
            this.in = in;
            this.arithmetic = arithmetic;
            this.featureCount = featureCount;
        }

        @Override
        public boolean next(int reference) {
            kind = in.readByte();
            if (kind != LEAF && !Tree.areFlags(kind)) {
                throw damaged();
            }
            return kind == LEAF;
        }

        @Override
        public double value() {
            return threshold();
        }

        @Override
        public int feature() {
            long feature = in.readVarint();
            if (feature < 0 || feature >= featureCount) {
                throw damaged();
            }
            return (int) feature;
        }

        @Override
        public double threshold() {
            return arithmetic == Arithmetic.FLOAT32 ? in.readFloat() : in.readDouble();
        }

        @Override
        public int flags() {
            return kind;
        }

        @Override
        public int @Nullable [] categories() {
            return (kind & Tree.CATEGORICAL) == 0 ? null : in.readInts();
        }

        @Override
        public int left() {
            return 0;
        }

        @Override
        public int right() {
            return 0;
        }
    }
}
