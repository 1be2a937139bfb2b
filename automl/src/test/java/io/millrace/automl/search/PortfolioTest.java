package io.millrace.automl.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.millrace.automl.learner.Learner;
import io.millrace.automl.learner.Learners;
import io.millrace.automl.learner.Parameters;
import io.millrace.automl.trial.Candidate;
import io.millrace.automl.trial.Metric;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PortfolioTest {
    private static Map<String, Set<String>> every() {
        Map<String, Set<String>> every = new TreeMap<>();
        for (Learner learner : Learners.all()) {
            every.put(learner.name(), learner.parameterNames());
        }
        return every;
    }

    private static void checkNames(Candidate candidate) {
        Learner learner = Learners.byName(candidate.learner()).orElseThrow();
        assertThatCode(() -> candidate.parameters().checkNames(learner.name(), learner.parameterNames()))
                .as(candidate.text())
                .doesNotThrowAnyException();
    }

    @Test
    void everyCandidateHasParametersThatItsLearnerKnows() {
        assertThat(Portfolio.of(every())).allSatisfy(PortfolioTest::checkNames).doesNotHaveDuplicates();
    }

    @Test
    void theFirstCandidateIsFastAndStrong() {
        assertThat(Portfolio.of(every()).get(0))
                .isEqualTo(new Candidate("lightgbm", Parameters.empty().with("learning_rate", 0.05)));
    }

    @Test
    void withoutNativeLibrariesTheCandidatesAreOfPureJavaLearners() {
        Map<String, Set<String>> pure = every();
        pure.remove("lightgbm");
        pure.remove("xgboost");

        List<Candidate> candidates = Portfolio.of(pure);

        assertThat(candidates)
                .extracting(Candidate::learner)
                .containsOnly("gradient_boosting", "linear", "extra_trees", "random_forest");
        assertThat(candidates).hasSizeGreaterThan(10).allSatisfy(PortfolioTest::checkNames);
    }

    @Test
    void searchGoesOnAfterThePortfolioAndSaysTheSameTwice() {
        PortfolioSearch search = PortfolioSearch.of(every(), Metric.ROC_AUC);
        int size = Portfolio.of(every()).size();

        for (int number = size + 1; number <= size + 50; number++) {
            Optional<Candidate> first = search.propose(number, List.of(), 7);
            assertThat(first)
                    .isEqualTo(PortfolioSearch.of(every(), Metric.ROC_AUC).propose(number, List.of(), 7));
            assertThat(first).isPresent();
            checkNames(first.orElseThrow());
        }
        assertThat(search.propose(size + 1, List.of(), 8)).isNotEqualTo(search.propose(size + 1, List.of(), 7));
    }

    @Test
    void fewRowsHaveFewTrials() {
        assertThat(Portfolio.mostTrials(20)).isEqualTo(4);
        assertThat(Portfolio.mostTrials(500)).isEqualTo(8);
        assertThat(Portfolio.mostTrials(1_000)).isEqualTo(10);
        assertThat(Portfolio.mostTrials(10_000)).isEqualTo(40);
        assertThat(Portfolio.mostTrials(100_001)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void costsAreThoseOfFitsOfTheSameLearner() {
        CostModel costs = new CostModel();
        Candidate fast = new Candidate("lightgbm", Parameters.empty().with("learning_rate", 0.1));
        Candidate slow = new Candidate("lightgbm", Parameters.empty().with("learning_rate", 0.01));

        assertThat(costs.isInformed()).isFalse();
        costs.observe(fast, 2);

        assertThat(costs.seconds(fast)).isEqualTo(2);
        assertThat(costs.seconds(slow)).isGreaterThan(10);
    }
}
