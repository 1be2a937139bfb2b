package io.millrace.dataflow.source;

import io.millrace.dataflow.error.DataflowException;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that wait for servers. They end when idle, and do not keep the process alive. */
final class RemoteThreads {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "millrace-fetch-" + COUNT.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    private RemoteThreads() {}

    static <T> Future<T> submit(Callable<T> task) {
        return THREADS.submit(task);
    }

    /**
     * Waits for a task, but no longer than its result is wanted.
     *
     * @throws IOException what the task threw
     */
    static <T> T await(Future<T> task, RemoteSettings.Checkpoint checkpoint) throws IOException {
        checkpoint.check();
        while (true) {
            try {
                return task.get(RemoteSettings.TICK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                checkpoint.check();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw RemoteErrors.interrupted();
            } catch (ExecutionException failed) {
                Throwable cause = failed.getCause();
                if (cause instanceof DataflowException known) {
                    throw known;
                }
                if (cause instanceof IOException network) {
                    throw network;
                }
                throw new IllegalStateException("a request could not be made", cause);
            }
        }
    }
}
