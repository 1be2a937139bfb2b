package io.millrace.automl.learner;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/** Gradient boosted trees grown by XGBoost, level by level, over numbers alone. */
final class XgBoostLearner implements Learner {
    private static final Settings SETTINGS = new Settings()
            .number("learning_rate", 1e-6, 10)
            .integer("max_depth", 0, 100)
            .integer("max_leaves", 0, 1_000_000)
            .integer("max_bin", 2, 65_535)
            .oneOf("grow_policy", "depthwise", "lossguide")
            .number("min_child_weight", 0, 1e30)
            .number("gamma", 0, 1e30)
            .number("subsample", 1e-6, 1)
            .number("colsample_bytree", 1e-6, 1)
            .number("colsample_bylevel", 1e-6, 1)
            .number("colsample_bynode", 1e-6, 1)
            .number("reg_alpha", 0, 1e30)
            .number("reg_lambda", 0, 1e30);

    private static final Set<String> NAMES = Boosting.names(SETTINGS.names());
    private static final int MOST_VALUES = Integer.MAX_VALUE - 8;
    private static final String VALIDATION = "validation";

    @Override
    public String name() {
        return "xgboost";
    }

    @Override
    public Encoding encoding() {
        return Encoding.ORDINAL;
    }

    @Override
    public Set<String> parameterNames() {
        return NAMES;
    }

    @Override
    public Optional<String> unavailable() {
        return XgBoostLibrary.unavailable();
    }

    @Override
    public Optional<String> inapplicable(Shape shape) {
        // Four bytes a value in our copy and eight in XGBoost's, two for its bin; gradients and margins of every row.
        Optional<String> reason = Boosting.tooLarge(shape, 14, 32, Boosting.HISTOGRAMS);
        if (reason.isEmpty() && (long) shape.rows() * shape.features() > MOST_VALUES) {
            return Optional.of(String.format(
                    Locale.ROOT, "%,d rows of %,d features do not fit in one array", shape.rows(), shape.features()));
        }
        return reason;
    }

    @Override
    public Model fit(FitRequest request) {
        request.parameters().checkNames(name(), NAMES);
        Scale scale = Scale.of(request.train());
        Map<String, Object> parameters = nativeParameters(request);
        if (Targets.isConstant(request.train())) {
            return Targets.constantModel(request.train());
        }
        unavailable().ifPresent(reason -> {
            throw new LearnerException("Cannot fit: " + reason);
        });
        DMatrix train = null;
        DMatrix validation = null;
        Booster booster = null;
        try {
            train = matrix(request.train(), scale);
            validation = request.validation().rows() == 0 ? null : matrix(request.validation(), scale);
            booster = XGBoost.train(train, parameters, 0, Map.of(), null, null);
            double[] baseScores = baseScores(booster, request.train());
            int rounds = boost(request, booster, train, validation);
            return ensemble(request.train(), scale, baseScores, rounds, booster.toByteArray("json"));
        } catch (XGBoostError e) {
            throw new LearnerException("Cannot fit with XGBoost: " + e.getMessage(), e);
        } finally {
            if (booster != null) {
                booster.dispose();
            }
            if (validation != null) {
                validation.dispose();
            }
            if (train != null) {
                train.dispose();
            }
        }
    }

    /** Adds rounds to the booster and returns how many of them to keep. */
    private static int boost(FitRequest request, Booster booster, DMatrix train, @Nullable DMatrix validation)
            throws XGBoostError {
        int rounds = Boosting.rounds(request);
        EarlyStopping stopping = new EarlyStopping(request.train().rows());
        for (int round = 1; round <= rounds; round++) {
            booster.update(train, round - 1);
            boolean stops = validation != null && stopping.stopsAfter(round, loss(booster, validation, round - 1));
            request.stop().throwIfCancelled();
            if (stops || request.stop().finishNow()) {
                return validation != null ? stopping.bestRound() : round;
            }
        }
        return validation != null ? stopping.bestRound() : rounds;
    }

