package io.millrace.dataflow.local;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Reduction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Adds batches to the shares of a reduction on several threads. A batch goes to the lane whose turn it is, not to the
 * one that is idle, so that two runs with equal batches give equal estimates.
 */
final class ReductionLanes<S extends Reduction.Share<S>> implements AutoCloseable {
    /** Batches that wait before a lane. */
    private static final int WAITING = 2;
    /** How often a waiting thread looks whether it was cancelled, in milliseconds. */
    private static final long PATIENCE = 100;

    private final Cancellation cancellation;
    private final List<Lane<S>> lanes = new ArrayList<>();
    private int turn;

    ReductionLanes(Reduction<S, ?> reduction, Schema schema, int threads, Cancellation cancellation) {
        this.cancellation = cancellation;
        for (int i = 0; i < threads; i++) {
            lanes.add(new Lane<>(reduction.share(schema), i + 1));
        }
        lanes.forEach(lane -> lane.thread.start());
    }

    /** Adds a batch, which is closed when it has been added. Waits while the lane whose turn it is has enough to do. */
    void add(Batch batch) {
        Lane<S> lane = lanes.get(turn);
        turn = (turn + 1) % lanes.size();
        boolean taken = false;
        try {
            put(lane, Optional.of(batch));
            taken = true;
        } finally {
            if (!taken) {
                batch.close();
            }
        }
    }

    /** What all lanes know, when every batch has been added. */
    S whole() {
        for (Lane<S> lane : lanes) {
            put(lane, Optional.empty());
        }
        for (Lane<S> lane : lanes) {
            while (lane.thread.isAlive()) {
                cancellation.check();
                try {
                    lane.thread.join(PATIENCE);
                } catch (InterruptedException interrupted) {
                    throw interrupted();
                }
            }
            lane.check();
        }
        S whole = lanes.get(0).share;
        for (Lane<S> lane : lanes.subList(1, lanes.size())) {
            whole.join(lane.share);
        }
        return whole;
    }

    private void put(Lane<S> lane, Optional<Batch> batch) {
        try {
            do {
                cancellation.check();
                lane.check();
            } while (!lane.queue.offer(batch, PATIENCE, TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
    }

    private static DataflowException interrupted() {
        Thread.currentThread().interrupt();
        return DataflowException.of(ErrorCode.CANCELLED, "Cannot go on: the thread was interrupted");
    }

    /** Stops the threads, waits for them and closes the batches that they did not add. */
    @Override
    public void close() {
        lanes.forEach(lane -> lane.thread.interrupt());
        boolean interrupted = false;
        for (Lane<S> lane : lanes) {
            while (lane.thread.isAlive()) {
                try {
                    lane.thread.join();
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
            lane.queue.forEach(batch -> batch.ifPresent(Batch::close));
            lane.queue.clear();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A thread with a share of its own. */
    private static final class Lane<S extends Reduction.Share<S>> {
        private final S share;
        /** Batches in their order; the empty one is the end. */
        private final BlockingQueue<Optional<Batch>> queue = new ArrayBlockingQueue<>(WAITING);

        private final Thread thread;
        private volatile @Nullable Throwable failure;

        Lane(S share, int number) {
            this.share = share;
            this.thread = new Thread(this::work, "millrace-lane-" + number);
            thread.setDaemon(true);
        }

        private void work() {
            try {
                for (Optional<Batch> batch = queue.take(); batch.isPresent(); batch = queue.take()) {
                    try (Batch closed = batch.get()) {
                        share.add(closed);
                    }
                }
            } catch (InterruptedException stopped) {
                // Only close() interrupts; what this lane knows is not asked for any more.
            } catch (RuntimeException | Error failed) {
                failure = failed;
            }
        }

        /** Throws what ended the thread early. */
        void check() {
            Throwable failed = failure;
            if (failed == null) {
                return;
            }
            DataflowException outOfMemory = Run.outOfMemory(failed);
            if (outOfMemory != null) {
                throw outOfMemory;
            }
            if (failed instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failed;
        }
    }
}
