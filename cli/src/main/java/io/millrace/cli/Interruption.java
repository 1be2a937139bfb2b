package io.millrace.cli;

import io.millrace.dataflow.execution.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What Ctrl-C does: it asks the command to stop and lets it end what it must, so that the best model so far is written.
 * The process then ends with the code of the signal, 130.
 */
final class Interruption {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CountDownLatch ended = new CountDownLatch(1);

    private Interruption() {}

    /** Asks {@code cancellation} to stop what is under way when the process is told to end. */
    static Interruption install(Cancellation cancellation) {
        Interruption interruption = new Interruption();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> interruption.stop(cancellation), "millrace-interruption"));
        return interruption;
    }

    /** The command has written all that it will write. */
    void ended() {
        ended.countDown();
    }

    private void stop(Cancellation cancellation) {
        if (ended.getCount() == 0) {
            return;
        }
        cancellation.cancel("interrupted");
        try {
            // The result says whether it was in time; either way the process ends.
            boolean inTime = ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (!inTime) {
                System.err.println("millrace: did not stop within " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
