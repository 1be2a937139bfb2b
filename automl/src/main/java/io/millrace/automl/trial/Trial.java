package io.millrace.automl.trial;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A candidate and what became of it.
 *
 * @param number the place in the order in which trials were proposed, from 1
 */
public record Trial(int number, Candidate candidate, Outcome outcome) {
    /** Checks the arguments. */
    public Trial {
        requireNonNull(candidate, "candidate");
        requireNonNull(outcome, "outcome");
    }

    /** The outcome if it is a score. */
    public Optional<Outcome.Scored> scored() {
        return outcome instanceof Outcome.Scored scored ? Optional.of(scored) : Optional.empty();
    }
}
