package io.millrace.dataflow.source;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How remote files are read.
 *
 * @param clock tells whether a signature has expired
 * @param pause waits between two attempts
 * @param openingBytes what the request that opens a file asks for, so that a small file needs no second one
 * @param firstBlockBytes the size of the first block that is fetched ahead; each next one is twice as large, up to
 *     {@code blockBytes}, so that a preview does not fetch much that nobody reads
 * @param blockBytes the largest block, in bytes. Requests much smaller are bound by the number of requests
 * @param blocksInFlight how many blocks of one stream are fetched at a time
 * @param patience how long a server may send nothing before the request counts as failed
 */
record RemoteSettings(
        Clock clock,
        Pause pause,
        int openingBytes,
        int firstBlockBytes,
        int blockBytes,
        int blocksInFlight,
        Duration patience) {

    /** How often a request is tried again after a failure that may pass. */
    static final int RETRIES = 5;

    /** The longest pause that a server may ask for. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    /** How long a waiting thread goes without looking whether it should stop. */
    static final Duration TICK = Duration.ofMillis(50);

    static RemoteSettings defaults() {
        return new RemoteSettings(
                Clock.systemUTC(), RemoteSettings::park, 256 << 10, 1 << 20, 8 << 20, 3, Duration.ofSeconds(60));
    }

    /** Throws when the bytes are no longer wanted. */
    @FunctionalInterface
    interface Checkpoint {
        void check();
    }

    /** Waits for a time, or until a checkpoint throws. */
    @FunctionalInterface
    interface Pause {
        void pause(Duration time, Checkpoint checkpoint);
    }

    private static void park(Duration time, Checkpoint checkpoint) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            checkpoint.check();
            if (Thread.currentThread().isInterrupted()) {
                throw RemoteErrors.interrupted();
            }
            LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(TICK.toMillis())));
        }
    }
}
