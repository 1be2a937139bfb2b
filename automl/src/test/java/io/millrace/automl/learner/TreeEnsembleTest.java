package io.millrace.automl.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.codec.CodecException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TreeEnsembleTest {
    /** "first" at most 1.5, what is missing left; then, on the right, whether "group" is 1 or 33. */
    private static Tree tree(int flags) {
        Tree tree = new Tree();
        int root = tree.addNumericNode(0, 1.5, flags);
        int group = tree.addCategoricalNode(1, new int[] {2, 2}, 0);
        tree.setLeft(root, tree.addLeaf(10));
        tree.setRight(root, group);
        tree.setLeft(group, tree.addLeaf(20));
        tree.setRight(group, tree.addLeaf(30));
        return tree;
    }

    private static TreeEnsemble ensemble(Arithmetic arithmetic, Tree... trees) {
        return TreeEnsemble.of(
                2, Link.IDENTITY, Scale.NONE, arithmetic, new double[] {0.5}, List.of(trees), new int[trees.length]);
    }

    private static Matrix rows(double[] first, double[] group) {
        return Matrix.of(
                List.of(Matrix.Feature.numeric("first"), Matrix.Feature.categorical("group", 40)),
                new double[][] {first, group},
                first.length);
    }

    private static byte[] bytes(Model model) {
        BinaryWriter out = new BinaryWriter();
        model.write(out);
        return out.toByteArray();
    }

    @Test
    void valuesUpToTheThresholdAndCategoriesOfTheSetGoLeft() {
        Matrix rows = rows(new double[] {1.5, 1.6, 1.6, 1.6, 1.6}, new double[] {0, 1, 33, 2, 65});
        assertThat(ensemble(Arithmetic.FLOAT64, tree(0)).predict(rows)[0])
                .containsExactly(10.5, 20.5, 20.5, 30.5, 30.5);
    }

    @Test
    void missingValuesFollowTheFlagsOfTheNode() {
        Matrix rows = rows(new double[] {Double.NaN, 0, 1e-36, 2, 2}, new double[] {1, 1, 1, Double.NaN, -1});
        assertThat(ensemble(Arithmetic.FLOAT64, tree(0)).predict(rows)[0])
                .containsExactly(20.5, 10.5, 10.5, 30.5, 30.5);
        assertThat(ensemble(Arithmetic.FLOAT64, tree(Tree.MISSING_LEFT)).predict(rows)[0])
                .containsExactly(10.5, 10.5, 10.5, 30.5, 30.5);
        assertThat(ensemble(Arithmetic.FLOAT64, tree(Tree.ZERO_IS_MISSING)).predict(rows)[0])
                .containsExactly(20.5, 20.5, 20.5, 30.5, 30.5);
    }

    @Test
    void floatArithmeticRoundsEverySum() {
        Tree small = Tree.leafOnly(1);
        TreeEnsemble model = TreeEnsemble.of(
                2,
                Link.IDENTITY,
                Scale.NONE,
                Arithmetic.FLOAT32,
                new double[] {1 << 24},
                List.of(small, small),
                new int[2]);
        Matrix row = rows(new double[] {0}, new double[] {0});
        assertThat(model.margins(row)[0]).containsExactly(1 << 24);
    }

    @Test
    void theScaleOfANumberIsAppliedAfterTheSum() {
        TreeEnsemble model = TreeEnsemble.of(
                2,
                Link.IDENTITY,
                new Scale(100, 10),
                Arithmetic.FLOAT64,
                new double[] {0},
                List.of(Tree.leafOnly(0.25)),
                new int[1]);
        Matrix row = rows(new double[] {0}, new double[] {0});
        assertThat(model.margins(row)[0]).containsExactly(0.25);
        assertThat(model.predict(row)[0]).containsExactly(102.5);
    }

    @Test
    void rowsOfAnotherWidthAreRefused() {
        Matrix narrow = Matrix.of(List.of(Matrix.Feature.numeric("first")), new double[1][1], 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ensemble(Arithmetic.FLOAT64).predict(narrow))
                .withMessage("Cannot score rows of 1 features: the model has 2");
    }

    @Property(tries = 60, seed = "11")
    void whatIsReadEqualsWhatWasWritten(
            @ForAll @IntRange(max = 1_000_000) int seed,
            @ForAll @IntRange(min = 1, max = 4) int outputs,
            @ForAll @IntRange(max = 12) int trees,
            @ForAll boolean single) {
        Random random = new Random(seed);
        TreeEnsemble model = random(random, outputs, trees, single ? Arithmetic.FLOAT32 : Arithmetic.FLOAT64);
        byte[] written = bytes(model);
        BinaryReader in = BinaryReader.of(written);
        Model read = Model.read(in);
        in.expectEnd();
        assertThat(bytes(read)).isEqualTo(written);
        double[] first = random.doubles(300, -3, 3).toArray();
        double[] group = random.ints(300, 0, 70).asDoubleStream().toArray();
        first[0] = Double.NaN;
        group[1] = Double.NaN;
        assertThat(read.predict(rows(first, group))).isDeepEqualTo(model.predict(rows(first, group)));
    }

    @Property(tries = 300, seed = "12")
    void damagedBytesEitherReadAsAModelOrAreAnError(
            @ForAll @IntRange(max = 1_000_000) int seed, @ForAll @IntRange(max = 255) int damage) {
        Random random = new Random(seed);
        byte[] written = bytes(random(random, 2, 4, Arithmetic.FLOAT64));
        written[random.nextInt(written.length)] = (byte) damage;
        try {
            Model read = Model.read(BinaryReader.of(written));
            if (read.features() == 2) {
                assertThat(read.predict(rows(new double[] {1}, new double[] {2})))
                        .isNotEmpty();
            }
        } catch (CodecException e) {
            assertThat(e.getMessage()).startsWith("Cannot ");
        }
    }

    private static TreeEnsemble random(Random random, int outputs, int count, Arithmetic arithmetic) {
        List<Tree> trees = new ArrayList<>();
        int[] treeOutputs = new int[count];
        for (int number = 0; number < count; number++) {
            Tree tree = new Tree();
            grow(random, tree, random.nextInt(6));
            trees.add(tree);
            treeOutputs[number] = random.nextInt(outputs);
        }
        Link link = outputs == 1 ? Link.SIGMOID : Link.SOFTMAX;
        double[] baseScores =
                random.doubles(outputs, -1, 1).map(value -> (float) value).toArray();
        return TreeEnsemble.of(2, link, Scale.NONE, arithmetic, baseScores, trees, treeOutputs);
    }

    private static int grow(Random random, Tree tree, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return tree.addLeaf(random.nextFloat());
        }
        int node = random.nextBoolean()
                ? tree.addNumericNode(0, random.nextFloat() * 4 - 2, random.nextInt(2))
                : tree.addCategoricalNode(1, new int[] {random.nextInt(), random.nextInt()}, random.nextInt(2));
        tree.setLeft(node, grow(random, tree, depth - 1));
        tree.setRight(node, grow(random, tree, depth - 1));
        return node;
    }

    @Test
    void aChainAsDeepAsATreeCanBeIsWrittenAndRead() {
        Tree chain = new Tree();
        int depth = 50_000;
        for (int node = 0; node < depth; node++) {
            chain.addNumericNode(0, node, 0);
            chain.setLeft(node, chain.addLeaf(node));
            chain.setRight(node, node + 1);
        }
        chain.setRight(depth - 1, chain.addLeaf(-1));
        TreeEnsemble model = ensemble(Arithmetic.FLOAT64, chain);
        Model read = Model.read(BinaryReader.of(bytes(model)));
        assertThat(read.predict(rows(new double[] {49_998.5, 1e9}, new double[2]))[0])
                .containsExactly(49_999.5, -0.5);
    }

    @Test
    void bytesOfTheFirstVersionAreStillRead() {
        TreeEnsemble model = ensemble(Arithmetic.FLOAT64, tree(Tree.MISSING_LEFT), Tree.leafOnly(1));
        String golden = "0101000002013fe000000000000000000000000000003ff00000000000000204010201003ff8000000000000"
                + "8040240000000000000201020000000200000002804034000000000000"
                + "80403e000000000000803ff00000000000000000";
        assertThat(HexFormat.of().formatHex(bytes(model))).isEqualTo(golden);
        assertThat(bytes(Model.read(BinaryReader.of(HexFormat.of().parseHex(golden)))))
                .isEqualTo(bytes(model));
    }

    @Test
    void unknownKindsAndVersionsAreNamed() {
        assertThatExceptionOfType(CodecException.class)
                .isThrownBy(() -> Model.read(BinaryReader.of(new byte[] {9})))
                .withMessage("Cannot read a model of kind 9: it is damaged, or written by a newer version of Millrace");
        for (int kind : new int[] {1, 2}) {
            assertThatExceptionOfType(CodecException.class)
                    .isThrownBy(() -> Model.read(BinaryReader.of(new byte[] {(byte) kind, 7})))
                    .withMessageEndingWith(" of version 7: it is damaged, or written by a newer version of Millrace");
        }
    }
}
