package io.millrace.dataflow.spark;

import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.table.BatchStream;
import org.apache.arrow.memory.AllocationListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * What our code holds inside one Spark task: memory, and a token that is cancelled when Spark kills the task. Freed when
 * the task ends, however it ends.
 */
public final class TaskScope {
    private final TaskContext context;
    private final Cancellation cancellation = Cancellation.create();
    private final MemoryReservation memory =
            MemoryReservation.ofBytes(Runtime.getRuntime().maxMemory());
    private final BufferAllocator allocator = new RootAllocator(new Reserving(memory), Long.MAX_VALUE);

    private TaskScope(TaskContext context) {
        this.context = context;
    }

    /** A scope of the running task. */
    public static TaskScope open() {
        TaskScope scope = new TaskScope(TaskContext.get());
        scope.onEnd(scope::free);
        return scope;
    }

    /** A stream that is closed when the task ends, before the memory it may use is freed. */
    BatchStream closing(BatchStream stream) {
        onEnd(stream::close);
        return stream;
    }

    /** What the task's columns are held in; it must be given back before the task ends. */
    public BufferAllocator allocator() {
        return allocator;
    }

    MemoryReservation memory() {
        return memory;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /**
     * Returns when the task may go on.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code CANCELLED} when Spark has killed it
     */
    public void check() {
        if (context.isInterrupted()) {
            cancellation.cancel("Spark stopped the task");
        }
        cancellation.check();
    }

    /** Runs {@code end} when the task ends; what was registered last goes first. */
    public void onEnd(Runnable end) {
        context.addTaskCompletionListener((TaskCompletionListener) ended -> end.run());
    }

    private void free() {
        cancellation.cancel("the task has ended");
        long held = allocator.getAllocatedMemory();
        assert held == 0 : held + " bytes are held after the task";
        if (held == 0) {
            allocator.close();
        }
    }

    /** Reserves every buffer before it is made. */
    private record Reserving(MemoryReservation memory) implements AllocationListener {
        @Override
        public void onPreAllocation(long size) {
            memory.reserve(size);
        }

        @Override
        public void onRelease(long size) {
            memory.release(size);
        }
    }
}
