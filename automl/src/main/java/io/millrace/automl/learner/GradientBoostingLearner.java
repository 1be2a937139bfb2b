package io.millrace.automl.learner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gradient boosted trees in plain Java, which run wherever Java does: values in up to 255 bins, leaf-wise growth,
 * splits by sets of categories, second-order steps.
 */
final class GradientBoostingLearner implements Learner {
    private static final Set<String> NAMES = Set.copyOf(new TreeSet<>(List.of(
            "rounds",
            "learning_rate",
            "num_leaves",
            "max_depth",
            "max_bin",
            "min_data_in_leaf",
            "feature_fraction",
            "feature_fraction_bynode",
            "bagging_fraction",
            "lambda_l2",
            "cat_l2",
            "cat_smooth",
            "min_data_per_group",
            "extra_trees")));

    @Override
    public String name() {
        return "gradient_boosting";
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
        // One byte a value; gradients, hessians, scores and a copy of them in the order of the leaves for every row.
        return Boosting.tooLarge(shape, 1, 48, Boosting.HISTOGRAMS);
    }

    @Override
    public Model fit(FitRequest request) {
        Parameters parameters = request.parameters();
        parameters.checkNames(name(), NAMES);
        GrowthSettings settings = new GrowthSettings(
                parameters.integer("num_leaves", 31, 2, 131_072),
                depth(parameters),
                parameters.integer("min_data_in_leaf", 20, 1, Integer.MAX_VALUE / 2),
                1e-3,
                parameters.number("lambda_l2", 0, 0, 1e30),
                parameters.number("cat_l2", 10, 0, 1e30),
                parameters.number("cat_smooth", 10, 0, 1e30),
                parameters.integer("min_data_per_group", 100, 1, Integer.MAX_VALUE),
                parameters.flag("extra_trees", false),
                parameters.number("feature_fraction_bynode", 1, 1e-6, 1));
        int bins = parameters.integer("max_bin", 255, 2, 255);
        double rate = parameters.number("learning_rate", 0.05, 1e-6, 10);
        double rowShare = parameters.number("bagging_fraction", 1, 1e-6, 1);
        double featureShare = parameters.number("feature_fraction", 1, 1e-6, 1);
        int rounds = Boosting.rounds(request);
        if (Targets.isConstant(request.train())) {
            return Targets.constantModel(request.train());
        }
        return new Fit(request, settings, bins).run(rounds, rate, rowShare, featureShare);
    }

    private static int depth(Parameters parameters) {
        int depth = parameters.integer("max_depth", -1, -1, 100_000);
        return depth <= 0 ? Integer.MAX_VALUE : depth;
    }

    /** The state of one fit. */
    private static final class Fit {
        private final FitRequest request;
        private final TrainingSet train;
        private final TrainingSet validation;
        private final Scale scale;
        private final TrainingLoss loss;
        private final BinnedMatrix data;
        private final BinnedMatrix others;
        private final TreeGrower grower;
        private final Randomness random;
        private final List<Tree> trees = new ArrayList<>();

        Fit(FitRequest request, GrowthSettings settings, int bins) {
            this.request = request;
            train = request.train();
            validation = request.validation();
            scale = Scale.of(train);
            loss = TrainingLoss.of(train.objective());
            data = BinnedMatrix.fit(train.matrix(), bins);
            others = data.apply(validation.matrix());
            grower = new TreeGrower(data, settings);
            random = new Randomness(request.seed());
        }

        Model run(int rounds, double rate, double rowShare, double featureShare) {
            double[] baseScores = loss.baseScores(train);
            double[][] scores = start(baseScores, data.rows());
            double[][] otherScores = start(baseScores, others.rows());
            double[] target = Targets.scaled(train, scale);
            double[] otherTarget = Targets.scaled(validation, scale);
            double[][] gradients = new double[baseScores.length][2 * data.rows()];
            int[] varying = data.varyingFeatures();
            int featuresOfTree = (int) Math.max(1, Math.rint(featureShare * varying.length));
            EarlyStopping stopping = new EarlyStopping(data.rows());
            int kept = 0;
            for (int round = 1; round <= rounds && varying.length > 0; round++) {
                loss.gradients(train, target, scores, gradients);
                int[] rows = rows(rowShare);
                int inBag = inBag(rows, rowShare);
                for (int output = 0; output < baseScores.length; output++) {
                    int[] features = random.choose(varying, featuresOfTree);
                    int[] order = baseScores.length == 1 ? rows : rows.clone();
                    GrownTree grown = grower.grow(gradients[output], order, inBag, features, rate, random);
                    trees.add(grown.tree());
                    grown.addToTraining(order, scores[output]);
                    for (int at = inBag; at < order.length; at++) {
                        grown.addTo(data, order[at], scores[output]);
                    }
                    for (int row = 0; row < others.rows(); row++) {
                        grown.addTo(others, row, otherScores[output]);
                    }
                }
                boolean stops = others.rows() > 0
                        && stopping.stopsAfter(round, loss.loss(validation, otherTarget, otherScores));
                kept = others.rows() > 0 ? stopping.bestRound() : round;
                request.stop().throwIfCancelled();
                if (stops || request.stop().finishNow()) {
                    break;
                }
            }
            return model(baseScores, kept);
        }

        private static double[][] start(double[] baseScores, int rows) {
            double[][] scores = new double[baseScores.length][rows];
            for (int output = 0; output < scores.length; output++) {
                Arrays.fill(scores[output], baseScores[output]);
            }
            return scores;
        }

        /** All rows, those in the bag first; both parts in the order of the data. */
        private int[] rows(double share) {
            int[] rows = new int[data.rows()];
            int inside = 0;
            int wanted = inBag(rows, share);
            int outside = wanted;
            for (int row = 0; row < rows.length; row++) {
                if (wanted == rows.length || random.nextInt(rows.length - row) < wanted - inside) {
                    rows[inside++] = row;
                } else {
                    rows[outside++] = row;
                }
            }
            return rows;
        }

        private static int inBag(int[] rows, double share) {
            return (int) Math.max(1, Math.rint(share * rows.length));
        }

        private Model model(double[] baseScores, int rounds) {
            List<Tree> kept = trees.subList(0, rounds * baseScores.length);
            int[] treeOutputs = new int[kept.size()];
            for (int tree = 0; tree < treeOutputs.length; tree++) {
                treeOutputs[tree] = tree % baseScores.length;
            }
            return TreeEnsemble.of(
                    data.features(),
                    Link.of(train.objective()),
                    scale,
                    Arithmetic.FLOAT64,
                    baseScores,
                    kept,
                    treeOutputs);
        }
    }
}
