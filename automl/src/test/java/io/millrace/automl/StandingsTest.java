package io.millrace.automl;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.automl.feature.Frame;
import io.millrace.automl.fit.FitOrder;
import io.millrace.automl.fit.FoldFit;
import io.millrace.automl.fit.FoldResult;
import io.millrace.automl.fit.TrainingData;
import io.millrace.automl.learner.Objective;
import io.millrace.automl.learner.Parameters;
import io.millrace.automl.learner.StopSignal;
import io.millrace.automl.trial.Candidate;
import io.millrace.automl.trial.Metric;
import io.millrace.automl.trial.Outcome;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StandingsTest {
    private static final int FOLDS = 4;
    private static final int ROWS = 80;
    private static final Candidate LINEAR = new Candidate("linear", Parameters.empty());

    private final TrainingData data = data();
    private final OutOfFold places = new OutOfFold(data);
    private final Standings standings = new Standings(Metric.ROC_AUC, places, FOLDS, true);

    /** The sign of the number decides the label, but for every tenth row. */
    private static TrainingData data() {
        double[] x = new double[ROWS];
        double[] target = new double[ROWS];
        int[] folds = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            x[row] = (row * 37 % ROWS) - ROWS / 2.0;
            target[row] = (x[row] > 0) ^ (row % 10 == 0) ? 1 : 0;
            folds[row] = row % FOLDS;
        }
        Frame frame = Frame.of(ROWS, List.of(new Frame.Numbers("x", x)));
        return new TrainingData(frame, target, Objective.BINARY, 2, folds, FOLDS, 0, 1L << 30);
    }

    private TrialState trial(int number, int folds, boolean reversed) {
        TrialState trial = new TrialState(number, LINEAR, FOLDS, places);
        for (int fold = 0; fold < folds; fold++) {
            FitOrder order = new FitOrder(number, LINEAR, fold, 1, OptionalLong.empty());
            FoldResult.Fitted fitted = (FoldResult.Fitted) FoldFit.run(data, order, StopSignal.never());
            if (reversed) {
                double[] predictions = fitted.predictions()[0];
                for (int row = 0; row < predictions.length; row++) {
                    predictions[row] = 1 - predictions[row];
                }
            }
            trial.ended(fold, fitted, 10);
        }
        return trial;
    }

    private void lead() {
        for (int number = 1; number <= 4; number++) {
            TrialState trial = trial(number, FOLDS, false);
            trial.decide(Metric.ROC_AUC);
            standings.add(trial);
        }
    }

    @Test
    void theFirstTrialLeads() {
        TrialState trial = trial(1, FOLDS, false);
        Outcome outcome = trial.decide(Metric.ROC_AUC);

        assertThat(standings.add(trial)).isTrue();
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Scored.class, scored -> {
            assertThat(scored.score()).isEqualTo(standings.leadersScore()).isGreaterThan(0.7);
            assertThat(scored.folds()).hasSize(FOLDS);
        });
        assertThat(standings.add(trial)).as("nothing better").isFalse();
    }

    @Test
    void aTrialThatAddsNothingIsGivenUpAfterHalfOfItsFolds() {
        lead();

        assertThat(standings.hopeless(trial(5, 2, true)).orElseThrow())
                .startsWith("given up after 2 of 4 folds: roc_auc 0.")
                .contains(" there, and nothing to add to the leaders' 0.");
    }

    @Test
    void aTrialIsNotJudgedByOneFold() {
        lead();

        assertThat(standings.hopeless(trial(5, 1, true))).isEmpty();
    }

    @Test
    void aTrialIsNotGivenUpWhenItIsNearlyThrough() {
        lead();

        assertThat(standings.hopeless(trial(5, 3, true))).isEmpty();
    }

    @Test
    void theFirstTrialsAreNotGivenUp() {
        assertThat(standings.hopeless(trial(1, 2, true))).isEmpty();
    }

    @Test
    void theOutcomeIsThatOfTheFirstFoldInTrouble() {
        TrialState trial = new TrialState(1, LINEAR, FOLDS, places);
        trial.ended(2, new FoldResult.NotApplicable("too many rows"), 1);
        trial.ended(3, new FoldResult.Failed("fold 4: no memory", ""), 1);
        trial.failed(1, "the machine is gone", "");

        assertThat(trial.decide(Metric.ROC_AUC)).isEqualTo(new Outcome.Failed("fold 2: the machine is gone", ""));
    }
}
