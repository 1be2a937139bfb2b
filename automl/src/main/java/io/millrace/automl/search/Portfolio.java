package io.millrace.automl.search;

import io.millrace.automl.learner.Parameters;
import io.millrace.automl.trial.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The candidates that are tried first, in a fixed order: strong and fast ones, then ones that err differently, then
 * slower ones. Most settings are those of AutoGluon's portfolios of 2023 and 2025 (its folder {@code tabular/configs}),
 * which were chosen by their joint worth over many data sets.
 */
public final class Portfolio {
    private static final String LIGHTGBM = "lightgbm";
    private static final String XGBOOST = "xgboost";
    private static final String BOOSTING = "gradient_boosting";
    private static final String LINEAR = "linear";

    private static final List<Candidate> ORDER = List.of(
            lightgbm("learning_rate", 0.05),
            xgboost("learning_rate", 0.08776, "max_depth", 5, "colsample_bytree", 0.663, "min_child_weight", 0.629),
            boosting("learning_rate", 0.08, "num_leaves", 16, "feature_fraction", 0.6),
            lightgbm("learning_rate", 0.0471, "num_leaves", 89, "feature_fraction", 0.625, "min_data_in_leaf", 56),
            of(LINEAR),
            lightgbm(
                    "learning_rate",
                    0.06,
                    "num_leaves",
                    12,
                    "feature_fraction",
                    0.5,
                    "min_data_in_leaf",
                    10,
                    "max_cat_to_onehot",
                    64,
                    "lambda_l2",
                    1.0),
            lightgbm("learning_rate", 0.03, "num_leaves", 128, "feature_fraction", 0.9, "min_data_in_leaf", 3),
            of("extra_trees"),
            lightgbm(
                    "learning_rate",
                    0.0398,
                    "num_leaves",
                    16,
                    "feature_fraction",
                    0.579,
                    "bagging_fraction",
                    0.959,
                    "bagging_freq",
                    1,
                    "min_data_in_leaf",
                    1,
                    "lambda_l1",
                    0.938,
                    "lambda_l2",
                    0.99),
            lightgbm("learning_rate", 0.05, "extra_trees", true),
            of("random_forest"),
            xgboost("learning_rate", 0.01806, "max_depth", 10, "colsample_bytree", 0.692, "min_child_weight", 0.603),
            lightgbm(
                    "learning_rate",
                    0.01786,
                    "num_leaves",
                    39,
                    "feature_fraction",
                    0.462,
                    "bagging_fraction",
                    0.877,
                    "bagging_freq",
                    1,
                    "min_data_in_leaf",
                    3,
                    "lambda_l1",
                    0.2375,
                    "lambda_l2",
                    0.355,
                    "cat_l2",
                    0.342,
                    "cat_smooth",
                    15.43,
                    "max_cat_to_onehot",
                    16,
                    "min_data_per_group",
                    9,
                    "extra_trees",
                    true),
            lightgbm("learning_rate", 0.01212, "num_leaves", 53, "feature_fraction", 0.702, "min_data_in_leaf", 14),
            lightgbm(
                    "learning_rate",
                    0.01519,
                    "num_leaves",
                    16,
                    "feature_fraction",
                    0.564,
                    "min_data_in_leaf",
                    48,
                    "extra_trees",
                    true),
            lightgbm(
                    "learning_rate",
                    0.0339,
                    "num_leaves",
                    127,
                    "feature_fraction",
                    0.828,
                    "min_data_in_leaf",
                    6,
                    "extra_trees",
                    true),
            lightgbm(
                    "learning_rate",
                    0.01139,
                    "num_leaves",
                    84,
                    "feature_fraction",
                    0.528,
                    "bagging_fraction",
                    0.978,
                    "bagging_freq",
                    1,
                    "min_data_in_leaf",
                    3,
                    "lambda_l1",
                    0.027,
                    "lambda_l2",
                    0.838),
            lightgbm(
                    "learning_rate",
                    0.00742,
                    "num_leaves",
                    8,
                    "feature_fraction",
                    0.425,
                    "bagging_fraction",
                    0.722,
                    "bagging_freq",
                    1,
                    "min_data_in_leaf",
                    15,
                    "lambda_l1",
                    0.113,
                    "lambda_l2",
                    0.262,
                    "extra_trees",
                    true),
            lightgbm(
                    "learning_rate",
                    0.0193,
                    "num_leaves",
                    64,
                    "feature_fraction",
                    0.553,
                    "bagging_fraction",
                    0.992,
                    "bagging_freq",
                    1,
                    "min_data_in_leaf",
                    28,
                    "lambda_l1",
                    0.914,
                    "lambda_l2",
                    1.904,
                    "cat_l2",
                    0.0143,
                    "cat_smooth",
                    1.866,
                    "max_cat_to_onehot",
                    18,
                    "min_data_per_group",
                    54,
                    "extra_trees",
                    true),
            lightgbm(
                    "learning_rate",
                    0.01798,
                    "num_leaves",
                    180,
                    "feature_fraction",
                    0.404,
                    "bagging_fraction",
                    0.95,
                    "bagging_freq",
                    1,
                    "min_data_in_leaf",
                    12,
                    "lambda_l1",
                    0.766,
                    "lambda_l2",
                    1.604,
                    "extra_trees",
                    true));