    /** XGBoost gives its metric as a text with all digits, such as {@code [0] validation-logloss:0.43}. */
    private static double loss(Booster booster, DMatrix validation, int iteration) throws XGBoostError {
        String text = booster.evalSet(new DMatrix[] {validation}, new String[] {VALIDATION}, iteration);
        return Double.parseDouble(text.substring(text.lastIndexOf(':') + 1));
    }

    static DMatrix matrix(TrainingSet set, Scale scale) throws XGBoostError {
        DMatrix matrix = matrix(set.matrix());
        matrix.setLabel(floats(Targets.scaled(set, scale)));
        double[] weights = set.weights();
        if (weights != null) {
            matrix.setWeight(floats(weights));
        }
        return matrix;
    }

    static DMatrix matrix(Matrix rows) throws XGBoostError {
        int features = rows.features().size();
        float[] values = new float[Math.multiplyExact(rows.rows(), features)];
        for (int feature = 0; feature < features; feature++) {
            double[] column = rows.column(feature);
            for (int row = 0, at = feature; row < column.length; row++, at += features) {
                values[at] = TreeEnsemble.finiteFloat(column[row]);
            }
        }
        return new DMatrix(values, rows.rows(), features, Float.NaN);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int row = 0; row < floats.length; row++) {
            floats[row] = (float) values[row];
        }
        return floats;
    }

    /** The margins of a booster without trees, as it computes them from its {@code base_score}. */
    static double[] baseScores(Booster booster, TrainingSet train) throws XGBoostError {
        int features = train.matrix().features().size();
        DMatrix row = new DMatrix(new float[features], 1, features, Float.NaN);
        try {
            float[] margins = booster.predict(row, true)[0];
            double[] baseScores = new double[margins.length];
            for (int output = 0; output < margins.length; output++) {
                baseScores[output] = margins[output];
            }
            return baseScores;
        } finally {
            row.dispose();
        }
    }

    static TreeEnsemble ensemble(TrainingSet train, Scale scale, double[] baseScores, int rounds, byte[] json) {
        XgBoostModelJson model = XgBoostModelJson.read(json);
        int trees = rounds * baseScores.length;
        return TreeEnsemble.of(
                train.matrix().features().size(),
                Link.of(train.objective()),
                scale,
                Arithmetic.FLOAT32,
                baseScores,
                model.trees().subList(0, trees),
                Arrays.copyOf(model.treeOutputs(), trees));
    }

    private static Map<String, Object> nativeParameters(FitRequest request) {
        Map<String, Object> settings = new TreeMap<>();
        settings.put("learning_rate", "0.1");
        settings.putAll(SETTINGS.of(request.parameters()));
        settings.putAll(target(request.train()));
        settings.put("tree_method", "hist");
        settings.put("nthread", Boosting.threads(request));
        settings.put("seed", Boosting.seed(request));
        settings.put("verbosity", 0);
        return settings;
    }

    /** The objective, its metric, and the score to start from: estimates by XGBoost itself are not known as floats. */
    static Map<String, Object> target(TrainingSet train) {
        return switch (train.objective()) {
            case BINARY -> {
                double[] weights = Targets.classWeights(train);
                double share = (weights[1] + 0.5) / (weights[0] + weights[1] + 1);
                yield Map.of(
                        "objective", "binary:logistic", "eval_metric", "logloss", "base_score", Float.toString((float)
                                share));
            }
            case MULTICLASS ->
                Map.of(
                        "objective",
                        "multi:softprob",
                        "eval_metric",
                        "mlogloss",
                        "num_class",
                        train.classes(),
                        "base_score",
                        baseScore(Targets.classWeights(train)));
            case REGRESSION -> Map.of("objective", "reg:squarederror", "eval_metric", "rmse", "base_score", "0");
        };
    }

    private static String baseScore(double[] classWeights) {
        double total = 0;
        for (double weight : classWeights) {
            total += weight + 0.5;
        }
        StringJoiner scores = new StringJoiner(",", "[", "]");
        for (double weight : classWeights) {
            scores.add(Float.toString((float) StrictMath.log((weight + 0.5) / total)));
        }
        return scores.toString();
    }
}
