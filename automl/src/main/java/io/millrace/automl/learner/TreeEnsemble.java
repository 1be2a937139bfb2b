package io.millrace.automl.learner;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.codec.CodecException;
import java.util.Arrays;
import java.util.List;

/**
 * A sum of decision trees for every output, turned into a prediction by a link.
 *
 * <p>Values are added in the order of the trees, from the base score on, in float or in double: as the library that
 * grew the trees does it, so that the margins equal its own.
 */
public final class TreeEnsemble implements Model {
    static final int KIND = 1;
    private static final int VERSION = 1;
    /** Rows are copied beside each other in blocks of about this many values, which stay in the processor's cache. */
    private static final int BLOCK_VALUES = 8192;
    /** Rows that go down a tree together. */
    private static final int TOGETHER = 4;

    private final int features;
    private final Link link;
    private final Scale scale;
    private final Arithmetic arithmetic;
    private final double[] baseScores;
    private final int[] treeOutputs;
    private final TreeArrays trees;

    private TreeEnsemble(
            int features,
            Link link,
            Scale scale,
            Arithmetic arithmetic,
            double[] baseScores,
            int[] treeOutputs,
            TreeArrays trees) {
        this.features = features;
        this.link = link;
        this.scale = scale;
        this.arithmetic = arithmetic;
        this.baseScores = baseScores;
        this.treeOutputs = treeOutputs;
        this.trees = trees;
    }

    /** An ensemble of trees of which number {@code i} adds to output {@code treeOutputs[i]}. */
    static TreeEnsemble of(
            int features,
            Link link,
            Scale scale,
            Arithmetic arithmetic,
            double[] baseScores,
            List<Tree> trees,
            int[] treeOutputs) {
        return new TreeEnsemble(
                features, link, scale, arithmetic, baseScores.clone(), treeOutputs.clone(), TreeArrays.of(trees));
    }

    /** An ensemble of no trees that predicts the same for every row. */
    static TreeEnsemble constant(int features, Link link, double[] baseScores) {
        return of(features, link, Scale.NONE, Arithmetic.FLOAT64, baseScores, List.of(), new int[0]);
    }

    @Override
    public int outputs() {
        return baseScores.length;
    }

    @Override
    public int features() {
        return features;
    }

    /** The number of trees. */
    public int trees() {
        return treeOutputs.length;
    }

    @Override
    public double[][] predict(Matrix rows) {
        double[][] margins = margins(rows);
        scale.apply(margins);
        link.apply(margins);
        return margins;
    }

    /** The sums before they are scaled and linked: what the library that grew the trees calls raw or margin, as {@code [output][row]}. */
    public double[][] margins(Matrix rows) {
        if (rows.features().size() != features) {
            throw new IllegalArgumentException(
                    "Cannot score rows of " + rows.features().size() + " features: the model has " + features);
        }
        double[][] margins = new double[baseScores.length][rows.rows()];
        int blockRows = Math.min(rows.rows(), Math.max(16, BLOCK_VALUES / Math.max(1, features)));
        double[] block = new double[blockRows * features];
        double[][] sums = new double[baseScores.length][blockRows];
        for (int start = 0; start < rows.rows(); start += blockRows) {
            int count = Math.min(blockRows, rows.rows() - start);
            copy(rows, start, count, block);
            for (int output = 0; output < sums.length; output++) {
                Arrays.fill(sums[output], 0, count, baseScores[output]);
            }
            for (int tree = 0; tree < treeOutputs.length; tree++) {
                add(trees.roots[tree], trees.isNumeric(tree), block, count, sums[treeOutputs[tree]]);
            }
            for (int output = 0; output < sums.length; output++) {
                System.arraycopy(sums[output], 0, margins[output], start, count);
            }
        }
        return margins;
    }

    private void copy(Matrix rows, int start, int count, double[] block) {
        for (int feature = 0; feature < features; feature++) {
            double[] column = rows.column(feature);
            int to = feature;
            if (arithmetic == Arithmetic.FLOAT64) {
                for (int row = start; row < start + count; row++, to += features) {
                    block[to] = column[row];
                }
            } else {
                for (int row = start; row < start + count; row++, to += features) {
                    block[to] = finiteFloat(column[row]);
                }
            }
        }
    }

    /** The value as a float, where an infinite or too large one is the largest of its sign; NaN stays NaN. */
    static float finiteFloat(double value) {
        float single = (float) value;
        return Float.isInfinite(single) ? Math.copySign(Float.MAX_VALUE, single) : single;
    }

