package io.millrace.automl.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.automl.learner.Model;
import io.millrace.automl.learner.Parameters;
import io.millrace.automl.learner.StopSignal;
import io.millrace.automl.trial.Candidate;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class FoldFitTest {
    private static final Candidate BOOSTING = new Candidate("gradient_boosting", Parameters.empty());

    private static FitOrder order(Candidate candidate, int fold) {
        return new FitOrder(1, candidate, fold, 42, OptionalLong.empty());
    }

    @Test
    void predictsTheRowsOfItsFold() {
        TrainingData data = TrainingDataFixture.binary(120);

        FoldResult result = FoldFit.run(data, order(BOOSTING, 1), StopSignal.never());

        assertThat(result).isInstanceOfSatisfying(FoldResult.Fitted.class, fitted -> {
            assertThat(fitted.predictions()).hasDimensions(1, 40);
            assertThat(java.util.Arrays.stream(fitted.predictions()[0])).allMatch(value -> value > 0 && value < 1);
        });
    }

    @Test
    void equalOrdersHaveEqualBytes() {
        byte[] first = FoldFit.run(TrainingDataFixture.binary(120), order(BOOSTING, 0), StopSignal.never())
                .encode();
        TrainingData sent = TrainingData.decode(TrainingDataFixture.binary(120).encode());

        byte[] second =
                FoldFit.run(sent, order(BOOSTING, 0), StopSignal.never()).encode();

        assertThat(second).isEqualTo(first);
        assertThat(FoldResult.decode(first).encode()).isEqualTo(first);
    }

    @Test
    void theModelInTheBytesPredictsWhatTheFitPredicted() {
        TrainingData data = TrainingDataFixture.binary(120);
        byte[] bytes = FoldFit.run(data, order(BOOSTING, 2), StopSignal.never()).encode();

        FoldResult.Fitted fitted = (FoldResult.Fitted) FoldResult.decode(bytes);
        FeaturePool pool = new FeaturePool();
        Model model = fitted.model();

        assertThat(model.predict(fitted.features(pool).apply(data.frame().select(data.rowsOf(2)))))
                .isDeepEqualTo(fitted.predictions());
        assertThat(fitted.features(pool)).isSameAs(fitted.features(pool));
    }

    @Test
    void candidatesOfOneFoldShareTheirFeatures() {
        TrainingData data = TrainingDataFixture.binary(120);
        FeaturePool pool = new FeaturePool();
        Candidate other = new Candidate("gradient_boosting", Parameters.empty().with("num_leaves", 4));

        FoldResult.Fitted first = (FoldResult.Fitted) FoldFit.run(data, order(BOOSTING, 0), StopSignal.never());
        FoldResult.Fitted second = (FoldResult.Fitted) FoldFit.run(data, order(other, 0), StopSignal.never());

        assertThat(second.features(pool)).isSameAs(first.features(pool));
    }

    @Test
    void anUnknownParameterIsAFailureAndNotAnException() {
        Candidate wrong = new Candidate("gradient_boosting", Parameters.empty().with("leafs", 4));

        FoldResult result = FoldFit.run(TrainingDataFixture.binary(30), order(wrong, 0), StopSignal.never());

        assertThat(result).isInstanceOfSatisfying(FoldResult.Failed.class, failed -> {
            assertThat(failed.reason()).startsWith("fold 1: Cannot set 'leafs' of gradient_boosting");
            assertThat(failed.detail()).contains("IllegalArgumentException");
            assertThat(FoldResult.decode(failed.encode())).isEqualTo(failed);
        });
    }

    @Test
    void anUnknownLearnerIsAFailure() {
        assertThat(FoldFit.run(
                        TrainingDataFixture.binary(30),
                        order(new Candidate("oracle", Parameters.empty()), 0),
                        StopSignal.never()))
                .isEqualTo(new FoldResult.Failed("there is no learner 'oracle'", ""));
    }

    @Test
    void aCancelledFitIsAbandoned() {
        FitOrder order = order(BOOSTING, 0);

        assertThatThrownBy(() -> FoldFit.run(TrainingDataFixture.binary(30), order, FitStop.of(order, () -> true)))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void aFitWhoseTimeIsUpGivesTheModelItHas() {
        FitOrder order = new FitOrder(1, BOOSTING, 0, 42, OptionalLong.of(0));

        assertThat(FoldFit.run(TrainingDataFixture.binary(60), order, FitStop.of(order, () -> false)))
                .isInstanceOf(FoldResult.Fitted.class);
    }
}
