package io.millrace.automl.local;

import static java.util.Objects.requireNonNull;

import io.millrace.automl.TrialRunner;
import io.millrace.automl.fit.FitOrder;
import io.millrace.automl.fit.FitStop;
import io.millrace.automl.fit.FoldFit;
import io.millrace.automl.fit.TrainingData;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.local.LocalEngine;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs fits on threads of this process, as many at a time as there are processors. Immutable. */
public final class LocalTrials implements TrialRunner {
    private final LocalEngine engine;
    private final int concurrency;

    private LocalTrials(LocalEngine engine, int concurrency) {
        this.engine = engine;
        this.concurrency = concurrency;
    }

    /** Trials whose rows {@code engine} reads. The engine stays the caller's. */
    public static LocalTrials on(LocalEngine engine) {
        return new LocalTrials(
                requireNonNull(engine, "engine"), Runtime.getRuntime().availableProcessors());
    }

    /**
     * The same with that many fits at a time.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT} if it is less than 1
     */
    public LocalTrials concurrency(int fits) {
        if (fits < 1) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT, "Cannot run " + fits + " fits at a time: at least 1 is needed");
        }
        return new LocalTrials(engine, fits);
    }

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public int concurrency() {
        return concurrency;
    }

    @Override
    public Session open(TrainingData data) {
        return new ThreadSession(data, concurrency);
    }

    /** Daemon threads: a fit that does not stop when asked to must not keep the process alive. */
    private static final class ThreadSession implements Session {
        private final TrainingData data;
        private final ExecutorService threads;
        private volatile boolean closed;

        ThreadSession(TrainingData data, int concurrency) {
            this.data = data;
            AtomicInteger number = new AtomicInteger();
            ThreadFactory daemons = task -> {
                Thread thread = new Thread(task, "millrace-fit-" + number.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            };
            this.threads = Executors.newFixedThreadPool(concurrency, daemons);
        }

        @Override
        public CompletableFuture<byte[]> submit(FitOrder order) {
            CompletableFuture<byte[]> result = new CompletableFuture<>();
            threads.execute(() -> {
                try {
                    FitStop stop = FitStop.of(order, () -> closed || result.isCancelled());
                    result.complete(FoldFit.run(data, order, stop).encode());
                } catch (CancellationException abandoned) {
                    result.cancel(false);
                } catch (RuntimeException | Error failure) {
                    result.completeExceptionally(failure);
                }
            });
            return result;
        }

        @Override
        public void close() {
            closed = true;
            threads.shutdownNow();
        }
    }
}
