package io.millrace.dataflow.execution;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes things on several threads, and gives them in the order of the work. A failure comes at the place of the thing
 * that it prevented, and is the last thing that comes.
 *
 * @param <T> what is made, such as batches
 */
public final class OrderedWorkers<T> implements AutoCloseable {
    /** How often a waiting reader looks whether it was cancelled, in milliseconds. */
    private static final long PATIENCE = 100;

    private final Source<T> source;
    private final Consumer<T> discard;
    private final Cancellation cancellation;
    private final int window;
    private final List<Thread> threads = new ArrayList<>();
    /** Held by the one worker that takes work from the source. */
    private final ReentrantLock taking = new ReentrantLock();

    /** By number of the work. This and what follows is guarded by this object's monitor. */
    private final Map<Long, Made<T>> made = new HashMap<>();

    private long taken;
    private long given;
    private boolean exhausted;
    private volatile boolean stopped;

    /** Where the work comes from. */
    @FunctionalInterface
    public interface Source<T> {
        /** The next piece of work, or null after the last. Called by one thread at a time. */
        @Nullable
        Supplier<T> next();
    }

    /** What was made, or what prevented it. */
    private record Made<T>(@Nullable T thing, @Nullable Throwable failure) {}

    /**
     * Starts the threads. At most twice as many things as there are threads wait to be taken.
     *
     * @param discard what is done with those that nobody takes
     */
    public OrderedWorkers(Source<T> source, Consumer<T> discard, int threadCount, Cancellation cancellation) {
        this.source = source;
        this.discard = discard;
        this.cancellation = cancellation;
        this.window = 2 * threadCount;
        for (int i = 0; i < threadCount; i++) {
            Thread thread = new Thread(this::work, "millrace-scan-" + (i + 1));
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /**
     * What is made next; null after the last.
     *
     * @throws DataflowException {@code CANCELLED}, or what prevented it
     */
    public @Nullable T next() {
        Made<T> next = await();
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
        return next.thing;
    }

    private synchronized @Nullable Made<T> await() {
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
        Made<T> next = made.remove(given);
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
        Supplier<T> work;
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
        Made<T> result;
        try {
            result = new Made<>(work.get(), null);
        } catch (RuntimeException | Error failure) {
            result = new Made<>(null, failure);
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
    private @Nullable Supplier<T> take() {
        try {
            cancellation.check();
            Supplier<T> work = source.next();
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
                put(taken - 1, new Made<>(null, failure));
            }
            return null;
        }
    }

    /** Stores a result; false when no further work is to be taken. */
    private synchronized boolean put(long number, Made<T> result) {
        if (stopped) {
            discard(result);
            return false;
        }
        made.put(number, result);
        exhausted |= result.failure != null;
        notifyAll();
        return !exhausted;
    }

    private void discard(Made<T> unwanted) {
        if (unwanted.thing != null) {
            discard.accept(unwanted.thing);
        }
    }

    /** Asks the threads to stop soon. */
    public void interrupt() {
        synchronized (this) {
            stopped = true;
            notifyAll();
        }
        threads.forEach(Thread::interrupt);
    }

    /** Stops the threads, waits for them and discards what nobody took. */
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
            made.values().forEach(this::discard);
            made.clear();
        }
    }
}
