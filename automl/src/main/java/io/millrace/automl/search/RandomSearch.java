package io.millrace.automl.search;

import io.millrace.automl.learner.Parameters;
import io.millrace.automl.trial.Candidate;
import io.millrace.automl.trial.Metric;
import io.millrace.automl.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Draws candidates at random from spaces around good settings, those of TabArena, mostly for the learner that has done
 * best. Never ends.
 */
final class RandomSearch implements Searcher {
    private static final List<String> SEARCHED = List.of("lightgbm", "xgboost", "gradient_boosting");
    private static final double SHARE_OF_BEST = 0.6;

    private final List<String> learners;
    private final Metric metric;

    RandomSearch(Set<String> available, Metric metric) {
        this.learners = SEARCHED.stream().filter(available::contains).toList();
        this.metric = metric;
    }

    @Override
    public Optional<Candidate> propose(int number, List<Trial> seen, long seed) {
        if (learners.isEmpty()) {
            return Optional.empty();
        }
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
        String learner = random.nextDouble() < SHARE_OF_BEST
                ? best(seen).orElse(learners.get(0))
                : learners.get(random.nextInt(learners.size()));
        return Optional.of(new Candidate(
                learner,
                switch (learner) {
                    case "lightgbm" -> lightgbm(random);
                    case "xgboost" -> xgboost(random);
                    default -> boosting(random);
                }));
    }

    private Optional<String> best(List<Trial> seen) {
        List<Trial> scored = new ArrayList<>();
        for (Trial trial : seen) {
            if (trial.scored().isPresent()
                    && learners.contains(trial.candidate().learner())) {
                scored.add(trial);
            }
        }
        scored.sort((a, b) -> metric.compare(score(a), score(b)));
        return scored.stream().findFirst().map(trial -> trial.candidate().learner());
    }

    private static double score(Trial trial) {
        return trial.scored().map(scored -> scored.score()).orElse(Double.NaN);
    }

    private static Parameters lightgbm(SplittableRandom random) {
        return Parameters.empty()
                .with("learning_rate", logarithmic(random, 0.01, 0.1))
                .with("num_leaves", whole(random, 4, 200))
                .with("feature_fraction", uniform(random, 0.4, 1))
                .with("bagging_fraction", uniform(random, 0.7, 1))
                .with("bagging_freq", 1)
                .with("min_data_in_leaf", whole(random, 1, 64))
                .with("extra_trees", random.nextBoolean())
                .with("lambda_l1", uniform(random, 0.0001, 1))
                .with("lambda_l2", uniform(random, 0.0001, 2))
                .with("cat_l2", logarithmic(random, 0.005, 2))
                .with("cat_smooth", logarithmic(random, 0.1, 100))
                .with("min_data_per_group", whole(random, 2, 100))
                .with("max_cat_to_onehot", whole(random, 8, 100));
    }

    private static Parameters xgboost(SplittableRandom random) {
        return Parameters.empty()
                .with("learning_rate", logarithmic(random, 0.01, 0.1))
                .with("max_depth", whole(random, 4, 10))
                .with("min_child_weight", logarithmic(random, 0.001, 5))
                .with("subsample", uniform(random, 0.6, 1))
                .with("colsample_bylevel", uniform(random, 0.6, 1))
                .with("colsample_bynode", uniform(random, 0.6, 1))
                .with("reg_alpha", uniform(random, 0.0001, 5))
                .with("reg_lambda", uniform(random, 0.0001, 5));
    }

    private static Parameters boosting(SplittableRandom random) {
        return Parameters.empty()
                .with("learning_rate", logarithmic(random, 0.02, 0.15))
                .with("num_leaves", whole(random, 4, 100))
                .with("feature_fraction", uniform(random, 0.4, 1))
                .with("bagging_fraction", uniform(random, 0.7, 1))
                .with("min_data_in_leaf", whole(random, 1, 64))
                .with("extra_trees", random.nextBoolean())
                .with("lambda_l2", uniform(random, 0.0001, 2));
    }

    private static double uniform(SplittableRandom random, double low, double high) {
        return rounded(low + random.nextDouble() * (high - low));
    }

    private static double logarithmic(SplittableRandom random, double low, double high) {
        return rounded(low * StrictMath.pow(high / low, random.nextDouble()));
    }

    private static long whole(SplittableRandom random, int low, int high) {
        return Math.round(low * StrictMath.pow((double) high / low, random.nextDouble()));
    }

    /** Four significant digits: a setting that people can read and type. */
    private static double rounded(double value) {
        return new java.math.BigDecimal(value)
                .round(new java.math.MathContext(4))
                .doubleValue();
    }
}
