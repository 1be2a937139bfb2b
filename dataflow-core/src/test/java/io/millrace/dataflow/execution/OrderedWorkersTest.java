package io.millrace.dataflow.execution;

import static io.millrace.dataflow.schema.DataTypes.INT64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.kernel.CellValues;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrderedWorkersTest {
    private static final Schema SCHEMA = Schema.of(Field.required("n", INT64));

    private final BufferAllocator allocator = new RootAllocator();
    private final Cancellation cancellation = Cancellation.create();
    private final AtomicInteger taken = new AtomicInteger();

    @AfterEach
    void nothingStaysAllocated() {
        assertThat(allocator.getAllocatedMemory()).isZero();
        allocator.close();
    }

    @Test
    void batchesComeInTheOrderOfTheWorkWhoeverEndsFirst() {
        CountDownLatch second = new CountDownLatch(1);
        OrderedWorkers.Source<Batch> source = upTo(100, number -> {
            if (number == 0) {
                await(second);
            } else if (number == 1) {
                second.countDown();
            }
            return batch(number);
        });

        try (OrderedWorkers<Batch> workers = new OrderedWorkers<>(source, Batch::close, 3, cancellation)) {
            assertThat(numbers(workers)).hasSize(100).isSorted().startsWith(0L, 1L, 2L);
        }
    }

    @Test
    void aFailureComesAtItsPlaceAndStopsTheSource() {
        OrderedWorkers.Source<Batch> source = upTo(1_000_000, number -> {
            if (number == 5) {
                throw new IllegalStateException("number 5");
            }
            return batch(number);
        });

        try (OrderedWorkers<Batch> workers = new OrderedWorkers<>(source, Batch::close, 2, cancellation)) {
            for (int i = 0; i < 5; i++) {
                try (Batch batch = workers.next()) {
                    assertThat(batch).isNotNull();
                }
            }
            assertThatThrownBy(workers::next).hasMessage("number 5");
        }
        assertThat(taken.get()).isLessThan(100);
    }

    @Test
    void aFailureOfTheSourceComesAfterWhatItGave() {
        OrderedWorkers.Source<Batch> source = () -> {
            int number = taken.getAndIncrement();
            if (number == 2) {
                throw new IllegalStateException("no more");
            }
            return () -> batch(number);
        };

        try (OrderedWorkers<Batch> workers = new OrderedWorkers<>(source, Batch::close, 2, cancellation)) {
            close(workers.next());
            close(workers.next());
            assertThatThrownBy(workers::next).hasMessage("no more");
        }
    }

    @Test
    void onlySoManyBatchesWait() {
        OrderedWorkers<Batch> workers =
                new OrderedWorkers<>(upTo(1_000_000, this::batch), Batch::close, 2, cancellation);
        close(workers.next());
        workers.close();

        assertThat(taken.get()).isLessThanOrEqualTo(5);
    }

    @Test
    void cancellingEndsTheWait() {
        CountDownLatch never = new CountDownLatch(1);
        OrderedWorkers.Source<Batch> source = () -> () -> {
            await(never);
            return batch(0);
        };

        try (OrderedWorkers<Batch> workers = new OrderedWorkers<>(source, Batch::close, 2, cancellation)) {
            cancellation.cancel("asked to");
            assertThatThrownBy(workers::next).hasMessage("CANCELLED: Cannot go on: asked to");
        }
    }

    private OrderedWorkers.Source<Batch> upTo(int end, Work work) {
        return () -> {
            int number = taken.getAndIncrement();
            return number < end ? () -> work.make(number) : null;
        };
    }

    @FunctionalInterface
    private interface Work {
        Batch make(int number);
    }

    private Batch batch(int number) {
        return Batch.of(SCHEMA, List.of(CellValues.of(INT64, List.of((long) number), allocator)), 1, null);
    }

    private static List<Long> numbers(OrderedWorkers<Batch> workers) {
        List<Long> numbers = new ArrayList<>();
        for (Batch batch = workers.next(); batch != null; batch = workers.next()) {
            numbers.add((Long) batch.cells(0).value(0));
            batch.close();
        }
        return numbers;
    }

    private static void close(@Nullable Batch batch) {
        assertThat(batch).isNotNull();
        if (batch != null) {
            batch.close();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("interrupted", interrupted);
        }
    }
}
