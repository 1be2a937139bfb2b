package io.millrace.automl.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.automl.codec.CodecException;
import io.millrace.automl.feature.Frame;
import io.millrace.automl.learner.Objective;
import io.millrace.automl.learner.Parameters;
import io.millrace.automl.trial.Candidate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CodecTest {
    @Test
    void trainingDataComeBackFromTheirBytes() {
        TrainingData data = TrainingDataFixture.binary(40);

        TrainingData read = TrainingData.decode(data.encode());

        assertThat(read.encode()).isEqualTo(data.encode());
        assertThat(read.rows()).isEqualTo(40);
        assertThat(read.objective()).isEqualTo(Objective.BINARY);
        assertThat(read.rowsOf(1)).isEqualTo(data.rowsOf(1));
        assertThat(read.rowsOutside(1)).isEqualTo(data.rowsOutside(1));
    }

    @Test
    void truncatedTrainingDataAreRefused() {
        byte[] bytes = TrainingDataFixture.binary(10).encode();

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> TrainingData.decode(cut)).isInstanceOf(CodecException.class);
        }
    }

    @Test
    void rowsInNoSuchFoldAreRefused() {
        Frame frame = Frame.of(1, List.of(new Frame.Numbers("x", new double[] {1})));

        assertThatThrownBy(() ->
                        new TrainingData(frame, new double[] {1}, Objective.REGRESSION, 0, new int[] {2}, 2, 0, 1))
                .hasMessage("Cannot put a row into fold 2 of 2");
    }

    @Test
    void ordersComeBackFromTheirBytes() {
        FitOrder order = new FitOrder(
                3,
                new Candidate(
                        "lightgbm",
                        Parameters.of(
                                Map.of("num_leaves", 31, "learning_rate", 0.1, "extra_trees", true, "mode", "a"))),
                2,
                -5,
                OptionalLong.of(1_700_000_000_000L));

        assertThat(FitOrder.decode(order.encode())).isEqualTo(order);
        FitOrder unbounded = new FitOrder(3, order.candidate(), 2, -5, OptionalLong.empty());
        assertThat(FitOrder.decode(unbounded.encode())).isEqualTo(unbounded);
    }

    @Test
    void seedsDifferInEveryPart() {
        assertThat(List.of(
                        Seeds.of(1), Seeds.of(2), Seeds.of(1, 0), Seeds.of(1, 1), Seeds.of(1, 0, 1), Seeds.of(1, 1, 0)))
                .doesNotHaveDuplicates();
        assertThat(Seeds.of(7, 3, 1)).isEqualTo(Seeds.of(7, 3, 1));
    }
}
