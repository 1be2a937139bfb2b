package io.millrace.dataflow.local;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.table.ReadReport;
import org.apache.arrow.memory.AllocationListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/** What the operators of one run share: memory, the request to stop, sources, threads and the account of reads. */
final class Run {
    /** The rows of a batch that an operator makes. */
    static final int BATCH_ROWS = 16_384;

    private final MemoryReservation memory;
    private final BufferAllocator allocator;
    private final Cancellation cancellation;
    private final SourceAccess access;
    private final int threads;
    private final Crew crew;
    private ReadReport report = ReadReport.empty();

    Run(
            BufferAllocator allocator,
            MemoryReservation memory,
            Cancellation cancellation,
            SourceAccess access,
            int threads) {
        this.allocator = allocator;
        this.memory = memory;
        this.cancellation = cancellation;
        this.access = access;
        this.threads = threads;
        this.crew = new Crew(threads);
    }

    /** An allocator whose buffers are all reserved from {@code memory}. */
    static BufferAllocator reserving(MemoryReservation memory) {
        return new RootAllocator(new ReservingListener(memory), Long.MAX_VALUE);
    }

    /** Takes memory for columns. */
    BufferAllocator allocator() {
        return allocator;
    }

    /** What is held outside of columns is reserved from it. */
    MemoryReservation memory() {
        return memory;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    SourceAccess access() {
        return access;
    }

    int threads() {
        return threads;
    }

    /** The threads that divide a loop over rows held in memory. The pipeline of the run closes it. */
    Crew crew() {
        return crew;
    }

    synchronized void add(ReadReport part) {
        report = report.plus(part);
    }

    synchronized ReadReport report() {
        return report;
    }

    /** A lack of memory, of Arrow's or of the heap, as an error that a user can read; null for any other failure. */
    static @Nullable DataflowException outOfMemory(Throwable failure) {
        return failure instanceof OutOfMemoryException || failure instanceof OutOfMemoryError
                ? DataflowException.of(
                                ErrorCode.OUT_OF_MEMORY,
                                "Cannot hold the rows of this run: the process has no more memory",
                                "Give the process more memory, filter or select columns earlier, or run on Spark")
                        .causedBy(failure)
                : null;
    }

    /** Reserves every buffer before it is made. */
    private record ReservingListener(MemoryReservation memory) implements AllocationListener {
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
