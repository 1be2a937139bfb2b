package io.millrace.automl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.automl.fit.TrainingData;
import io.millrace.automl.learner.Objective;
import io.millrace.automl.trial.Validation;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FoldDealerTest {
    private static int count(int[] folds, int fold) {
        return (int) Arrays.stream(folds).filter(each -> each == fold).count();
    }

    @Property(tries = 100, seed = "11")
    void labelsAreSpreadEvenlyOverFolds(
            @ForAll @IntRange(min = 2, max = 8) int count,
            @ForAll @IntRange(min = 10, max = 200) int rows,
            @ForAll long seed) {
        double[] target = IntStream.range(0, rows)
                .mapToDouble(row -> row % 7 == 0 ? 2 : row % 2)
                .toArray();

        int[] folds = FoldDealer.deal(Validation.folds(count), Objective.MULTICLASS, 3, target, seed);

        for (int label = 0; label < 3; label++) {
            int wanted = label;
            int least = Integer.MAX_VALUE;
            int most = 0;
            for (int fold = 0; fold < count; fold++) {
                int each = fold;
                int members = (int) IntStream.range(0, rows)
                        .filter(row -> target[row] == wanted && folds[row] == each)
                        .count();
                least = Math.min(least, members);
                most = Math.max(most, members);
            }
            assertThat(most - least).isLessThanOrEqualTo(1);
        }
        int[] sizes = IntStream.range(0, count).map(fold -> count(folds, fold)).toArray();
        assertThat(Arrays.stream(sizes).max().orElse(0)
                        - Arrays.stream(sizes).min().orElse(0))
                .isLessThanOrEqualTo(1);
    }

    @Test
    void neighboursInTheOrderOfTheTargetAreInDifferentFolds() {
        double[] target =
                IntStream.range(0, 40).mapToDouble(row -> (row * 17) % 40).toArray();

        int[] folds = FoldDealer.deal(Validation.folds(4), Objective.REGRESSION, 0, target, 3);

        for (int block = 0; block < 40; block += 4) {
            int from = block;
            assertThat(IntStream.range(0, 40)
                            .filter(row -> target[row] >= from && target[row] < from + 4)
                            .map(row -> folds[row]))
                    .containsExactlyInAnyOrder(0, 1, 2, 3);
        }
    }

    @Test
    void theSeedDecides() {
        double[] target = IntStream.range(0, 60).mapToDouble(row -> row % 2).toArray();

        int[] first = FoldDealer.deal(Validation.folds(3), Objective.BINARY, 2, target, 1);

        assertThat(FoldDealer.deal(Validation.folds(3), Objective.BINARY, 2, target, 1))
                .isEqualTo(first);
        assertThat(FoldDealer.deal(Validation.folds(3), Objective.BINARY, 2, target, 2))
                .isNotEqualTo(first);
    }

    @Test
    void aHoldoutHasItsShareOfEveryLabel() {
        double[] target =
                IntStream.range(0, 100).mapToDouble(row -> row < 20 ? 1 : 0).toArray();

        int[] folds = FoldDealer.deal(Validation.holdout(0.25), Objective.BINARY, 2, target, 5);

        assertThat(count(folds, 0)).isEqualTo(25);
        assertThat(count(folds, TrainingData.ALWAYS_TRAINING)).isEqualTo(75);
        assertThat(IntStream.range(0, 20).filter(row -> folds[row] == 0).count())
                .isEqualTo(5);
    }

    @Test
    void moreFoldsThanRowsAreRefused() {
        assertThatThrownBy(() ->
                        FoldDealer.deal(Validation.folds(6), Objective.REGRESSION, 0, new double[] {1, 2, 3, 4, 5}, 0))
                .hasMessage("INVALID_ARGUMENT: Cannot deal 5 rows into 6 folds");
    }

    @Test
    void anEmptyHoldoutIsRefused() {
        assertThatThrownBy(() -> FoldDealer.deal(
                        Validation.holdout(0.01), Objective.REGRESSION, 0, new double[] {1, 2, 3, 4, 5}, 0))
                .hasMessage("INVALID_ARGUMENT: Cannot hold out a fraction of 0.01 of 5 rows: that is 0");
    }
}
