package io.millrace.dataflow.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.error.DataflowException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MemoryReservationTest {
    private static final int TRIES = 20_000;

    @Test
    void whatDoesNotFitIsRefusedAndNotTaken() {
        MemoryReservation run = MemoryReservation.ofBytes(3 << 20);
        MemoryReservation sort = run.child("sort");
        MemoryReservation join = run.child("join");
        sort.reserve(2 << 20);

        assertThatThrownBy(() -> sort.reserve(2 << 20)).hasMessage("""
                OUT_OF_MEMORY: Cannot hold 4 MiB for sort: the limit is 3 MiB
                  Give the process more memory, filter or select columns earlier, or run on Spark""");
        assertThatThrownBy(() -> join.reserve(2 << 20)).hasMessage("""
                OUT_OF_MEMORY: Cannot hold 4 MiB for run: the limit is 3 MiB
                  Give the process more memory, filter or select columns earlier, or run on Spark""");
        assertThat(run.reserved()).isEqualTo(2 << 20);
        assertThat(sort.reserved()).isEqualTo(2 << 20);
        assertThat(join.reserved()).isZero();
    }

    @Test
    void allOfTheLimitCanBeTaken() {
        MemoryReservation run = MemoryReservation.ofBytes(100);
        run.reserve(60);
        run.child("sort").reserve(40);

        assertThat(run.available()).isZero();
    }

    @Test
    void whatIsRefusedIsNeverSeenByOthers() throws InterruptedException, ExecutionException {
        MemoryReservation run = MemoryReservation.ofBytes(100);
        ExecutorService threads = Executors.newFixedThreadPool(1);
        try {
            Future<Integer> refused = threads.submit(() -> refusals(run));
            long most = 0;
            while (!refused.isDone()) {
                run.reserve(90);
                most = Math.max(most, run.reserved());
                run.release(90);
            }
            assertThat(most).isLessThanOrEqualTo(100);
            assertThat(refused.get()).isEqualTo(TRIES);
        } finally {
            threads.shutdownNow();
        }
        assertThat(run.reserved()).isZero();
    }

    private static int refusals(MemoryReservation memory) {
        int refused = 0;
        for (int i = 0; i < TRIES; i++) {
            try {
                memory.reserve(101);
            } catch (DataflowException expected) {
                refused++;
            }
        }
        return refused;
    }
}
