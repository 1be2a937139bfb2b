package io.millrace.automl.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.automl.learner.Parameters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LeaderboardTest {
    private static final Leaderboard.Summary SUMMARY = new Leaderboard.Summary(
            Task.binary("churned"), List.of("no", "yes"), Metric.ROC_AUC, Validation.folds(2), 7, 1_000, 3, 4);

    private static final List<Trial> TRIALS = List.of(
            new Trial(
                    2,
                    new Candidate("lightgbm", Parameters.of(Map.of("learning_rate", 0.05, "num_leaves", 31))),
                    new Outcome.Scored(0.912345678, List.of(0.91, 0.92))),
            new Trial(1, new Candidate("linear", Parameters.empty()), new Outcome.Scored(0.88, List.of(0.87, 0.89))),
            new Trial(3, new Candidate("xgboost", Parameters.empty()), new Outcome.Skipped("libgomp.so.1 is missing")),
            new Trial(
                    4,
                    new Candidate("gradient_boosting", Parameters.empty()),
                    new Outcome.Failed("fold 1: out of memory", "trace")));

    private static final Leaderboard.Ensemble ENSEMBLE =
            new Leaderboard.Ensemble(0.9125, List.of(0.911, 0.921), new TreeMap<>(Map.of(1, 0.25, 2, 0.75)));

    private static final Leaderboard BOARD = new Leaderboard(
            SUMMARY,
            TRIALS,
            Optional.of(ENSEMBLE),
            new Leaderboard.Times(
                    Map.of(1, Duration.ofMillis(1_250), 2, Duration.ofSeconds(75)), Duration.ofMillis(30_040)));

    @Test
    void readsAsATable() {
        assertThat(BOARD.toString()).isEqualTo("""
                        Leaderboard: roc_auc, higher is better, 2 folds, 4 trials in 30.0s, seed 7
                        rank  trial  learner    roc_auc   ± folds  weight     fit  parameters
                           1         ensemble    0.9125  0.007071
                           2      2  lightgbm  0.912346  0.007071    0.75  1m 15s  learning_rate=0.05 num_leaves=31
                           3      1  linear        0.88  0.014142    0.25    1.3s
                        skipped 1 trial 3, xgboost: libgomp.so.1 is missing
                        failed 1  trial 4, gradient_boosting: fold 1: out of memory
                        3 of 1,003 rows were left out: their target 'churned' is not known""");
    }

    @Test
    void withoutTimesSaysNothingOfThem() {
        assertThat(BOARD.withoutTimes().toString()).contains("4 trials, seed 7").doesNotContain("1m 15s");
        assertThat(BOARD.withoutTimes().toJson()).doesNotContain("fit_seconds");
    }

    @Test
    void isAJsonDocument() {
        assertThat(BOARD.toJson().replaceAll("\\s+", " "))
                .isEqualTo("{ \"format\" : 1, \"task\" : \"binary\", \"target\" : \"churned\","
                        + " \"labels\" : [ \"no\", \"yes\" ], \"metric\" : \"roc_auc\", \"better\" : \"higher\","
                        + " \"validation\" : \"2 folds\", \"seed\" : 7, \"rows\" : 1000, \"rows_without_target\" : 3,"
                        + " \"columns\" : 4, \"trials\" : 4, \"total_seconds\" : 30.04, \"ranked\" : [ {"
                        + " \"rank\" : 1, \"learner\" : \"ensemble\", \"score\" : 0.9125, \"folds\" : [ 0.911, 0.921 ],"
                        + " \"weights\" : { \"1\" : 0.25, \"2\" : 0.75 } }, {"
                        + " \"rank\" : 2, \"learner\" : \"lightgbm\", \"score\" : 0.912345678,"
                        + " \"folds\" : [ 0.91, 0.92 ], \"spread\" : 0.007071067811865481, \"weight\" : 0.75,"
                        + " \"trial\" : 2, \"parameters\" : { \"learning_rate\" : 0.05, \"num_leaves\" : 31 },"
                        + " \"fit_seconds\" : 75.0 }, {"
                        + " \"rank\" : 3, \"learner\" : \"linear\", \"score\" : 0.88, \"folds\" : [ 0.87, 0.89 ],"
                        + " \"spread\" : 0.014142135623730963, \"weight\" : 0.25, \"trial\" : 1, \"parameters\" : { },"
                        + " \"fit_seconds\" : 1.25 } ], \"skipped\" : [ {"
                        + " \"trial\" : 3, \"learner\" : \"xgboost\", \"parameters\" : { },"
                        + " \"reason\" : \"libgomp.so.1 is missing\" } ], \"failed\" : [ {"
                        + " \"trial\" : 4, \"learner\" : \"gradient_boosting\", \"parameters\" : { },"
                        + " \"reason\" : \"fold 1: out of memory\", \"detail\" : \"trace\" } ] }");
    }

    @Test
    void lowerScoresLeadWhereLowerIsBetter() {
        Leaderboard.Summary summary = new Leaderboard.Summary(
                Task.regression("y"), List.of(), Metric.RMSE, Validation.holdout(0.2), 0, 10, 0, 1);
        Leaderboard board = new Leaderboard(
                summary,
                List.of(
                        new Trial(1, new Candidate("a", Parameters.empty()), new Outcome.Scored(3, List.of(3.0))),
                        new Trial(2, new Candidate("b", Parameters.empty()), new Outcome.Scored(2, List.of(2.0)))),
                Optional.empty(),
                Leaderboard.Times.unknown());

        assertThat(board.ranked()).extracting(Leaderboard.Row::name).containsExactly("b", "a");
        assertThat(board.toString())
                .startsWith("Leaderboard: rmse, lower is better, holdout of 0.2, 2 trials, seed 0\n");
    }
}
