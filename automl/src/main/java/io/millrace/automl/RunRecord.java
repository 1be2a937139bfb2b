package io.millrace.automl;

import io.millrace.automl.journal.Entry;
import io.millrace.automl.journal.Journal;
import io.millrace.automl.journal.Stored;
import io.millrace.automl.trial.Budget;
import io.millrace.automl.trial.Candidate;
import io.millrace.automl.trial.Outcome;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an experiment remembers of its fits: in a journal if it has a directory, otherwise in memory. */
final class RunRecord implements AutoCloseable {
    private record Fit(int trial, int fold) {}

    private final @Nullable Journal journal;
    private final PastRuns past;
    private final Map<Fit, byte[]> inMemory = new HashMap<>();
    private final Map<Fit, Stored> stored = new HashMap<>();

    private RunRecord(@Nullable Journal journal, PastRuns past) {
        this.journal = journal;
        this.past = past;
        past.trials().forEach((number, trial) -> trial.fits()
                .forEach((fold, fit) -> stored.put(new Fit(number, fold), fit.result())));
    }

    /** A record that is forgotten with the process. */
    static RunRecord inMemory() {
        return new RunRecord(null, new PastRuns());
    }

    /** The record of an experiment that begins. */
    static RunRecord begin(Path file, String description) {
        return new RunRecord(Journal.create(file, description), new PastRuns());
    }

    /** The record of an experiment that goes on. */
    static RunRecord resume(Path file) {
        PastRuns past = new PastRuns();
        Journal journal = Journal.open(file, past::add);
        past.end();
        return new RunRecord(journal, past);
    }

    /** What earlier processes did. */
    PastRuns past() {
        return past;
    }

    void sessionStarted(Budget budget) {
        append(new Entry.SessionStarted(ExperimentSettings.describe(budget)));
    }

    void dataRead(int rows, String fingerprint) {
        append(new Entry.DataRead(rows, fingerprint));
    }

    void trialStarted(int trial, Candidate candidate) {
        append(new Entry.TrialStarted(trial, candidate));
    }

    void fitStarted(int trial, int fold) {
        append(new Entry.FitStarted(trial, fold));
    }

    void fitEnded(int trial, int fold, long millis, long spentMillis, byte[] result) {
        Fit fit = new Fit(trial, fold);
        if (journal == null) {
            inMemory.put(fit, result);
        } else {
            stored.put(fit, journal.appendFit(trial, fold, millis, spentMillis, result));
        }
    }

    void trialEnded(int trial, Outcome outcome) {
        append(new Entry.TrialEnded(trial, outcome));
    }

    void sessionEnded(long spentMillis) {
        append(new Entry.SessionEnded(spentMillis));
        if (journal != null) {
            journal.force();
        }
    }

    /** The bytes of the result of a fit that has ended. */
    byte[] result(int trial, int fold) {
        Fit fit = new Fit(trial, fold);
        if (journal == null) {
            return Objects.requireNonNull(inMemory.get(fit), "the fit has not ended");
        }
        return journal.read(Objects.requireNonNull(stored.get(fit), "the fit has not ended"));
    }

    @Override
    public void close() {
        if (journal != null) {
            journal.close();
        }
    }

    private void append(Entry entry) {
        if (journal != null) {
            journal.append(entry);
        }
    }
}