    private void add(int root, boolean isNumeric, double[] block, int count, double[] sums) {
        if (root < 0) {
            double value = trees.leaves[~root];
            for (int row = 0; row < count; row++) {
                sums[row] = sum(sums[row], value);
            }
            return;
        }
        int row = 0;
        if (isNumeric) {
            for (; row + TOGETHER <= count; row += TOGETHER) {
                addTogether(root, block, row, sums);
            }
        }
        for (; row < count; row++) {
            int base = row * features;
            int reference = root;
            do {
                reference = child(reference, block[base + trees.features[reference]]);
            } while (reference >= 0);
            sums[row] = sum(sums[row], trees.leaves[~reference]);
        }
    }

    /** Sends four rows down a tree in step, so that the processor waits for all their values at once. */
    private void addTogether(int root, double[] block, int row, double[] sums) {
        int base = row * features;
        int first = root;
        int second = root;
        int third = root;
        int fourth = root;
        do {
            first = first < 0 ? first : numericChild(first, block, base);
            second = second < 0 ? second : numericChild(second, block, base + features);
            third = third < 0 ? third : numericChild(third, block, base + 2 * features);
            fourth = fourth < 0 ? fourth : numericChild(fourth, block, base + 3 * features);
        } while ((first & second & third & fourth) >= 0);
        sums[row] = sum(sums[row], trees.leaves[~first]);
        sums[row + 1] = sum(sums[row + 1], trees.leaves[~second]);
        sums[row + 2] = sum(sums[row + 2], trees.leaves[~third]);
        sums[row + 3] = sum(sums[row + 3], trees.leaves[~fourth]);
    }

    private double sum(double left, double right) {
        // The double sum of two floats, rounded to float, is their float sum: a double has more than twice the digits.
        return arithmetic == Arithmetic.FLOAT64 ? left + right : (float) (left + right);
    }

    private int numericChild(int node, double[] block, int base) {
        double value = block[base + trees.features[node]];
        int right = value <= trees.thresholds[node] ? 0 : 1;
        if (Double.isNaN(value)) {
            right = 1 - trees.flags[node];
        }
        return trees.children[2 * node + right];
    }

    private int child(int node, double value) {
        int flags = trees.flags[node];
        boolean left;
        if (flags <= Tree.MISSING_LEFT) {
            left = value <= trees.thresholds[node] || (flags == Tree.MISSING_LEFT && Double.isNaN(value));
        } else {
            left = goesLeft(node, flags, value);
        }
        return trees.children[2 * node + (left ? 0 : 1)];
    }

    private boolean goesLeft(int node, int flags, double value) {
        boolean missing = Double.isNaN(value)
                || ((flags & Tree.ZERO_IS_MISSING) != 0 && Math.abs(value) <= LightGbmModelText.ZERO);
        if (missing) {
            return (flags & Tree.MISSING_LEFT) != 0;
        }
        if ((flags & Tree.CATEGORICAL) == 0) {
            return value <= trees.thresholds[node];
        }
        int category = (int) value;
        int set = (int) trees.thresholds[node];
        int word = trees.setStarts[set] + (category >> 5);
        return category >= 0 && word < trees.setStarts[set + 1] && (trees.setWords[word] >>> (category & 31) & 1) != 0;
    }

    @Override
    public void write(BinaryWriter out) {
        out.writeByte(KIND).writeByte(VERSION);
        link.write(out);
        out.writeBoolean(arithmetic == Arithmetic.FLOAT32).writeVarint(features).writeDoubles(baseScores);
        out.writeDouble(scale.offset()).writeDouble(scale.factor());
        trees.write(out, arithmetic);
        for (int output : treeOutputs) {
            out.writeVarint(output);
        }
    }

    static TreeEnsemble readBody(BinaryReader in) {
        int version = in.readByte();
        if (version != VERSION) {
            throw new CodecException("Cannot read a tree ensemble of version " + version
                    + ": it is damaged, or written by a newer version of Millrace");
        }
        Link link = Link.read(in);
        Arithmetic arithmetic = in.readBoolean() ? Arithmetic.FLOAT32 : Arithmetic.FLOAT64;
        long features = in.readVarint();
        double[] baseScores = in.readDoubles();
        Scale scale = new Scale(in.readDouble(), in.readDouble());
        if (features < 0 || features > Integer.MAX_VALUE || baseScores.length == 0) {
            throw TreeArrays.damaged();
        }
        TreeArrays trees = TreeArrays.read(in, arithmetic, (int) features);
        int[] treeOutputs = new int[trees.roots.length];
        for (int tree = 0; tree < treeOutputs.length; tree++) {
            long output = in.readVarint();
            if (output < 0 || output >= baseScores.length) {
                throw TreeArrays.damaged();
            }
            treeOutputs[tree] = (int) output;
        }
        return new TreeEnsemble((int) features, link, scale, arithmetic, baseScores, treeOutputs, trees);
    }
}
