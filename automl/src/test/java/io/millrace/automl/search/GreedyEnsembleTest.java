package io.millrace.automl.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.automl.trial.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GreedyEnsembleTest {
    @Test
    void modelsThatErrDifferentlyAreMixed() {
        double[] target = {1, 2, 3, 4};
        double[][] high = {{2, 3, 4, 5}};
        double[][] low = {{0, 1, 2, 3}};

        GreedyEnsemble.Choice choice = GreedyEnsemble.choose(Metric.RMSE, target, List.of(high, low));

        assertThat(choice.weights()).containsExactly(0.5, 0.5);
        assertThat(choice.score()).isEqualTo(0);
    }

    @Test
    void aModelThatOnlyHarmsHasNoWeight() {
        double[] target = {0, 0, 1, 1};
        double[][] good = {{0.1, 0.2, 0.8, 0.9}};
        double[][] bad = {{0.9, 0.8, 0.2, 0.1}};

        assertThat(GreedyEnsemble.choose(Metric.LOG_LOSS, target, List.of(bad, good))
                        .weights())
                .containsExactly(0.0, 1.0);
    }

    @Test
    void theFirstOfEqualModelsIsPreferred() {
        double[] target = {0, 0, 1, 1};
        double[][] model = {{0.1, 0.2, 0.8, 0.9}};

        assertThat(GreedyEnsemble.choose(Metric.ROC_AUC, target, List.of(model, model, model))
                        .weights())
                .containsExactly(1.0, 0.0, 0.0);
    }

    @Test
    void neverWorseThanTheBestModel() {
        SplittableRandom random = new SplittableRandom(3);
        for (Metric metric : List.of(Metric.ROC_AUC, Metric.LOG_LOSS, Metric.ACCURACY)) {
            double[] target = new double[200];
            for (int row = 0; row < target.length; row++) {
                target[row] = random.nextInt(2);
            }
            List<double[][]> models = new ArrayList<>();
            double best = Double.NaN;
            for (int model = 0; model < 6; model++) {
                double[] probability = new double[target.length];
                for (int row = 0; row < target.length; row++) {
                    probability[row] = 0.3 * target[row] + 0.7 * random.nextDouble();
                }
                double[][] predictions = {probability};
                models.add(predictions);
                double score = metric.of(target, predictions);
                best = metric.isBetter(score, best) ? score : best;
            }

            GreedyEnsemble.Choice choice = GreedyEnsemble.choose(metric, target, models);

            assertThat(metric.isBetter(best, choice.score())).isFalse();
            assertThat(choice.weights().stream()
                            .mapToDouble(Double::doubleValue)
                            .sum())
                    .isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void logLossOfManyClassesIsThatOfTheMean() {
        double[] target = {0, 1, 2};
        double[][] first = {{0.6, 0.2, 0.2}, {0.2, 0.6, 0.2}, {0.2, 0.2, 0.6}};
        double[][] second = {{0.5, 0.4, 0.1}, {0.4, 0.5, 0.1}, {0.1, 0.1, 0.8}};

        GreedyEnsemble.Choice choice = GreedyEnsemble.choose(Metric.LOG_LOSS, target, List.of(first, second));

        double[][] mean = new double[3][3];
        for (int label = 0; label < 3; label++) {
            for (int row = 0; row < 3; row++) {
                mean[label][row] = choice.weights().get(0) * first[label][row]
                        + choice.weights().get(1) * second[label][row];
            }
        }
        assertThat(choice.score()).isCloseTo(Metric.LOG_LOSS.of(target, mean), within(1e-12));
    }

    @Test
    void noModelCannotBeChosenFrom() {
        assertThatThrownBy(() -> GreedyEnsemble.choose(Metric.RMSE, new double[1], List.of()))
                .hasMessage("Cannot choose among no models");
    }

    @Test
    void aRaceIsLostByAModelThatAddsNothing() {
        double[] target = {0, 0, 1, 1};
        double[][] leader = {{0.1, 0.2, 0.8, 0.9}};

        assertThat(Race.isWorthwhile(Metric.LOG_LOSS, target, leader, new double[][] {{0.9, 0.8, 0.2, 0.1}}))
                .isFalse();
        assertThat(Race.isWorthwhile(Metric.LOG_LOSS, target, leader, new double[][] {{0.01, 0.1, 0.9, 0.99}}))
                .isTrue();
    }
}
