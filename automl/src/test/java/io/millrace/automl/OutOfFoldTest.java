package io.millrace.automl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.automl.feature.Frame;
import io.millrace.automl.fit.TrainingData;
import io.millrace.automl.learner.Objective;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutOfFoldTest {
    @Test
    void predictionsOfFoldsComeToTheirPlaces() {
        OutOfFold places = OutOfFoldFixture.binary(6);
        double[][] predictions = places.unknown();

        places.put(predictions, 1, new double[][] {{0.1, 0.4}});

        assertThat(predictions[0]).containsExactly(Double.NaN, 0.1, Double.NaN, Double.NaN, 0.4, Double.NaN);
        assertThat(places.placesOf(List.of(2, 0))).containsExactly(0, 2, 3, 5);
    }

    @Test
    void predictionsOfOtherRowsAreRefused() {
        OutOfFold places = OutOfFoldFixture.binary(6);

        assertThatThrownBy(() -> places.put(places.unknown(), 1, new double[][] {{0.1}}))
                .hasMessage("fold 1 has 2 rows");
    }

    @Test
    void rowsThatAreAlwaysLearntFromHaveNoPlace() {
        TrainingData data = new TrainingData(
                Frame.of(4, List.of()),
                new double[] {5, 6, 7, 8},
                Objective.REGRESSION,
                0,
                new int[] {TrainingData.ALWAYS_TRAINING, 0, TrainingData.ALWAYS_TRAINING, 0},
                1,
                0,
                1);

        OutOfFold places = new OutOfFold(data);

        assertThat(places.rows()).containsExactly(1, 3);
        assertThat(places.target()).containsExactly(6, 8);
        assertThat(places.placesOf(0)).containsExactly(0, 1);
    }

    @Test
    void theMeanIsWeighted() {
        assertThat(OutOfFold.mean(List.of(new double[][] {{1, 2}}, new double[][] {{3, 6}}), List.of(0.25, 0.75))[0])
                .containsExactly(2.5, 5);
    }
}
