package io.millrace.automl.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.automl.learner.Objective;
import io.millrace.dataflow.error.DataflowException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MetricTest {
    private static final double[] LABELS = {0, 0, 1, 1};

    @Test
    void rocAucIsTheShareOfPairsInOrder() {
        assertThat(Metric.ROC_AUC.of(LABELS, new double[][] {{0.1, 0.4, 0.35, 0.8}}))
                .isEqualTo(0.75);
    }

    @Test
    void rocAucCountsTiesHalf() {
        assertThat(Metric.ROC_AUC.of(LABELS, new double[][] {{0.5, 0.5, 0.5, 0.5}}))
                .isEqualTo(0.5);
    }

    @Test
    void rocAucOfOneClassIsNotDefined() {
        assertThat(Metric.ROC_AUC.of(new double[] {1, 1}, new double[][] {{0.5, 0.7}}))
                .isNaN();
    }

    @Property(tries = 200, seed = "7")
    void rocAucEqualsTheCountOfPairs(
            @ForAll @Size(min = 2, max = 40) java.util.List<@IntRange(max = 9) Integer> seeds) {
        double[] target = new double[seeds.size()];
        double[] score = new double[seeds.size()];
        for (int i = 0; i < target.length; i++) {
            target[i] = i == 0 ? 1 : i == 1 ? 0 : (seeds.get(i) * 7 + i) % 2;
            score[i] = seeds.get(i) / 10.0;
        }
        double won = 0;
        double pairs = 0;
        for (int i = 0; i < target.length; i++) {
            for (int j = 0; j < target.length; j++) {
                if (target[i] == 1 && target[j] == 0) {
                    pairs++;
                    won += score[i] > score[j] ? 1 : score[i] == score[j] ? 0.5 : 0;
                }
            }
        }
        assertThat(Metric.ROC_AUC.of(target, new double[][] {score})).isEqualTo(won / pairs);
    }

    @Test
    void logLossIsTheSameForTwoClassesInEitherForm() {
        double[] second = {0.2, 0.3, 0.9, 0.6};
        double[] first = {0.8, 0.7, 0.1, 0.4};

        double ofOne = Metric.LOG_LOSS.of(LABELS, new double[][] {second});
        double ofBoth = Metric.LOG_LOSS.of(LABELS, new double[][] {first, second});

        assertThat(ofOne)
                .isCloseTo(-(Math.log(0.8) + Math.log(0.7) + Math.log(0.9) + Math.log(0.6)) / 4, within(1e-15));
        assertThat(ofBoth).isCloseTo(ofOne, within(1e-15));
    }

    @Test
    void logLossClipsWhatIsCertainAndWrong() {
        assertThat(Metric.LOG_LOSS.of(new double[] {1}, new double[][] {{0.0}}))
                .isCloseTo(34.538776394910684, within(1e-12));
    }

    @Test
    void accuracyTakesTheMostProbableLabel() {
        double[][] predictions = {{0.5, 0.2, 0.3}, {0.3, 0.5, 0.3}, {0.2, 0.3, 0.4}};

        assertThat(Metric.ACCURACY.of(new double[] {0, 1, 0}, predictions)).isEqualTo(2 / 3.0);
    }

    @Test
    void balancedAccuracyWeighsLabelsAlike() {
        assertThat(Metric.BALANCED_ACCURACY.of(new double[] {0, 0, 0, 1}, new double[][] {{0, 0, 0, 0}}))
                .isEqualTo(0.5);
    }

    @Test
    void f1IsOfThePositiveLabel() {
        assertThat(Metric.F1.of(LABELS, new double[][] {{0.9, 0.1, 0.9, 0.1}})).isEqualTo(0.5);
    }

    @Test
    void errorsOfNumbers() {
        double[] target = {1, 2, 3};
        double[][] predictions = {{1, 2, 6}};

        assertThat(Metric.RMSE.of(target, predictions)).isCloseTo(Math.sqrt(3), within(1e-15));
        assertThat(Metric.MAE.of(target, predictions)).isEqualTo(1);
        assertThat(Metric.R2.of(target, predictions)).isEqualTo(-3.5);
    }

    @Test
    void directionDecidesWhichScoreIsBetter() {
        assertThat(Metric.ROC_AUC.isBetter(0.9, 0.8)).isTrue();
        assertThat(Metric.RMSE.isBetter(0.9, 0.8)).isFalse();
        assertThat(Metric.RMSE.isBetter(0.9, Double.NaN)).isTrue();
        assertThat(Metric.RMSE.isBetter(Double.NaN, 0.9)).isFalse();
        assertThat(Metric.RMSE.gain(0.8, 0.9)).isCloseTo(0.1, within(1e-15));
    }

    @Test
    void anUnknownNameIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> Metric.named("roc_acu"))
                .isInstanceOf(DataflowException.class)
                .hasMessage("""
                        INVALID_ARGUMENT: Cannot use 'roc_acu' as a metric
                          Did you mean 'roc_auc'?
                          Metrics: roc_auc, log_loss, accuracy, balanced_accuracy, f1, rmse, mae, r2""");
    }

    @Test
    void aMetricOfAnotherTaskIsRefused() {
        assertThatThrownBy(() -> Metric.RMSE.checkAppliesTo(Objective.MULTICLASS))
                .isInstanceOf(DataflowException.class)
                .hasMessage("INVALID_ARGUMENT: Cannot optimize 'rmse' for a multiclass task\n"
                        + "  Metrics here: log_loss, accuracy, balanced_accuracy, f1");
    }
}
