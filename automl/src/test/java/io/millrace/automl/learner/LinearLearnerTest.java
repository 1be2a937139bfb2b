package io.millrace.automl.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LinearLearnerTest implements LearnerContract {
    @Override
    public Learner learner() {
        return new LinearLearner();
    }

    @Override
    public Parameters quick() {
        return Parameters.empty();
    }

    @Test
    void findsTheLineThroughPointsOnIt() {
        double[] first = {1, 2, 3, 4, 5, Double.NaN};
        double[] second = {0, 0, 0, 0, 1, 0};
        double[] target = new double[6];
        for (int row = 0; row < 6; row++) {
            target[row] = 100 + 7 * (Double.isNaN(first[row]) ? 3 : first[row]) - 4 * second[row];
        }
        Matrix matrix = Matrix.of(
                List.of(Matrix.Feature.numeric("first"), Matrix.Feature.numeric("second")),
                new double[][] {first, second},
                6);
        TrainingSet train = new TrainingSet(matrix, target, null, Objective.REGRESSION, 0);
        Parameters weak = Parameters.empty().with("l2", 1e-9);
        Model model = learner().fit(new FitRequest(train, train, weak, 1, StopSignal.never()));
        double[] predicted = model.predict(matrix)[0];
        for (int row = 0; row < 6; row++) {
            assertThat(predicted[row]).isCloseTo(target[row], within(0.05));
        }
    }
}
