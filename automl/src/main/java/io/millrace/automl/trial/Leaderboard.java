package io.millrace.automl.trial;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All trials of an experiment and the ensemble made of them, the best first. Every score is of the same rows, each
 * predicted by models that had not seen it.
 *
 * @param trials every trial, by number
 * @param ensemble the weighted mean that the experiment ends with; empty if no trial scored
 * @param times how long things took; says nothing about what came out
 */
public record Leaderboard(Summary summary, List<Trial> trials, Optional<Ensemble> ensemble, Times times) {
    /** Copies the list and orders it by number. */
    public Leaderboard {
        requireNonNull(summary, "summary");
        requireNonNull(ensemble, "ensemble");
        requireNonNull(times, "times");
        List<Trial> ordered = new ArrayList<>(trials);
        ordered.sort(Comparator.comparingInt(Trial::number));
        trials = List.copyOf(ordered);
    }

    /**
     * What the experiment was about.
     *
     * @param task the task, inferred or given
     * @param labels the labels by number of class; empty for regression
     * @param metric what was optimised
     * @param validation how scores were made
     * @param seed what decided all that is random
     * @param rows the training rows whose target is known
     * @param rowsWithoutTarget the rows that were left out because it is not
     * @param columns the columns that could be learnt from
     */
    public record Summary(
            Task task,
            List<String> labels,
            Metric metric,
            Validation validation,
            long seed,
            int rows,
            long rowsWithoutTarget,
            int columns) {
        /** Copies the list. */
        public Summary {
            labels = List.copyOf(labels);
        }
    }

    /**
     * A weighted mean of trials.
     *
     * @param score the metric over the same rows as that of every trial
     * @param folds the metric of each fold
     * @param weights the share of each trial that takes part, by its number; they sum to 1
     */
    public record Ensemble(double score, List<Double> folds, SortedMap<Integer, Double> weights) {
        /** Copies the collections. */
        public Ensemble {
            folds = List.copyOf(folds);
            weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
        }
    }

    /**
     * How long things took.
     *
     * @param fits the sum over the fits of a trial, by its number
     * @param total from the start of the clock to the end of the last fit
     */
    public record Times(Map<Integer, Duration> fits, Duration total) {
        /** Copies the map. */
        public Times {
            fits = Map.copyOf(fits);
        }

        /** Nothing known. */
        public static Times unknown() {
            return new Times(Map.of(), Duration.ZERO);
        }
    }

    /**
     * A line of the board: a scored trial or the ensemble.
     *
     * @param rank from 1
     * @param name the learner, or {@code ensemble}
     * @param trial the trial's number; empty for the ensemble
     * @param spread the standard deviation of the scores of the folds; NaN for fewer than two
     * @param weight the share in the ensemble; 1 for the ensemble itself
     */
    public record Row(int rank, String name, OptionalInt trial, double score, double spread, double weight) {}

    /** The scored trials and the ensemble, the best first; of equals the ensemble, then the earlier trial. */
    public List<Row> ranked() {
        List<Row> rows = new ArrayList<>();
        ensemble.ifPresent(
                made -> rows.add(new Row(0, "ensemble", OptionalInt.empty(), made.score(), spread(made.folds()), 1)));
        for (Trial trial : trials) {
            trial.scored()
                    .ifPresent(scored -> rows.add(new Row(
                            0,
                            trial.candidate().learner(),
                            OptionalInt.of(trial.number()),
                            scored.score(),
                            spread(scored.folds()),
                            weight(trial.number()))));
        }
        rows.sort((a, b) -> summary.metric().compare(a.score(), b.score()));
        List<Row> numbered = new ArrayList<>();
        for (Row row : rows) {
            numbered.add(
                    new Row(numbered.size() + 1, row.name(), row.trial(), row.score(), row.spread(), row.weight()));
        }
        return numbered;
    }

    /** The trials that did not apply or were given up. */
    public List<Trial> skipped() {
        return trials.stream()
                .filter(trial -> trial.outcome() instanceof Outcome.Skipped)
                .toList();
    }

    /** The trials of which a fit went wrong. */
    public List<Trial> failed() {
        return trials.stream()
                .filter(trial -> trial.outcome() instanceof Outcome.Failed)
                .toList();
    }

    /** The trial of that number. */
    public Optional<Trial> trial(int number) {
        return trials.stream().filter(trial -> trial.number() == number).findFirst();
    }

    /** The same board without times: equal for equal runs. */
    public Leaderboard withoutTimes() {
        return new Leaderboard(summary, trials, ensemble, Times.unknown());
    }

    /** One JSON document, the same for the same board. Times are in fields whose names end in {@code seconds}. */
    public String toJson() {
        return LeaderboardJson.write(this);
    }

    /** A table for people. */
    @Override
    public String toString() {
        return LeaderboardText.write(this);
    }

    private double weight(int trial) {
        return ensemble.map(made -> made.weights().getOrDefault(trial, 0.0)).orElse(0.0);
    }

    private static double spread(List<Double> folds) {
        double[] known = folds.stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .toArray();
        if (known.length < 2) {
            return Double.NaN;
        }
        double mean = 0;
        for (double score : known) {
            mean += score / known.length;
        }
        double squares = 0;
        for (double score : known) {
            squares += (score - mean) * (score - mean);
        }
        return Math.sqrt(squares / (known.length - 1));
    }
}
