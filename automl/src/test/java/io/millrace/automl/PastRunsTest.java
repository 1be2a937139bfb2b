package io.millrace.automl;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.automl.journal.Entry;
import io.millrace.automl.journal.Stored;
import io.millrace.automl.learner.Parameters;
import io.millrace.automl.trial.Candidate;
import io.millrace.automl.trial.Outcome;
import org.junit.jupiter.api.Test;

class PastRunsTest {
    private static final Candidate CANDIDATE = new Candidate("linear", Parameters.empty());

    private static PastRuns replay(Entry... entries) {
        PastRuns past = new PastRuns();
        for (Entry entry : entries) {
            past.add(entry);
        }
        past.end();
        return past;
    }

    private static PastRuns.PastTrial first(PastRuns past) {
        return past.trials().values().iterator().next();
    }

    @Test
    void finishedFitsAreKept() {
        PastRuns past = replay(
                new Entry.SessionStarted(""),
                new Entry.DataRead(10, "abc"),
                new Entry.TrialStarted(1, CANDIDATE),
                new Entry.FitStarted(1, 0),
                new Entry.FitEnded(1, 0, 20, 500, new Stored(99, 3)),
                new Entry.TrialEnded(1, new Outcome.Skipped("no")));

        assertThat(past.fingerprint()).contains("abc");
        assertThat(past.spentMillis()).isEqualTo(500);
        assertThat(first(past).fits()).containsOnlyKeys(0);
        assertThat(first(past).outcome()).contains(new Outcome.Skipped("no"));
    }

    @Test
    void aFitThatWasUnderWayAtOneDeathIsTriedAgain() {
        PastRuns past =
                replay(new Entry.SessionStarted(""), new Entry.TrialStarted(1, CANDIDATE), new Entry.FitStarted(1, 2));

        assertThat(first(past).deadly()).isEmpty();
    }

    @Test
    void aFitThatWasUnderWayAtTwoDeathsIsDeadly() {
        PastRuns past = replay(
                new Entry.SessionStarted(""),
                new Entry.TrialStarted(1, CANDIDATE),
                new Entry.FitStarted(1, 1),
                new Entry.FitStarted(1, 2),
                new Entry.SessionStarted(""),
                new Entry.FitStarted(1, 1),
                new Entry.FitEnded(1, 1, 20, 30, new Stored(9, 3)),
                new Entry.FitStarted(1, 2));

        assertThat(first(past).deadly()).contains(2);
    }

    @Test
    void whatAnOrderlyEndAbandonsIsNoDeath() {
        PastRuns past = replay(
                new Entry.SessionStarted(""),
                new Entry.TrialStarted(1, CANDIDATE),
                new Entry.FitStarted(1, 2),
                new Entry.SessionEnded(1_000),
                new Entry.SessionStarted(""),
                new Entry.FitStarted(1, 2),
                new Entry.SessionEnded(2_000));

        assertThat(first(past).deadly()).isEmpty();
        assertThat(past.spentMillis()).isEqualTo(3_000);
    }
}
