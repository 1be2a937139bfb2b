package io.millrace.automl.learner;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gradient boosted trees grown by LightGBM, leaf by leaf, with categories as they are. */
final class LightGbmLearner implements Learner {
    private static final Settings SETTINGS = new Settings()
            .number("learning_rate", 1e-6, 10)
            .integer("num_leaves", 2, 131_072)
            .integer("max_depth", -1, 1000)
            .integer("min_data_in_leaf", 0, Integer.MAX_VALUE)
            .number("min_sum_hessian_in_leaf", 0, 1e30)
            .number("min_gain_to_split", 0, 1e30)
            .number("feature_fraction", 1e-6, 1)
            .number("feature_fraction_bynode", 1e-6, 1)
            .number("bagging_fraction", 1e-6, 1)
            .integer("bagging_freq", 0, Integer.MAX_VALUE)
            .number("lambda_l1", 0, 1e30)
            .number("lambda_l2", 0, 1e30)
            .number("path_smooth", 0, 1e30)
            .flag("extra_trees")
            .integer("max_bin", 2, 65_535)
            .number("cat_l2", 0, 1e30)
            .number("cat_smooth", 0, 1e30)
            .integer("max_cat_threshold", 1, Integer.MAX_VALUE)
            .integer("max_cat_to_onehot", 1, Integer.MAX_VALUE)
            .integer("min_data_per_group", 1, Integer.MAX_VALUE);

    private static final Set<String> NAMES = Boosting.names(SETTINGS.names());

    @Override
    public String name() {
        return "lightgbm";
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
        return LightGbmLibrary.unavailable();
    }

    @Override
    public Optional<String> inapplicable(Shape shape) {
        // Eight bytes a value while it is copied, up to two for its bin; gradients, scores and the target of every row.
        return Boosting.tooLarge(shape, 10, 40, Boosting.HISTOGRAMS);
    }

    @Override
    public Model fit(FitRequest request) {
        request.parameters().checkNames(name(), NAMES);
        String parameters = nativeParameters(request);
        TrainingSet train = request.train();
        if (Targets.isConstant(train)) {
            return Targets.constantModel(train);
        }
        unavailable().ifPresent(reason -> {
            throw new LearnerException("Cannot fit: " + reason);
        });
        Scale scale = Scale.of(train);
        List<Tree> trees;
        try (LightGbmDataset rows = LightGbmDataset.of(train, Targets.scaled(train, scale), parameters, null)) {
            if (request.validation().rows() == 0) {
                trees = grow(request, rows, null, parameters);
            } else {
                TrainingSet validation = request.validation();
                try (LightGbmDataset others =
                        LightGbmDataset.of(validation, Targets.scaled(validation, scale), parameters, rows)) {
                    trees = grow(request, rows, others, parameters);
                }
            }
        }
        return ensemble(train, scale, trees);
    }

    static TreeEnsemble ensemble(TrainingSet train, Scale scale, List<Tree> trees) {
        int outputs = train.objective().outputs(train.classes());
        int[] treeOutputs = new int[trees.size()];
        for (int tree = 0; tree < treeOutputs.length; tree++) {
            treeOutputs[tree] = tree % outputs;
        }
        return TreeEnsemble.of(
                train.matrix().features().size(),
                Link.of(train.objective()),
                scale,
                Arithmetic.FLOAT64,
                new double[outputs],
                trees,
                treeOutputs);
    }

    private static List<Tree> grow(
            FitRequest request, LightGbmDataset train, @Nullable LightGbmDataset validation, String parameters) {
        int rounds = Boosting.rounds(request);
        int kept = 0;
        EarlyStopping stopping = new EarlyStopping(request.train().rows());
        try (LightGbmBooster booster = LightGbmBooster.of(train, parameters)) {
            if (validation != null) {
                booster.validateOn(validation);
            }
            for (int round = 1; round <= rounds && booster.update(); round++) {
                boolean stops = validation != null && stopping.stopsAfter(round, booster.validationLoss());
                kept = validation != null ? stopping.bestRound() : round;
                request.stop().throwIfCancelled();
                if (stops || request.stop().finishNow()) {
                    break;
                }
            }
            return LightGbmModelText.trees(booster.text(Math.max(1, kept)));
        }
    }

    private static String nativeParameters(FitRequest request) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("learning_rate", "0.05");
        settings.putAll(SETTINGS.of(request.parameters()));
        TrainingSet train = request.train();
        switch (train.objective()) {
            case BINARY -> {
                settings.put("objective", "binary");
                settings.put("metric", "binary_logloss");
            }
            case MULTICLASS -> {
                settings.put("objective", "multiclass");
                settings.put("metric", "multi_logloss");
                settings.put("num_class", String.valueOf(train.classes()));
            }
            case REGRESSION -> {
                settings.put("objective", "regression");
                settings.put("metric", "rmse");
            }
        }
        settings.put("num_threads", String.valueOf(Boosting.threads(request)));
        settings.put("seed", String.valueOf(Boosting.seed(request)));
        settings.put("deterministic", "true");
        settings.put("force_col_wise", "true");
        settings.put("verbosity", "-1");
        String categorical = categorical(train.matrix());
        if (!categorical.isEmpty()) {
            settings.put("categorical_feature", categorical);
        }
        StringBuilder text = new StringBuilder();
        settings.forEach((name, value) -> text.append(text.length() == 0 ? "" : " ")
                .append(name)
                .append('=')
                .append(value));
        return text.toString();
    }

    private static String categorical(Matrix matrix) {
        List<String> numbers = new ArrayList<>();
        for (int feature = 0; feature < matrix.features().size(); feature++) {
            if (matrix.features().get(feature).isCategorical()) {
                numbers.add(String.valueOf(feature));
            }
        }
        return String.join(",", numbers);
    }
}
