package io.millrace.automl.learner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Deep trees in plain Java, each grown apart and then averaged: a random forest, or extremely randomised trees. For
 * more than two classes there is a tree for each class, and the shares are divided by their sum.
 */
final class ForestLearner implements Learner {
    private static final Set<String> NAMES = Set.of(
            "rounds", "num_leaves", "max_depth", "max_bin", "min_data_in_leaf", "feature_fraction_bynode", "lambda_l2");
    private static final int TREES = 100;
    private static final int LEAVES = 15_000;
    private static final int LEAST_ROWS = 5;

    private final String name;
    private final boolean drawsThresholds;

    private ForestLearner(String name, boolean drawsThresholds) {
        this.name = name;
        this.drawsThresholds = drawsThresholds;
    }

    /** Every tree from rows drawn with replacement, every node from the best split of some features. */
    static ForestLearner randomForest() {
        return new ForestLearner("random_forest", false);
    }

    /** Every tree from all rows, every node from thresholds drawn at random for some features. */
    static ForestLearner extraTrees() {
        return new ForestLearner("extra_trees", true);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Encoding encoding() {
        return Encoding.CODES;
    }

    @Override
    public Set<String> parameterNames() {
        return NAMES;
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.empty();
    }

    @Override
    public Optional<String> inapplicable(Shape shape) {
        // One byte a value; gradients in two orders for every row, and leaves in proportion to rows and outputs.
        return Boosting.tooLarge(shape, 1, 20L * TREES / LEAST_ROWS + 48, 0);
    }

    @Override
    public Model fit(FitRequest request) {
        Parameters parameters = request.parameters();
        parameters.checkNames(name, NAMES);
        TrainingSet train = request.train();
        int depth = parameters.integer("max_depth", -1, -1, 100_000);
        GrowthSettings settings = new GrowthSettings(
                parameters.integer("num_leaves", LEAVES, 2, 1_000_000),
                depth <= 0 ? Integer.MAX_VALUE : depth,
                parameters.integer("min_data_in_leaf", leastRows(train.objective()), 1, Integer.MAX_VALUE / 2),
                1e-3,
                parameters.number("lambda_l2", 0.5, 0, 1e30),
                0,
                1,
                1,
                drawsThresholds,
                parameters.number("feature_fraction_bynode", featureShare(train), 1e-6, 1));
        int bins = parameters.integer("max_bin", 255, 2, 255);
        int rounds = parameters.integer("rounds", TREES, 1, 100_000);
        if (Targets.isConstant(train)) {
            return Targets.constantModel(train);
        }
        return new Fit(request, settings, bins).run(rounds);
    }

    private static int leastRows(Objective objective) {
        return switch (objective) {
            case BINARY -> LEAST_ROWS;
            case MULTICLASS -> 1;
            case REGRESSION -> 2;
        };
    }

    /** The share of the features that is looked at for a node: more of them where a threshold is only drawn. */
    private double featureShare(TrainingSet train) {
        if (train.objective() == Objective.REGRESSION) {
            return drawsThresholds ? 0.75 : 0.5;
        }
        int features = train.matrix().features().size();
        return drawsThresholds ? 0.5 : Math.min(0.999, StrictMath.sqrt(features) / features);
    }

    /** The state of one fit. */
    private final class Fit {
        private final FitRequest request;
        private final TrainingSet train;
        private final Scale scale;
        private final BinnedMatrix data;
        private final TreeGrower grower;
        private final Randomness random;
        private final double[] baseScores;
        private final double[] target;
        private final double[] gradients;

        Fit(FitRequest request, GrowthSettings settings, int bins) {
            this.request = request;
            train = request.train();
            scale = Scale.of(train);
            data = BinnedMatrix.fit(train.matrix(), bins);
            grower = new TreeGrower(data, settings);
            random = new Randomness(request.seed());
            baseScores = baseScores();
            target = Targets.scaled(train, scale);
            gradients = new double[2 * data.rows()];
        }

        /** The shares of the classes, to which small leaves are drawn. */
        private double[] baseScores() {
            double[] scores = new double[train.objective().outputs(train.classes())];
            if (train.objective() != Objective.REGRESSION) {
                double[] weights = Targets.classWeights(train);
                double total = Arrays.stream(weights).sum() + 0.5 * weights.length;
                for (int output = 0; output < scores.length; output++) {
                    int wanted = train.objective() == Objective.BINARY ? 1 : output;
                    scores[output] = (weights[wanted] + 0.5) / total;
                }
            }
            return scores;
        }

        Model run(int rounds) {
            List<Tree> trees = new ArrayList<>();
            int[] varying = data.varyingFeatures();
            int grown = 0;
            while (grown < rounds && varying.length > 0) {
                int[] drawn = new int[data.rows()];
                int count = draw(drawn);
                for (int output = 0; output < baseScores.length; output++) {
                    gradients(output, drawn);
                    int[] rows = rows(drawn, count);
                    trees.add(grower.grow(gradients, rows, count, varying, 1, random)
                            .tree());
                }
                grown++;
                request.stop().throwIfCancelled();
                if (request.stop().finishNow()) {
                    break;
                }
            }
            return model(trees, grown);
        }

        /** Writes how often each row is drawn, and returns how many are drawn at all. */
        private int draw(int[] drawn) {
            if (drawsThresholds) {
                Arrays.fill(drawn, 1);
                return drawn.length;
            }
            int count = 0;
            for (int i = 0; i < drawn.length; i++) {
                int row = random.nextInt(drawn.length);
                count += drawn[row] == 0 ? 1 : 0;
                drawn[row]++;
            }
            return count;
        }

        private int[] rows(int[] drawn, int count) {
            int[] rows = new int[count];
            int size = 0;
            for (int row = 0; row < drawn.length; row++) {
                if (drawn[row] > 0) {
                    rows[size++] = row;
                }
            }
            return rows;
        }

        private void gradients(int output, int[] drawn) {
            for (int row = 0; row < drawn.length; row++) {
                double wanted =
                        switch (train.objective()) {
                            case REGRESSION, BINARY -> target[row];
                            case MULTICLASS -> (int) target[row] == output ? 1 : 0;
                        };
                double weight = drawn[row] * train.weight(row);
                gradients[2 * row] = weight * (baseScores[output] - wanted);
                gradients[2 * row + 1] = weight;
            }
        }

        private Model model(List<Tree> trees, int rounds) {
            int[] treeOutputs = new int[trees.size()];
            for (int number = 0; number < treeOutputs.length; number++) {
                treeOutputs[number] = number % baseScores.length;
                Tree tree = trees.get(number);
                for (int leaf = 0; leaf < tree.leaves(); leaf++) {
                    tree.setValue(leaf, tree.value(leaf) / rounds);
                }
            }
            Link link = train.objective() == Objective.REGRESSION ? Link.IDENTITY : Link.SHARE;
            return TreeEnsemble.of(data.features(), link, scale, Arithmetic.FLOAT64, baseScores, trees, treeOutputs);
        }
    }
}
