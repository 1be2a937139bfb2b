package io.millrace.automl.journal;

import static java.util.Objects.requireNonNull;

import io.millrace.automl.trial.Candidate;
import io.millrace.automl.trial.Outcome;

/** A record of a journal. */
public sealed interface Entry {
    /**
     * A process has begun, or begun again, to work on the experiment.
     *
     * @param limits the budget of this process, as the experiment writes it
     */
    record SessionStarted(String limits) implements Entry {
        /** Checks the argument. */
        public SessionStarted {
            requireNonNull(limits, "limits");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * The training rows were read.
     *
     * @param rows the rows whose target is known
     * @param fingerprint SHA-256 of the rows, in hexadecimal
     */
    record DataRead(long rows, String fingerprint) implements Entry {
        /** Checks the argument. */
        public DataRead {
            requireNonNull(fingerprint, "fingerprint");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** A trial was begun. */
    record TrialStarted(int trial, Candidate candidate) implements Entry {
        /** Checks the argument. */
        public TrialStarted {
            requireNonNull(candidate, "candidate");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** A fit was begun. If the journal ends before its end, the process died while it was under way. */
    record FitStarted(int trial, int fold) implements Entry {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * A fit has ended.
     *
     * @param millis how long it took
     * @param spentMillis the time that this process has spent on the experiment
     * @param result where in the journal the bytes of its result are
     */
    record FitEnded(int trial, int fold, long millis, long spentMillis, Stored result) implements Entry {
        /** Checks the argument. */
        public FitEnded {
            requireNonNull(result, "result");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** A trial has its outcome. */
    record TrialEnded(int trial, Outcome outcome) implements Entry {
        /** Checks the argument. */
        public TrialEnded {
            requireNonNull(outcome, "outcome");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * A process has ended in good order. Fits that were under way were abandoned, which is nothing against them.
     *
     * @param spentMillis the time that this process has spent on the experiment
     */
    record SessionEnded(long spentMillis) implements Entry {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Calls the method of {@code visitor} for this record. */
    <R> R accept(Visitor<R> visitor);

    /** One method per kind of record, so that a forgotten one does not compile. */
    interface Visitor<R> {
        R visit(SessionStarted entry);

        R visit(DataRead entry);

        R visit(TrialStarted entry);

        R visit(FitStarted entry);

        R visit(FitEnded entry);

        R visit(TrialEnded entry);

        R visit(SessionEnded entry);
    }
}
