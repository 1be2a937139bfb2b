package io.millrace.automl;

import io.millrace.automl.fit.FoldResult;
import io.millrace.automl.trial.Candidate;
import io.millrace.automl.trial.Metric;
import io.millrace.automl.trial.Outcome;
import io.millrace.automl.trial.Trial;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A trial while its fits run. Used by the thread of the experiment alone. */
final class TrialState {
    private final int number;
    private final Candidate candidate;
    private final int folds;
    private final OutOfFold places;
    private final BitSet fitted = new BitSet();
    private final Map<Integer, Outcome> troubles = new TreeMap<>();
    private final double[][] predictions;
    private long millis;
    private @Nullable Outcome outcome;

    TrialState(int number, Candidate candidate, int folds, OutOfFold places) {
        this.number = number;
        this.candidate = candidate;
        this.folds = folds;
        this.places = places;
        this.predictions = places.unknown();
    }

    int number() {
        return number;
    }

    Candidate candidate() {
        return candidate;
    }

    /** Takes the result of a fit. */
    void ended(int fold, FoldResult result, long fitMillis) {
        millis += fitMillis;
        if (result instanceof FoldResult.Fitted model) {
            try {
                places.put(predictions, fold, model.predictions());
                fitted.set(fold);
            } catch (IllegalArgumentException wrong) {
                failed(fold, "the result is not of this fold: " + wrong.getMessage(), "");
            }
        } else if (result instanceof FoldResult.NotApplicable not) {
            troubles.put(fold, new Outcome.Skipped(not.reason()));
        } else if (result instanceof FoldResult.Failed failure) {
            troubles.put(fold, new Outcome.Failed(failure.reason(), failure.detail()));
        }
    }

    /** Takes note that a fit gave no result. */
    void failed(int fold, String reason, String detail) {
        troubles.put(fold, new Outcome.Failed("fold " + (fold + 1) + ": " + reason, detail));
    }

    boolean hasTrouble() {
        return !troubles.isEmpty();
    }

    /** Whether every fold has a result, good or bad. */
    boolean isThrough() {
        return ended() == folds;
    }

    /** The number of folds with a result. */
    int ended() {
        return fitted.cardinality() + troubles.size();
    }

    boolean hasEnded(int fold) {
        return fitted.get(fold) || troubles.containsKey(fold);
    }

    /** The folds that have a model, ascending. */
    List<Integer> fittedFolds() {
        return fitted.stream().boxed().toList();
    }

    boolean isFitted() {
        return fitted.cardinality() == folds;
    }

    /** The predictions of the judged rows, NaN where the fold has no model. Not to be changed. */
    double[][] predictions() {
        return predictions;
    }

    long millis() {
        return millis;
    }

    /** Decides the outcome by the results. The same whatever the order in which they came. */
    Outcome decide(Metric metric) {
        Outcome decided = null;
        for (Outcome trouble : troubles.values()) {
            if (decided == null || (trouble instanceof Outcome.Failed && decided instanceof Outcome.Skipped)) {
                decided = trouble;
            }
        }
        return decide(decided == null ? score(metric) : decided);
    }

    /** Decides the outcome. */
    Outcome decide(Outcome decided) {
        outcome = decided;
        return decided;
    }

    Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** The trial, if it has an outcome. */
    Optional<Trial> trial() {
        return outcome == null ? Optional.empty() : Optional.of(new Trial(number, candidate, outcome));
    }

    /** The score of the rows of the folds that have a model. */
    private Outcome score(Metric metric) {
        double score =
                isFitted() ? metric.of(places.target(), predictions) : scoreAt(metric, places.placesOf(fittedFolds()));
        List<Double> scores = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            scores.add(fitted.get(fold) ? scoreAt(metric, places.placesOf(fold)) : Double.NaN);
        }
        return Double.isNaN(score)
                ? new Outcome.Failed(metric.text() + " is not defined for the rows that judge the model", "")
                : new Outcome.Scored(score, scores);
    }

    private double scoreAt(Metric metric, int[] at) {
        return metric.of(places.targetAt(at), OutOfFold.pick(predictions, at));
    }
}