    private static final Candidate HASTY = lightgbm("learning_rate", 0.2);

    /** The rows of data, and the number of trials beyond which AutoGluon saw no gain with that many. */
    private static final double[][] MOST_TRIALS = {{100, 4}, {500, 8}, {2_500, 15}, {10_000, 40}, {100_000, 100}};

    private Portfolio() {}

    /**
     * The candidates in order.
     *
     * @param available the learners that can run, with the names of their parameters. A candidate of another learner
     *     becomes one of {@code gradient_boosting}, which needs no native library, with settings as near as it has
     */
    public static List<Candidate> of(Map<String, Set<String>> available) {
        return usable(ORDER, available);
    }

    /** As {@link #of}, and before them one that learns in large steps, for little time. */
    public static List<Candidate> inHaste(Map<String, Set<String>> available) {
        List<Candidate> order = new ArrayList<>();
        order.add(HASTY);
        order.addAll(ORDER);
        return usable(order, available);
    }

    private static List<Candidate> usable(List<Candidate> order, Map<String, Set<String>> available) {
        Set<Candidate> candidates = new LinkedHashSet<>();
        for (Candidate candidate : order) {
            if (available.containsKey(candidate.learner())) {
                candidates.add(candidate);
            } else if (available.containsKey(BOOSTING)) {
                candidates.add(replaced(candidate, available.getOrDefault(BOOSTING, Set.of())));
            }
        }
        return List.copyOf(candidates);
    }

    /** All candidates, whether or not their learners can run. */
    public static List<Candidate> all() {
        return ORDER;
    }

    /**
     * The number of trials beyond which more are not expected to help, for that many training rows. Figures are
     * AutoGluon's, interpolated on logarithmic scales.
     */
    public static int mostTrials(int rows) {
        if (rows > MOST_TRIALS[MOST_TRIALS.length - 1][0]) {
            return Integer.MAX_VALUE;
        }
        if (rows <= MOST_TRIALS[0][0]) {
            return (int) MOST_TRIALS[0][1];
        }
        int above = 1;
        while (MOST_TRIALS[above][0] < rows) {
            above++;
        }
        double[] low = MOST_TRIALS[above - 1];
        double[] high = MOST_TRIALS[above];
        double share = Math.log(rows / low[0]) / Math.log(high[0] / low[0]);
        return (int) Math.round(low[1] * Math.pow(high[1] / low[1], share));
    }

    private static Candidate replaced(Candidate candidate, Set<String> known) {
        Map<String, Object> values = new TreeMap<>();
        candidate.parameters().values().forEach((name, value) -> {
            if (known.contains(name)) {
                values.put(name, value);
            } else if (name.equals("max_depth") && value instanceof Long depth) {
                values.put("num_leaves", Math.min(64L, 1L << depth));
            } else if (name.equals("colsample_bytree")) {
                values.put("feature_fraction", value);
            }
        });
        return new Candidate(BOOSTING, Parameters.of(values));
    }

    private static Candidate of(String learner) {
        return new Candidate(learner, Parameters.empty());
    }

    private static Candidate lightgbm(Object... settings) {
        return candidate(LIGHTGBM, settings);
    }

    private static Candidate xgboost(Object... settings) {
        return candidate(XGBOOST, settings);
    }

    private static Candidate boosting(Object... settings) {
        return candidate(BOOSTING, settings);
    }

    private static Candidate candidate(String learner, Object... settings) {
        List<Object> list = new ArrayList<>(Arrays.asList(settings));
        Parameters parameters = Parameters.empty();
        for (int i = 0; i < list.size(); i += 2) {
            parameters = parameters.with((String) list.get(i), list.get(i + 1));
        }
        return new Candidate(learner, parameters);
    }
}
