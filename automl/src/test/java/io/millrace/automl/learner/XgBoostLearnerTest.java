package io.millrace.automl.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XgBoostLearnerTest implements LearnerContract {
    @Override
    public Learner learner() {
        return new XgBoostLearner();
    }

    @Override
    public Parameters quick() {
        return Parameters.empty().with("rounds", 40).with("max_depth", 4).with("learning_rate", 0.2);
    }

    @ParameterizedTest
    @CsvSource({
        "BINARY, depthwise, 6",
        "MULTICLASS, depthwise, 5",
        "REGRESSION, depthwise, 7",
        "BINARY, lossguide, 0",
        "REGRESSION, lossguide, 12"
    })
    void marginsEqualThoseOfTheLibraryAsFloats(Objective objective, String policy, int depth) throws XGBoostError {
        assertThat(XgBoostLibrary.unavailable()).isEmpty();
        TrainingSet train = Generated.rows(Encoding.ORDINAL, objective, 4, 1500, 1);
        Scale scale = Scale.of(train);
        Map<String, Object> settings = new HashMap<>(XgBoostLearner.target(train));
        settings.putAll(Map.of("tree_method", "hist", "nthread", 1, "verbosity", 0, "subsample", 0.8));
        settings.putAll(Map.of("max_depth", depth, "grow_policy", policy, "max_leaves", depth == 0 ? 40 : 0));
        Matrix probes = probes(train.matrix());
        DMatrix rows = XgBoostLearner.matrix(train, scale);
        Booster booster = XGBoost.train(rows, settings, 0, Map.of(), null, null);
        double[] baseScores = XgBoostLearner.baseScores(booster, train);
        for (int round = 0; round < 40; round++) {
            booster.update(rows, round);
        }
        TreeEnsemble model = XgBoostLearner.ensemble(train, scale, baseScores, 40, booster.toByteArray("json"));
        DMatrix asked = XgBoostLearner.matrix(probes);
        float[][] theirs = booster.predict(asked, true);
        float[][] theirProbabilities = booster.predict(asked);
        asked.dispose();
        booster.dispose();
        rows.dispose();

        double[][] ours = model.margins(probes);
        double[][] ourPredictions = model.predict(probes);
        for (int row = 0; row < probes.rows(); row++) {
            for (int output = 0; output < baseScores.length; output++) {
                assertThat((float) ours[output][row])
                        .as("row %d output %d", row, output)
                        .isEqualTo(theirs[row][output]);
                if (objective != Objective.REGRESSION) {
                    double expected = theirProbabilities[row][output];
                    assertThat(ourPredictions[output][row]).isCloseTo(expected, within(1e-5 * expected));
                }
            }
        }
    }

    /** Training rows in which every feature is, somewhere, missing, zero, huge or negative. */
    private static Matrix probes(Matrix matrix) {
        double[] odd = {Double.NaN, 0, -0.0, 1e-46, 1e300, -1e300, -3, 2.5, 1, Double.POSITIVE_INFINITY};
        double[][] columns = new double[matrix.features().size()][];
        for (int feature = 0; feature < columns.length; feature++) {
            columns[feature] = matrix.column(feature).clone();
            for (int row = feature; row < matrix.rows(); row += 3) {
                columns[feature][row] = odd[row / 3 % odd.length];
            }
        }
        return Matrix.of(matrix.features(), columns, matrix.rows());
    }

    @Test
    void anImpossibleValueIsRefused() {
        TrainingSet train = Generated.rows(Encoding.ORDINAL, Objective.BINARY, 2, 100, 1);
        FitRequest request =
                new FitRequest(train, train, Parameters.empty().with("grow_policy", "sideways"), 7, StopSignal.never());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new XgBoostLearner().fit(request))
                .withMessage("Cannot set 'grow_policy' to 'sideways': it must be one of depthwise, lossguide");
    }
}
