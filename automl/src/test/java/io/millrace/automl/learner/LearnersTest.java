package io.millrace.automl.learner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LearnersTest {
    @Test
    void everyLearnerIsFoundByItsName() {
        assertThat(Learners.all())
                .extracting(Learner::name)
                .containsExactly("lightgbm", "xgboost", "gradient_boosting", "random_forest", "extra_trees", "linear");
        for (Learner learner : Learners.all()) {
            assertThat(Learners.byName(learner.name())).containsSame(learner);
        }
        assertThat(Learners.byName("catboost")).isEmpty();
    }

    @Test
    void patienceGrowsWithTheRoundsAndShrinksWithTheRows() {
        assertThat(roundsUntilStopped(1_000, 1)).isEqualTo(301);
        assertThat(roundsUntilStopped(1_000, 1_000)).isEqualTo(1_320);
        assertThat(roundsUntilStopped(30_000, 1)).isEqualTo(101);
        assertThat(roundsUntilStopped(1_000_000, 1)).isEqualTo(21);
        assertThat(roundsUntilStopped(1_000_000, 100)).isEqualTo(150);
    }

    private static int roundsUntilStopped(int rows, int bestRound) {
        EarlyStopping stopping = new EarlyStopping(rows);
        int round = 1;
        while (!stopping.stopsAfter(round, round <= bestRound ? -round : 0)) {
            round++;
        }
        assertThat(stopping.bestRound()).isEqualTo(bestRound);
        return round;
    }
}
