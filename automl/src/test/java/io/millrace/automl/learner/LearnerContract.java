package io.millrace.automl.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.codec.CodecException;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every learner keeps. */
interface LearnerContract {
    /** The learner under test. */
    Learner learner();

    /** Parameters with which a fit of a thousand rows takes a fraction of a second. */
    Parameters quick();

    private Model fit(TrainingSet train, TrainingSet validation, long seed) {
        return learner().fit(new FitRequest(train, validation, quick(), seed, StopSignal.never()));
    }

    private TrainingSet rows(Objective objective, int classes, int rows, long seed) {
        return Generated.rows(learner().encoding(), objective, classes, rows, seed);
    }

    private static byte[] bytes(Model model) {
        BinaryWriter out = new BinaryWriter();
        model.write(out);
        return out.toByteArray();
    }

    @Test
    default void isAvailableHere() {
        assertThat(learner().unavailable()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    default void sameSeedGivesTheSameBytes(Objective objective) {
        TrainingSet train = rows(objective, 3, 600, 1);
        TrainingSet validation = rows(objective, 3, 200, 2);
        assertThat(bytes(fit(train, validation, 7))).isEqualTo(bytes(fit(train, validation, 7)));
    }

    @ParameterizedTest
    @EnumSource
    default void beatsATrivialPredictor(Objective objective) {
        TrainingSet train = rows(objective, 3, 1200, 1);
        TrainingSet validation = rows(objective, 3, 300, 2);
        TrainingSet test = rows(objective, 3, 1000, 3);
        double loss = Losses.of(test, fit(train, validation, 7).predict(test.matrix()));
        assertThat(loss).isLessThan(0.7 * Losses.ofTrivial(train, test));
    }

    @ParameterizedTest
    @EnumSource
    default void learnsWithoutRowsToValidateOn(Objective objective) {
        TrainingSet train = rows(objective, 3, 1200, 1);
        TrainingSet test = rows(objective, 3, 1000, 3);
        Model model = fit(train, Generated.slice(train, 0, 0), 7);
        assertThat(Losses.of(test, model.predict(test.matrix()))).isLessThan(0.8 * Losses.ofTrivial(train, test));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    default void probabilitiesOfTheClassesAddUpToOne(int classes) {
        TrainingSet train = rows(Objective.MULTICLASS, classes, 800, 1);
        Model model = fit(train, rows(Objective.MULTICLASS, classes, 200, 2), 7);
        double[][] predicted =
                model.predict(rows(Objective.MULTICLASS, classes, 100, 3).matrix());
        assertThat(predicted).hasNumberOfRows(classes);
        assertThat(model.outputs()).isEqualTo(classes);
        for (int row = 0; row < 100; row++) {
            double sum = 0;
            for (double[] output : predicted) {
                assertThat(output[row]).isBetween(0.0, 1.0);
                sum += output[row];
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource
    default void survivesBeingWrittenAndRead(Objective objective) {
        TrainingSet train = rows(objective, 3, 600, 1);
        Model model = fit(train, rows(objective, 3, 200, 2), 7);
        byte[] written = bytes(model);
        BinaryReader in = BinaryReader.of(written);
        Model read = Model.read(in);
        in.expectEnd();
        assertThat(bytes(read)).isEqualTo(written);
        assertThat(read.features()).isEqualTo(train.matrix().features().size());
        assertThat(read.predict(train.matrix())).isDeepEqualTo(model.predict(train.matrix()));
    }

    @Test
    default void damagedBytesAreAnErrorAndNeverAnEndlessLoop() {
        byte[] written = bytes(fit(rows(Objective.BINARY, 2, 300, 1), rows(Objective.BINARY, 2, 100, 2), 7));
        for (int length = 0; length < written.length; length += 1 + written.length / 200) {
            byte[] truncated = Arrays.copyOf(written, length);
            assertThatExceptionOfType(CodecException.class).isThrownBy(() -> Model.read(BinaryReader.of(truncated)));
        }
    }

    @ParameterizedTest
    @EnumSource
    default void aRowIsScoredTheSameAloneAndAmongOthers(Objective objective) {
        TrainingSet train = rows(objective, 3, 600, 1);
        Model model = fit(train, rows(objective, 3, 200, 2), 7);
        double[][] together = model.predict(train.matrix());
        for (int row = 0; row < 40; row++) {
            double[][] alone = model.predict(train.matrix().rows(new int[] {row}));
            for (int output = 0; output < alone.length; output++) {
                assertThat(alone[output][0]).isEqualTo(together[output][row]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    default void aConstantTargetIsPredictedForEveryRow(Objective objective) {
        TrainingSet train = rows(objective, 3, 200, 1);
        double[] ones = new double[200];
        Arrays.fill(ones, 1);
        TrainingSet constant = Generated.withTarget(train, ones);
        double[][] predicted = fit(constant, constant, 7).predict(train.matrix());
        double[] ofOne = predicted[objective == Objective.MULTICLASS ? 1 : 0];
        assertThat(ofOne).containsOnly(ofOne[0]);
        assertThat(ofOne[0]).isGreaterThan(0.98).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    default void oneRowIsEnoughToPredictItself(Objective objective) {
        TrainingSet one = rows(objective, 3, 1, 1);
        double[][] predicted = fit(one, one, 7).predict(one.matrix());
        assertThat(predicted[0][0]).isFinite();
        if (objective == Objective.REGRESSION) {
            assertThat(predicted[0][0]).isCloseTo(one.target()[0], within(1e-6));
        }
    }

    @ParameterizedTest
    @EnumSource
    default void twoRowsThatDifferAreNotAnError(Objective objective) {
        TrainingSet two = Generated.withTarget(rows(objective, 3, 2, 1), new double[] {0, 1});
        double[][] predicted = fit(two, two, 7).predict(two.matrix());
        assertThat(predicted[0]).doesNotContain(Double.NaN);
    }

    @Test
    default void aColumnOfNothingButMissingValuesDoesNoHarm() {
        TrainingSet train = Generated.withColumn(rows(Objective.BINARY, 2, 1200, 1), 2, Double.NaN);
        TrainingSet test = Generated.withColumn(rows(Objective.BINARY, 2, 1000, 3), 2, Double.NaN);
        double[][] predicted = fit(train, rows(Objective.BINARY, 2, 300, 2), 7).predict(test.matrix());
        assertThat(Losses.of(test, predicted)).isLessThan(0.8 * Losses.ofTrivial(train, test));
    }

    @Test
    default void valuesNeverSeenAtTrainingAreScored() {
        TrainingSet train = rows(Objective.BINARY, 2, 600, 1);
        Model model = fit(train, rows(Objective.BINARY, 2, 200, 2), 7);
        int last = train.matrix().features().size() - 1;
        for (double value : new double[] {Double.NaN, 6, 1e9, -5, 1e300, Double.POSITIVE_INFINITY}) {
            for (int feature : learner().encoding() == Encoding.ONE_HOT ? new int[0] : new int[] {0, 3, last}) {
                double[] predicted = model.predict(
                                Generated.withColumn(train, feature, value).matrix())[0];
                assertThat(Arrays.stream(predicted).allMatch(p -> p >= 0 && p <= 1))
                        .isTrue();
            }
        }
    }

    @Test
    default void aCategoryThatIsMissingOrUnseenIsOneOfTheOthers() {
        if (learner().encoding() != Encoding.CODES) {
            return;
        }
        TrainingSet train = rows(Objective.BINARY, 2, 600, 1);
        Model model = fit(train, rows(Objective.BINARY, 2, 200, 2), 7);
        double[] unseen = model.predict(Generated.withColumn(train, 4, 99).matrix())[0];
        double[] missing =
                model.predict(Generated.withColumn(train, 4, Double.NaN).matrix())[0];
        assertThat(unseen).isEqualTo(missing);
    }

    @Test
    default void weightsOfZeroTakeRowsOut() {
        TrainingSet train = rows(Objective.BINARY, 2, 1000, 1);
        double[] weights = new double[1000];
        double[] target = train.target().clone();
        for (int row = 0; row < 1000; row++) {
            weights[row] = row % 2;
            target[row] = row % 2 == 0 ? 1 - target[row] : target[row];
        }
        TrainingSet weighted = new TrainingSet(train.matrix(), target, weights, Objective.BINARY, 2);
        TrainingSet test = rows(Objective.BINARY, 2, 1000, 3);
        Model model = fit(weighted, rows(Objective.BINARY, 2, 200, 2), 7);
        assertThat(Losses.of(test, model.predict(test.matrix()))).isLessThan(0.8 * Losses.ofTrivial(train, test));
    }

    @Test
    default void aCancelledFitThrowsAtOnce() {
        AtomicInteger asked = new AtomicInteger();
        StopSignal stop = new StopSignal() {
            @Override
            public boolean finishNow() {
                return false;
            }

            @Override
            public void throwIfCancelled() {
                if (asked.incrementAndGet() == 3) {
                    throw new CancellationException("enough");
                }
            }
        };
        TrainingSet train = rows(Objective.BINARY, 2, 600, 1);
        FitRequest request = new FitRequest(train, rows(Objective.BINARY, 2, 200, 2), quick(), 7, stop);
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> learner().fit(request))
                .withMessage("enough");
        assertThat(asked).hasValue(3);
    }

    @Test
    default void aFitThatIsToldToFinishReturnsWhatItHas() {
        StopSignal stop = new StopSignal() {
            @Override
            public boolean finishNow() {
                return true;
            }

            @Override
            public void throwIfCancelled() {}
        };
        TrainingSet train = rows(Objective.BINARY, 2, 600, 1);
        Model model = learner().fit(new FitRequest(train, rows(Objective.BINARY, 2, 200, 2), quick(), 7, stop));
        double[] predicted = model.predict(train.matrix())[0];
        assertThat(Arrays.stream(predicted).allMatch(p -> p >= 0 && p <= 1)).isTrue();
    }

    @Test
    default void anUnknownParameterIsNamed() {
        TrainingSet train = rows(Objective.BINARY, 2, 100, 1);
        FitRequest request = new FitRequest(train, train, Parameters.empty().with("zzzzzz", 1), 7, StopSignal.never());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> learner().fit(request))
                .withMessage("Cannot set 'zzzzzz' of " + learner().name() + ": no such parameter");
    }

    @Test
    default void dataTooLargeForTheMemoryAreNotTried() {
        Shape small = new Shape(1000, 10, 2, Objective.BINARY, 1L << 30);
        Shape large = new Shape(100_000_000, 1000, 2, Objective.BINARY, 1L << 30);
        assertThat(learner().inapplicable(small)).isEmpty();
        assertThat(learner().inapplicable(large)).hasValueSatisfying(reason -> assertThat(reason)
                .matches("100,000,000 rows of 1,000 features need about [\\d,]+ MB, and 1,073 MB are declared"));
    }
}
