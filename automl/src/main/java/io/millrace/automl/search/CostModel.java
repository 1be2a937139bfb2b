package io.millrace.automl.search;

import io.millrace.automl.learner.Parameters;
import io.millrace.automl.trial.Candidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long a fit of a candidate will take, judged by the fits that were made: what is known of the settings alone,
 * times what the fits of the same learner took over that. Not thread-safe.
 */
public final class CostModel {
    private static final Map<String, Double> OF_LEARNER = Map.of(
            "lightgbm", 1.0,
            "xgboost", 2.5,
            "gradient_boosting", 2.0,
            "linear", 1.5,
            "extra_trees", 0.5,
            "random_forest", 0.5);
    /** Thresholds drawn at random need more rounds. */
    private static final double OF_RANDOM_THRESHOLDS = 2.5;

    private final Map<String, List<Double>> ratios = new HashMap<>();

    /** Notes the seconds that a fit took. */
    public void observe(Candidate candidate, double seconds) {
        ratios.computeIfAbsent(candidate.learner(), name -> new ArrayList<>()).add(seconds / relative(candidate));
    }

    /** Whether any fit was observed, so that {@link #seconds} is more than a guess. */
    public boolean isInformed() {
        return !ratios.isEmpty();
    }

    /** The seconds that a fit of the candidate is expected to take; 0 while no fit was observed. */
    public double seconds(Candidate candidate) {
        List<Double> own = ratios.get(candidate.learner());
        if (own != null) {
            return upper(own) * relative(candidate);
        }
        List<Double> all = new ArrayList<>();
        ratios.values().forEach(all::addAll);
        return all.isEmpty() ? 0 : upper(all) * relative(candidate);
    }

    /** The cost of a fit in units of LightGBM's with its usual settings, as far as the settings tell. */
    static double relative(Candidate candidate) {
        Parameters parameters = candidate.parameters();
        double learner = OF_LEARNER.getOrDefault(candidate.learner(), 2.0);
        double rate = parameters.number("learning_rate", 0.05);
        double rounds = Math.pow(0.05 / rate, 0.9);
        double leaves = parameters.number("num_leaves", Math.pow(2, parameters.number("max_depth", 5)));
        double columns = parameters.number("feature_fraction", parameters.number("colsample_bytree", 1));
        double sweep = (0.3 + 0.7 * columns) * (0.4 + 0.6 * Math.sqrt(Math.max(2, leaves) / 31));
        double draws = parameters.flag("extra_trees", false) ? OF_RANDOM_THRESHOLDS : 1;
        return parameters.values().isEmpty() ? learner : learner * rounds * sweep * draws;
    }

    /** The third quartile of the last dozen: a start too many costs more than one too few. */
    private static double upper(List<Double> values) {
        List<Double> last = new ArrayList<>(values.subList(Math.max(0, values.size() - 12), values.size()));
        last.sort(Double::compare);
        return last.get((last.size() * 3) / 4);
    }
}
