package io.millrace.automl.learner;

import java.util.concurrent.CancellationException;

/** What a fit asks between two rounds. Implementations are thread-safe. */
public interface StopSignal {
    /** Whether to stop here and return the model as it is; asked in runs that are bounded by time. */
    boolean finishNow();

    /**
     * Returns normally unless the fit has been cancelled.
     *
     * @throws CancellationException if the fit is to be abandoned without a model
     */
    void throwIfCancelled();

    /** A signal that never stops a fit. */
    static StopSignal never() {
        return new StopSignal() {
            @Override
            public boolean finishNow() {
                return false;
            }

            @Override
            public void throwIfCancelled() {}
        };
    }
}
