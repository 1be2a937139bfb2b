package io.millrace.automl.trial;

import static java.util.Objects.requireNonNull;

import io.millrace.automl.learner.Parameters;

/** Something to try: the name of a learner and its settings. */
public record Candidate(String learner, Parameters parameters) {
    /** Checks the arguments. */
    public Candidate {
        requireNonNull(learner, "learner");
        requireNonNull(parameters, "parameters");
    }

    /** The learner and its settings in one line; equal for equal candidates. */
    public String text() {
        return parameters.values().isEmpty() ? learner : learner + "(" + parameters.canonical() + ")";
    }
}
