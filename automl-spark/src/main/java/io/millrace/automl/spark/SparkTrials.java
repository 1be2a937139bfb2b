package io.millrace.automl.spark;

import static java.util.Objects.requireNonNull;

import io.millrace.automl.TrialRunner;
import io.millrace.automl.fit.FitOrder;
import io.millrace.automl.fit.TrainingData;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.spark.SparkEngine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Runs fits as ordinary Spark tasks over training data that every executor holds once. A fit is a job of one task: a
 * task that is lost is run again by Spark, elsewhere, and any executor may die.
 *
 * <p>A cluster has as many slots as its executors have cores, by {@code spark.task.cpus}; under dynamic allocation, as
 * they would have at {@code maxExecutors}. By default one slot stays free for other work. Immutable.
 */
public final class SparkTrials implements TrialRunner {
    private final SparkEngine engine;
    private final int concurrency;

    private SparkTrials(SparkEngine engine, int concurrency) {
        this.engine = engine;
        this.concurrency = concurrency;
    }

    /** Trials on the cluster of {@code engine}, on all slots but one, and at least one. The engine stays the caller's. */
    public static SparkTrials on(SparkEngine engine) {
        return new SparkTrials(requireNonNull(engine, "engine"), free(slots(engine)));
    }

    /**
     * The same with that many fits at a time.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT} if it is less than 1; {@code CONCURRENCY_UNAVAILABLE} if it
     *     is more than all slots but one
     */
    public SparkTrials concurrency(int fits) {
        if (fits < 1) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT, "Cannot run " + fits + " fits at a time: at least 1 is needed");
        }
        int slots = slots();
        if (fits > free(slots)) {
            throw DataflowException.of(
                    ErrorCode.CONCURRENCY_UNAVAILABLE,
                    "Cannot run " + fits + " fits at a time on Spark: " + free(slots)
                            + (free(slots) == 1 ? " slot is" : " slots are") + " free",
                    "The cluster has " + slots + (slots == 1 ? " slot" : " slots")
                            + (slots == 1 ? "" : ", and one of them stays free for other work"),
                    "Take every slot with concurrency all, give the cluster more executor cores, or ask for fewer fits");
        }
        return new SparkTrials(engine, fits);
    }

    /** The same with a fit on every slot. Other work on the cluster waits for them. */
    public SparkTrials everySlot() {
        return new SparkTrials(engine, slots());
    }

    /** The number of tasks that the cluster runs at a time. */
    public int slots() {
        return slots(engine);
    }

    private static int slots(SparkEngine engine) {
        return SparkSlots.of(context(engine));
    }

    private static int free(int slots) {
        return Math.max(1, slots - 1);
    }

    private static JavaSparkContext context(SparkEngine engine) {
        return JavaSparkContext.fromSparkContext(engine.session().sparkContext());
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
        return new JobSession(context(engine), data, concurrency);
    }

    /** As many threads as fits at a time, each of which waits for one job. */
    private static final class JobSession implements Session {
        private final JavaSparkContext context;
        private final Broadcast<byte[]> data;
        private final ExecutorService threads;
        private final Map<Integer, CompletableFuture<byte[]>> unfinished = new ConcurrentHashMap<>();
        private int submitted;
        private boolean closed;

        JobSession(JavaSparkContext context, TrainingData data, int concurrency) {
            this.context = context;
            this.data = context.broadcast(data.encode());
            AtomicInteger number = new AtomicInteger();
            this.threads = Executors.newFixedThreadPool(concurrency, task -> {
                Thread thread = new Thread(task, "millrace-spark-fit-" + number.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });
        }

        @Override
        public CompletableFuture<byte[]> submit(FitOrder order) {
            CompletableFuture<byte[]> result = new CompletableFuture<>();
            int number = submitted++;
            unfinished.put(number, result);
            threads.execute(() -> {
                try {
                    run(order, result);
                } finally {
                    unfinished.remove(number);
                }
            });
            return result;
        }

        private void run(FitOrder order, CompletableFuture<byte[]> result) {
            if (result.isDone()) {
                return;
            }
            try {
                context.setJobGroup(
                        "millrace-fits-" + data.id(),
                        "Millrace fit: trial " + order.trial() + ", fold " + (order.fold() + 1),
                        true);
                JavaFutureAction<List<byte[]>> job = context.parallelize(List.of(order.encode()), 1)
                        .map(new FitFunction(data))
                        .collectAsync();
                CompletableFuture<byte[]> unused = result.whenComplete((bytes, failure) -> {
                    if (result.isCancelled()) {
                        job.cancel(true);
                    }
                });
                result.complete(job.get().get(0));
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
                result.cancel(false);
            } catch (Exception failure) {
                result.completeExceptionally(failure);
            }
        }

        @Override
        public void close() {
            if (closed) {
                return;
            }
            closed = true;
            unfinished.values().forEach(result -> result.cancel(false));
            threads.shutdownNow();
            SharedData.forget(data);
            if (!context.sc().isStopped()) {
                data.destroy();
            }
        }
    }
}
