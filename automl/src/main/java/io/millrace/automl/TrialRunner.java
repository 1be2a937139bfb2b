package io.millrace.automl;

import io.millrace.automl.fit.FitOrder;
import io.millrace.automl.fit.TrainingData;
import io.millrace.dataflow.Engine;
import java.util.concurrent.CompletableFuture;

/**
 * A place where fits run: threads of this process, or a cluster. It decides nothing; an experiment does.
 *
 * <p>Whatever the runner, an order gives the same bytes.
 */
public interface TrialRunner {
    /** The engine that reads the training rows. */
    Engine engine();

    /** The number of fits that are under way at a time, at least 1. */
    int concurrency();

    /** Makes {@code data} known where fits run. */
    Session open(TrainingData data);

    /** Runs fits over one set of training data. Used by one thread. */
    interface Session extends AutoCloseable {
        /**
         * Starts a fit.
         *
         * @return the encoded result of the fit, whatever became of the fit; it ends
         *     exceptionally only if the place where it ran was lost, or the session was closed
         */
        CompletableFuture<byte[]> submit(FitOrder order);

        /** Abandons the fits that are under way, without waiting for them, and frees what the session holds. */
        @Override
        void close();
    }
}
