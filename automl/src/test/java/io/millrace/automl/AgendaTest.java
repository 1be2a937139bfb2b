package io.millrace.automl;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.automl.learner.Parameters;
import io.millrace.automl.trial.Candidate;
import io.millrace.automl.trial.Metric;
import io.millrace.automl.trial.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private static final OutOfFold PLACES = OutOfFoldFixture.binary(30);

    private static Agenda byTrials(int limit) {
        return Agenda.of(Metric.ROC_AUC, OptionalInt.of(limit), false, false, 50_000, 7);
    }

    private static Agenda byTime(int rows, boolean hasty) {
        return Agenda.of(Metric.ROC_AUC, OptionalInt.empty(), true, hasty, rows, 7);
    }

    private static TrialState ended(int number, Candidate candidate, double score) {
        TrialState trial = new TrialState(number, candidate, 3, PLACES);
        trial.decide(new Outcome.Scored(score, List.of()));
        return trial;
    }

    @Test
    void trialsAreProposedUpToTheLimit() {
        Agenda agenda = byTrials(2);

        assertThat(agenda.next(1, any -> true).candidate()).isPresent();
        assertThat(agenda.next(2, any -> true).candidate()).isPresent();
        assertThat(agenda.next(3, any -> true).candidate()).isEmpty();
    }

    @Test
    void aTrialWaitsForTheOutcomesThatItMayDependOn() {
        Agenda agenda = byTrials(100);
        Candidate first = null;
        for (int number = 1; number <= Agenda.LAG; number++) {
            Candidate candidate = agenda.next(number, any -> true).candidate().orElseThrow();
            first = first == null ? candidate : first;
        }

        assertThat(agenda.next(Agenda.LAG + 1, any -> true).candidate()).isEmpty();
        agenda.ended(ended(1, Optional.ofNullable(first).orElseThrow(), 0.9));
        assertThat(agenda.next(Agenda.LAG + 1, any -> true).candidate()).isPresent();
    }

    @Test
    void whatHasFinishedSinceHasNoSay() {
        Agenda one = byTrials(100);
        Agenda other = byTrials(100);
        for (int number = 1; number <= 40; number++) {
            Candidate candidate = one.next(number, any -> true).candidate().orElseThrow();
            assertThat(other.next(number, any -> true).candidate()).contains(candidate);
            one.ended(ended(number, candidate, 0.9));
            other.ended(ended(number, candidate, number > 40 - Agenda.LAG ? 0.1 : 0.9));
        }
    }

    @Test
    void inTimeCandidatesThatTakeTooLongArePassedOver() {
        Agenda agenda = byTime(50_000, false);
        Set<String> learners = new HashSet<>();

        for (int number = 1; number <= 3; number++) {
            agenda.next(
                            number,
                            candidate -> candidate.learner().equals("linear")
                                    || candidate.learner().equals("random_forest"))
                    .candidate()
                    .ifPresent(candidate -> learners.add(candidate.learner()));
        }

        assertThat(learners).containsExactlyInAnyOrder("linear", "random_forest");
        assertThat(agenda.next(4, any -> true).candidate())
                .as("nothing fitted before")
                .isEmpty();
    }

    @Test
    void inTimeNoCandidateIsTriedTwice() {
        Agenda agenda = byTime(50_000, false);
        Candidate candidate = new Candidate("linear", Parameters.empty());

        agenda.begun(1, candidate);

        for (int number = 2; number < 12; number++) {
            assertThat(agenda.next(number, any -> true).candidate().orElseThrow())
                    .isNotEqualTo(candidate);
        }
    }

    @Test
    void inTimeFewRowsHaveFewTrials() {
        Agenda agenda = byTime(20, false);

        for (int number = 1; number <= 4; number++) {
            assertThat(agenda.next(number, any -> true).candidate()).isPresent();
        }
        assertThat(agenda.next(5, any -> true).candidate()).isEmpty();
    }

    @Test
    void inHasteLargeStepsComeFirst() {
        assertThat(byTime(50_000, true).next(1, any -> true).candidate())
                .contains(new Candidate("lightgbm", Parameters.empty().with("learning_rate", 0.2)));
    }
}
