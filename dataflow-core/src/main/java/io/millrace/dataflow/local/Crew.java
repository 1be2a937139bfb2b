package io.millrace.dataflow.local;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * The threads on which operators of one run divide a loop. The thread that asks takes part; the others are started by
 * the first loop that has work for them.
 */
final class Crew implements AutoCloseable {
    private final int size;
    private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    /** A crew of {@code size} threads, of which the one that asks is the first. */
    Crew(int size) {
        this.size = size;
    }

    /** How many threads take part in a loop. */
    int size() {
        return size;
    }

    /**
     * Calls {@code task} once with each number below {@code count}, in no order. Returns when no call is under way any
     * more, also when one throws; the first failure is thrown then, and calls not yet begun are left out.
     */
    void each(int count, IntConsumer task) {
        Loop loop = new Loop(count, task, Math.min(size, count));
        if (loop.members > 1) {
            start();
            for (int i = 1; i < loop.members; i++) {
                waiting.add(loop);
            }
        }
        loop.run();
        loop.await();
    }

    private synchronized void start() {
        while (threads.size() < size - 1 && !closed) {
            Thread thread = new Thread(this::work, "millrace-work-" + (threads.size() + 1));
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void work() {
        try {
            while (!closed) {
                waiting.take().run();
            }
        } catch (InterruptedException end) {
            // Closed: nobody waits for a loop any more.
        }
    }

    /** Ends the threads. Called when no loop is under way. */
    @Override
    public synchronized void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
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
        threads.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * One loop, which each member runs until no number is left. A member that comes when the others are done leaves again:
     * nobody waits for a thread to wake up.
     */
    private static final class Loop implements Runnable {
        private final int count;
        private final IntConsumer task;
        private final int members;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        /** How many members are at work; none can begin once the loop has ended. */
        private int working;

        private boolean ended;

        Loop(int count, IntConsumer task, int members) {
            this.count = count;
            this.task = task;
            this.members = members;
        }

        @Override
        public void run() {
            synchronized (this) {
                if (ended) {
                    return;
                }
                working++;
            }
            try {
                for (int i = next.getAndIncrement(); i < count && failure.get() == null; i = next.getAndIncrement()) {
                    task.accept(i);
                }
            } catch (RuntimeException | Error failed) {
                failure.compareAndSet(null, failed);
            } finally {
                leave();
            }
        }

        private synchronized void leave() {
            working--;
            notifyAll();
        }

        /** Waits without giving way to interrupts: the members use what the caller would free. */
        void await() {
            if (awaitMembers()) {
                Thread.currentThread().interrupt();
            }
            Throwable failed = failure.get();
            if (failed instanceof RuntimeException exception) {
                throw exception;
            }
            if (failed instanceof Error error) {
                throw error;
            }
        }

        /** Whether this thread was interrupted meanwhile. */
        private synchronized boolean awaitMembers() {
            boolean interrupted = false;
            ended = true;
            while (working > 0) {
                try {
                    wait();
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
            return interrupted;
        }
    }
}
