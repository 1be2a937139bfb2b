package io.millrace.automl.learner;

import static java.util.Objects.requireNonNull;

/**
 * Everything a fit depends on.
 *
 * @param train the rows to learn from
 * @param validation rows that tell when to stop learning; may have no rows, and then the learner does not stop early
 * @param parameters the learner's settings; those not given have the learner's defaults
 * @param seed decides all that is random
 * @param stop asked between rounds
 */
public record FitRequest(TrainingSet train, TrainingSet validation, Parameters parameters, long seed, StopSignal stop) {
    /** Checks that the two sets have the same columns and target. */
    public FitRequest {
        requireNonNull(parameters, "parameters");
        requireNonNull(stop, "stop");
        if (!train.matrix().features().equals(validation.matrix().features())
                || train.objective() != validation.objective()
                || train.classes() != validation.classes()) {
            throw new IllegalArgumentException("Cannot validate on rows with other features or another target");
        }
    }
}
