package io.millrace.automl.learner;

import static com.microsoft.ml.lightgbm.lightgbmlib.C_API_DTYPE_FLOAT64;
import static com.microsoft.ml.lightgbm.lightgbmlib.C_API_PREDICT_RAW_SCORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_long_long;
import com.microsoft.ml.lightgbm.lightgbmlib;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LightGbmLearnerTest implements LearnerContract {
    @Override
    public Learner learner() {
        return new LightGbmLearner();
    }

    @Override
    public Parameters quick() {
        return Parameters.empty().with("rounds", 60).with("learning_rate", 0.1);
    }

    @ParameterizedTest
    @EnumSource
    void rawScoresEqualThoseOfTheLibrary(Objective objective) {
        assertRawScoresEqual(objective, "num_leaves=15 min_data_in_leaf=5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "use_missing=false",
                "zero_as_missing=true",
                "max_cat_to_onehot=1 min_data_per_group=5 cat_smooth=1",
                "extra_trees=true bagging_freq=1 bagging_fraction=0.7",
                "min_data_in_leaf=10000"
            })
    void rawScoresEqualThoseOfTheLibraryWith(String settings) {
        assertRawScoresEqual(Objective.BINARY, settings);
    }

    private static void assertRawScoresEqual(Objective objective, String settings) {
        assertThat(LightGbmLibrary.unavailable()).isEmpty();
        TrainingSet train = Generated.rows(Encoding.CODES, objective, 3, 1500, 1);
        for (int row = 0; row < 1500; row += 10) {
            train.matrix().column(0)[row] = 0;
        }
        Scale scale = Scale.of(train);
        String parameters = "verbosity=-1 num_threads=1 categorical_feature=4 " + settings
                + switch (objective) {
                    case BINARY -> " objective=binary";
                    case MULTICLASS -> " objective=multiclass num_class=3";
                    case REGRESSION -> " objective=regression";
                };
        Matrix probes = probes(train.matrix());
        int outputs = objective.outputs(3);
        double[] theirs;
        TreeEnsemble model;
        try (LightGbmDataset rows = LightGbmDataset.of(train, Targets.scaled(train, scale), parameters, null);
                LightGbmBooster booster = LightGbmBooster.of(rows, parameters)) {
            for (int round = 0; round < 25; round++) {
                if (!booster.update()) {
                    break;
                }
            }
            theirs = rawScores(booster, probes, outputs);
            model = LightGbmLearner.ensemble(train, scale, LightGbmModelText.trees(booster.text(-1)));
        }
        double[][] ours = model.margins(probes);
        for (int row = 0; row < probes.rows(); row++) {
            for (int output = 0; output < outputs; output++) {
                double expected = theirs[row * outputs + output];
                assertThat(ours[output][row])
                        .as("row %d output %d", row, output)
                        .isCloseTo(expected, within(Math.max(1e-12, 1e-9 * Math.abs(expected))));
            }
        }
    }

    /** Training rows in which every feature is, somewhere, missing, zero, huge, negative or unseen. */
    private static Matrix probes(Matrix matrix) {
        double[] odd = {Double.NaN, 0, -0.0, 1e-36, 1e300, -1e300, -3, 2.5, 31, 32, 1000, Double.POSITIVE_INFINITY};
        double[][] columns = new double[matrix.features().size()][];
        for (int feature = 0; feature < columns.length; feature++) {
            columns[feature] = matrix.column(feature).clone();
            for (int row = feature; row < matrix.rows(); row += 3) {
                columns[feature][row] = odd[row / 3 % odd.length];
            }
        }
        return Matrix.of(matrix.features(), columns, matrix.rows());
    }

    /** The library's own scores, row after row, into a buffer that holds every output. */
    private static double[] rawScores(LightGbmBooster booster, Matrix matrix, int outputs) {
        int features = matrix.features().size();
        int size = matrix.rows() * outputs;
        SWIGTYPE_p_double values = lightgbmlib.new_doubleArray((long) matrix.rows() * features);
        SWIGTYPE_p_double scores = lightgbmlib.new_doubleArray(size);
        SWIGTYPE_p_long_long length = lightgbmlib.new_int64_tp();
        try {
            for (int row = 0; row < matrix.rows(); row++) {
                for (int feature = 0; feature < features; feature++) {
                    lightgbmlib.doubleArray_setitem(
                            values, (long) row * features + feature, matrix.column(feature)[row]);
                }
            }
            LightGbmLibrary.check(lightgbmlib.LGBM_BoosterPredictForMat(
                    booster.handle(),
                    lightgbmlib.double_to_voidp_ptr(values),
                    C_API_DTYPE_FLOAT64,
                    matrix.rows(),
                    features,
                    1,
                    C_API_PREDICT_RAW_SCORE,
                    0,
                    -1,
                    "num_threads=1",
                    length,
                    scores));
            assertThat(lightgbmlib.int64_tp_value(length)).isEqualTo(size);
            double[] copied = new double[size];
            for (int i = 0; i < size; i++) {
                copied[i] = lightgbmlib.doubleArray_getitem(scores, i);
            }
            return copied;
        } finally {
            lightgbmlib.delete_doubleArray(values);
            lightgbmlib.delete_doubleArray(scores);
            lightgbmlib.delete_int64_tp(length);
        }
    }

    @Test
    void aMissingSystemLibraryIsNamedWithItsPackage() {
        String message =
                "/tmp/x/lib_lightgbm.so: libgomp.so.1: cannot open shared object file: No such file or directory";
        assertThat(LightGbmLibrary.reason("lightgbm", message))
                .isEqualTo("lightgbm needs the system library libgomp.so.1: install the package libgomp1"
                        + " (Debian, Ubuntu) or libgomp (Red Hat)");
        assertThat(LightGbmLibrary.reason("lightgbm", "wrong ELF class"))
                .isEqualTo("lightgbm cannot load its native library: wrong ELF class");
    }

    @Test
    void anImpossibleValueIsRefused() {
        TrainingSet train = Generated.rows(Encoding.CODES, Objective.BINARY, 2, 100, 1);
        FitRequest request =
                new FitRequest(train, train, Parameters.empty().with("num_leaves", 1), 7, StopSignal.never());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LightGbmLearner().fit(request))
                .withMessage("Cannot set 'num_leaves' to 1: it must be between 2 and 131072");
    }
}
