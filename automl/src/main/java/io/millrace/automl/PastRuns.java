package io.millrace.automl;

import io.millrace.automl.journal.Entry;
import io.millrace.automl.journal.Stored;
import io.millrace.automl.trial.Candidate;
import io.millrace.automl.trial.Outcome;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the records of a journal say about earlier processes. */
final class PastRuns implements Entry.Visitor<PastRuns> {
    /** A fit that was under way when the process died as often as this is not tried again. */
    static final int MOST_DEATHS = 2;

    /** A fit that has ended. */
    record PastFit(Stored result, long millis) {}

    /** What is known of one trial. */
    static final class PastTrial {
        private final Candidate candidate;
        private final Map<Integer, PastFit> fits = new TreeMap<>();
        private final Map<Integer, Integer> deaths = new TreeMap<>();
        private @Nullable Outcome outcome;

        private PastTrial(Candidate candidate) {
            this.candidate = candidate;
        }

        Candidate candidate() {
            return candidate;
        }

        /** The fits that have ended, by fold. */
        Map<Integer, PastFit> fits() {
            return fits;
        }

        /** The first fold whose fit was under way at too many deaths. */
        Optional<Integer> deadly() {
            return deaths.entrySet().stream()
                    .filter(entry -> entry.getValue() >= MOST_DEATHS && !fits.containsKey(entry.getKey()))
                    .map(Map.Entry::getKey)
                    .findFirst();
        }

        Optional<Outcome> outcome() {
            return Optional.ofNullable(outcome);
        }
    }

    private record Fit(int trial, int fold) {}

    private final Map<Integer, PastTrial> trials = new TreeMap<>();
    private final Set<Fit> underWay = new HashSet<>();
    private @Nullable String fingerprint;
    private long spentMillis;
    private long spentOfSession;

    /** Takes note of a record. */
    void add(Entry entry) {
        entry.accept(this);
    }

    /** Takes note that there are no more records. */
    void end() {
        died();
        spentMillis += spentOfSession;
        spentOfSession = 0;
    }

    /** The trials that were begun, by number. */
    Map<Integer, PastTrial> trials() {
        return trials;
    }

    /** SHA-256 of the rows, or empty if no process came to read them. */
    Optional<String> fingerprint() {
        return Optional.ofNullable(fingerprint);
    }

    /** The time that earlier processes spent on the experiment. */
    long spentMillis() {
        return spentMillis;
    }

    @Override
    public PastRuns visit(Entry.SessionStarted entry) {
        end();
        return this;
    }

    @Override
    public PastRuns visit(Entry.DataRead entry) {
        fingerprint = entry.fingerprint();
        return this;
    }

    @Override
    public PastRuns visit(Entry.TrialStarted entry) {
        trials.put(entry.trial(), new PastTrial(entry.candidate()));
        return this;
    }

    @Override
    public PastRuns visit(Entry.FitStarted entry) {
        underWay.add(new Fit(entry.trial(), entry.fold()));
        return this;
    }

    @Override
    public PastRuns visit(Entry.FitEnded entry) {
        underWay.remove(new Fit(entry.trial(), entry.fold()));
        spentOfSession = entry.spentMillis();
        PastTrial trial = trials.get(entry.trial());
        if (trial != null) {
            trial.fits.put(entry.fold(), new PastFit(entry.result(), entry.millis()));
        }
        return this;
    }

    @Override
    public PastRuns visit(Entry.TrialEnded entry) {
        PastTrial trial = trials.get(entry.trial());
        if (trial != null) {
            trial.outcome = entry.outcome();
        }
        return this;
    }

    @Override
    public PastRuns visit(Entry.SessionEnded entry) {
        underWay.clear();
        spentOfSession = entry.spentMillis();
        return this;
    }

    private void died() {
        for (Fit fit : underWay) {
            PastTrial trial = trials.get(fit.trial());
            if (trial != null) {
                trial.deaths.merge(fit.fold(), 1, Integer::sum);
            }
        }
        underWay.clear();
    }
}
