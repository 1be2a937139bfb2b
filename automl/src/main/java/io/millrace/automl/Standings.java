package io.millrace.automl;

import io.millrace.automl.search.GreedyEnsemble;
import io.millrace.automl.search.Race;
import io.millrace.automl.trial.Metric;
import io.millrace.automl.trial.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The scored trials so far, and the mean of the best of them. Used by the thread of the experiment alone. */
final class Standings {
    /** The leaders of the moment, which races and progress need: fewer models and steps than the final choice. */
    private static final int MOST_LEADERS = 12;

    private static final int LEADER_STEPS = 8;

    /** The leaders are chosen while fits wait for their successors. */
    private static final int ROWS_FOR_LEADERS = 30_000;

    /** What a row takes to be written with its predictions. */
    private static final double MILLIS_OF_ROW = 0.003;

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private static final int FEWEST_TO_RACE_AGAINST = 4;

    private final Metric metric;
    private final OutOfFold places;
    private final int folds;
    private final boolean bounded;
    private final List<TrialState> scored = new ArrayList<>();
    private double @Nullable [][] leaders;
    private double leadersScore = Double.NaN;
    private long nanosOfScore;

    /**
     * No trial yet.
     *
     * @param bounded whether time bounds the run, and so whether trials race against the leaders
     */
    Standings(Metric metric, OutOfFold places, int folds, boolean bounded) {
        this.metric = metric;
        this.places = places;
        this.folds = folds;
        this.bounded = bounded;
    }

    Metric metric() {
        return metric;
    }

    OutOfFold places() {
        return places;
    }

    boolean isEmpty() {
        return scored.isEmpty();
    }

    /** The best score so far, of a trial or of the mean of several; NaN before the first. */
    double leadersScore() {
        return leadersScore;
    }

    /** Takes a trial with its outcome, and says whether the best score has become better. */
    boolean add(TrialState trial) {
        if (!(trial.outcome().orElse(null) instanceof Outcome.Scored outcome) || !trial.isFitted()) {
            return false;
        }
        scored.add(trial);
        double before = leadersScore;
        if (bounded) {
            chooseLeaders();
        } else if (metric.isBetter(outcome.score(), leadersScore)) {
            leadersScore = outcome.score();
        }
        return metric.isBetter(leadersScore, before);
    }

    /** Why the rest of a trial is not worth its time, judged by the folds that are through. */
    Optional<String> hopeless(TrialState trial) {
        List<Integer> done = trial.fittedFolds();
        double @Nullable [][] toBeat = leaders;
        if (toBeat == null
                || scored.size() < FEWEST_TO_RACE_AGAINST
                || folds < 4
                || done.size() < 2
                || done.size() > (folds + 1) / 2) {
            return Optional.empty();
        }
        int[] rows = places.placesOf(done);
        double[] target = places.targetAt(rows);
        double[][] leading = OutOfFold.pick(toBeat, rows);
        double[][] mine = OutOfFold.pick(trial.predictions(), rows);
        if (Race.isWorthwhile(metric, target, leading, mine)) {
            return Optional.empty();
        }
        return Optional.of("given up after " + done.size() + " of " + folds + " folds: " + metric.text() + " "
                + rounded(metric.of(target, mine)) + " there, and nothing to add to the leaders' "
                + rounded(metric.of(target, leading)));
    }

    /** The time to set aside for the choice of the ensemble and for writing what came out. */
    long finishingMillis(long budgetMillis) {
        int rows = places.rows().length;
        double looked = Math.min(1.0, GreedyEnsemble.MOST_ROWS / (double) Math.max(1, rows));
        double choice = nanosOfScore * looked * GreedyEnsemble.STEPS * (scored.size() + 1.0) / PROCESSORS / 1e6;
        double files = Math.min(600, budgetMillis / 8.0) + rows * MILLIS_OF_ROW;
        return (long) Math.min(choice + files, budgetMillis / 4.0);
    }

    private void chooseLeaders() {
        List<TrialState> best = new ArrayList<>(scored);
        best.sort((a, b) -> metric.compare(score(a), score(b)));
        List<double[][]> predictions =
                best.stream().limit(MOST_LEADERS).map(TrialState::predictions).toList();
        GreedyEnsemble.Choice choice =
                GreedyEnsemble.choose(metric, places.target(), predictions, LEADER_STEPS, ROWS_FOR_LEADERS);
        double[][] mean = OutOfFold.mean(predictions, choice.weights());
        long start = System.nanoTime();
        leadersScore = metric.of(places.target(), mean);
        nanosOfScore = Math.max(nanosOfScore, System.nanoTime() - start);
        leaders = mean;
    }

    private static double score(TrialState trial) {
        return trial.outcome().orElse(null) instanceof Outcome.Scored outcome ? outcome.score() : Double.NaN;
    }

    private static String rounded(double score) {
        return new java.math.BigDecimal(score)
                .round(new java.math.MathContext(5))
                .toPlainString();
    }
}
