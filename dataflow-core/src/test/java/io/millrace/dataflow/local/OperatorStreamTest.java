package io.millrace.dataflow.local;

import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.ReadReport;
import io.millrace.dataflow.table.Table;
import io.millrace.dataflow.testing.TableAssert;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperatorStreamTest {
    private final LocalEngine engine = LocalEngine.create();
    private final BufferAllocator allocator = new RootAllocator();
    private final MemoryReservation memory = MemoryReservation.ofBytes(1 << 24);
    private final Cancellation cancellation = Cancellation.create();

    @AfterEach
    void nothingStaysAllocated() {
        assertThat(engine.memoryHeld()).isZero();
        assertThat(memory.reserved()).isZero();
        assertThat(allocator.getAllocatedMemory()).isZero();
        allocator.close();
    }

    @Test
    void anOperatorRunsOverStreamsOfAnyOrigin() {
        Dataflow left = rows("k", "x").of("b", 1, "a", 2, "b", 3);
        Dataflow right = rows("k", "y").of("b", 7, "c", 8);
        Plan.Stage join = left.leftJoin(right, "k").plan(engine).result();

        try (BatchStream joined =
                OperatorStream.of(join, List.of(stream(left), stream(right)), allocator, memory, cancellation)) {
            TableAssert.assertThat(collected(joined))
                    .hasColumns("k", "x", "y")
                    .hasRows(row("b", 1, 7), row("a", 2, null), row("b", 3, 7));
        }
    }

    @Test
    void closingEarlyClosesTheInputs() {
        Dataflow input = rows("x").of(3, 1, 2);
        Plan.Stage sort = input.sort("x").plan(engine).result();

        BatchStream sorted = OperatorStream.of(sort, List.of(stream(input)), allocator, memory, cancellation);
        sorted.close();

        assertThat(sorted.next()).isNull();
    }

    private BatchStream stream(Dataflow dataflow) {
        return engine.stream(dataflow.plan(engine), cancellation);
    }

    private static Table collected(BatchStream stream) {
        List<Batch> batches = new ArrayList<>();
        for (Batch batch = stream.next(); batch != null; batch = stream.next()) {
            batches.add(batch);
        }
        return Table.of(stream.schema(), batches, ReadReport.empty(), () -> {});
    }
}
