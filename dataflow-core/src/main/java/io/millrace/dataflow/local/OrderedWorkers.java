package io.millrace.dataflow.local;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.table.Batch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes batches on several threads, and gives them in the order of the work. A failure comes at the place of the batch
 * that it prevented, and is the last thing that comes.
 */
final class OrderedWorkers implements AutoCloseable {
    /** How often a waiting reader looks whether it was cancelled, in milliseconds. */
    private static final long PATIENCE = 100;

    private final Source source;
    private final Cancellation cancellation;
    private final int window;
    private final List<Thread> threads = new ArrayList<>();
    /** Held by the one worker that takes work from the source. */
    private final ReentrantLock taking = new ReentrantLock();

    /** By number of the work. This and what follows is guarded by this object's monitor. */
    private final Map<Long, Made> made = new HashMap<>();

    private long taken;
    private long given;
    private boolean exhausted;
    private volatile boolean stopped;

    /** Where the work comes from. */
    @FunctionalInterface
    interface Source {
        /** The next piece of work, or null after the last. Called by one thread at a time. */
        @Nullable
        Supplier<Batch> next();
    }

    /** A batch, or what prevented it. */
    private record Made(@Nullable Batch batch, @Nullable Throwable failure) {}

    /** Starts the threads. At most twice as many batches as there are threads wait to be taken. */
    OrderedWorkers(Source source, int threadCount, Cancellation cancellation) {
        this.source = source;
        this.cancellation = cancellation;
        this.window = 2 * threadCount;
        for (int i = 0; i < threadCount; i++) {
            Thread thread = new Thread(this::work, "millrace-scan-" + (i + 1));
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /** The next batch, which may have no rows; null after the last. */
    @Nullable
    Batch next() {
        Made next = await();
        if (next == null) {
            return null;
        }
        Throwable failure = next.failure;
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return next.batch;
    }

    private synchronized @Nullable Made await() {
        while (!made.containsKey(given)) {
            if (stopped || (exhausted && given == taken)) {
                return null;
            }
            cancellation.check();
            try {
                wait(PATIENCE);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw DataflowException.of(ErrorCode.CANCELLED, "Cannot go on: the thread was interrupted");
            }
        }
        Made next = made.remove(given);
        given++;
        notifyAll();
        return next;
    }

    private void work() {
        while (takeAndMake()) {
            // Each turn is one batch.
        }
    }

    /** One piece of work; false when there is none. */
    private boolean takeAndMake() {
        Supplier<Batch> work;
        long number;
        taking.lock();
        try {
            if (!awaitRoom()) {
                return false;
            }
            work = take();
            if (work == null) {
                return false;
            }
            number = taken - 1;
        } finally {
            taking.unlock();
        }
        Made result;
        try {
            result = new Made(work.get(), null);
        } catch (RuntimeException | Error failure) {
            result = new Made(null, failure);
        }
        return put(number, result);
    }

    private synchronized boolean awaitRoom() {
        try {
            while (!stopped && !exhausted && taken - given >= window) {
                wait();
            }
        } catch (InterruptedException interrupted) {
            return false;
        }
        return !stopped && !exhausted;
    }

    /** Numbers the next piece of work; a failure of the source stands in its place. */
    private @Nullable Supplier<Batch> take() {
        try {
            cancellation.check();
            Supplier<Batch> work = source.next();
            synchronized (this) {
                if (work == null) {
                    exhausted = true;
                    notifyAll();
                } else {
                    taken++;
                }
            }
            return work;
        } catch (RuntimeException | Error failure) {
            synchronized (this) {
                taken++;
                put(taken - 1, new Made(null, failure));
            }
            return null;
        }
    }

    /** Stores a result; false when no further work is to be taken. */
    private synchronized boolean put(long number, Made result) {
        if (stopped) {
            if (result.batch != null) {
                result.batch.close();
            }
            return false;
        }
        made.put(number, result);
        exhausted |= result.failure != null;
        notifyAll();
        return !exhausted;
    }

    /** Asks the threads to stop soon. */
    void interrupt() {
        synchronized (this) {
            stopped = true;
            notifyAll();
        }
        threads.forEach(Thread::interrupt);
    }

    /** Stops the threads, waits for them and frees the batches that nobody took. */
    @Override
    public void close() {
        interrupt();
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            for (Made waiting : made.values()) {
                if (waiting.batch != null) {
                    waiting.batch.close();
                }
            }
            made.clear();
        }
    }
}
