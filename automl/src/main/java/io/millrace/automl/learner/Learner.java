package io.millrace.automl.learner;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** One algorithm. Stateless and thread-safe: a fit is a pure function of its request. */
public interface Learner {
    /** The name in leaderboards and saved files, in lower case with underscores. */
    String name();

    /** How features must be encoded for {@link #fit}. */
    Encoding encoding();

    /** The names of the parameters that {@link #fit} accepts. */
    Set<String> parameterNames();

    /** Why this learner cannot run on this machine, naming the package to install; empty if it can. */
    Optional<String> unavailable();

    /** Why this learner is not worth trying on data of that shape; empty if it is. Depends on {@code shape} alone. */
    Optional<String> inapplicable(Shape shape);

    /**
     * Learns a model.
     *
     * @throws IllegalArgumentException if a parameter is unknown or has an impossible value
     * @throws CancellationException if {@code request.stop()} says so
     * @throws LearnerException if a native library fails
     */
    Model fit(FitRequest request);
}
