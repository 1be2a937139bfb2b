package io.millrace.dataflow.local;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.format.InferenceCache;
import io.millrace.dataflow.output.QuarantineFiles;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.ReadReport;
import java.nio.file.Path;
import org.apache.arrow.memory.AllocationListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/** What the operators of one run share: memory, the request to stop, sources, threads and the account of reads. */
final class Run implements AutoCloseable {
    /** The rows of a batch that an operator makes. */
    static final int BATCH_ROWS = 16_384;

    private final MemoryReservation memory;
    private final BufferAllocator allocator;
    private final Cancellation cancellation;
    private final SourceAccess access;
    private final int threads;
    private final Crew crew;
    private final SpillSpace spill;
    private final long held;
    private final long start;
    private final int batchRows;
    private final QuarantineFiles quarantine = new QuarantineFiles();
    private InferenceCache inferred = new InferenceCache();
    private ReadReport report = ReadReport.empty();

    Run(
            BufferAllocator allocator,
            MemoryReservation memory,
            Cancellation cancellation,
            SourceAccess access,
            int threads) {
        this(allocator, memory, cancellation, access, threads, Limits.of(memory));
    }

    Run(
            BufferAllocator allocator,
            MemoryReservation memory,
            Cancellation cancellation,
            SourceAccess access,
            int threads,
            Limits limits) {
        this.allocator = allocator;
        this.memory = memory;
        this.cancellation = cancellation;
        this.access = access;
        this.threads = threads;
        this.crew = new Crew(threads);
        this.spill = new SpillSpace(limits.directory);
        this.held = limits.held;
        this.start = memory.available();
        this.batchRows = limits.batchRows;
    }

    /** An allocator whose buffers are all reserved from {@code memory}. */
    static BufferAllocator reserving(MemoryReservation memory) {
        return new RootAllocator(new ReservingListener(memory), Long.MAX_VALUE);
    }

    /** Scans of this run judge the files that somebody wants to know of. */
    void judgeFor(InferenceCache wanted) {
        inferred = wanted;
    }

    /** What is known of the columns of files, and wanted. */
    InferenceCache inferred() {
        return inferred;
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

    /**
     * Returns when nobody asked to stop, neither by the token of the run nor by an interrupt of the thread.
     *
     * @throws DataflowException {@code CANCELLED}
     */
    void check() {
        cancellation.check();
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted();
        }
    }

    /** The error of a run whose thread was interrupted. */
    static DataflowException interrupted() {
        return DataflowException.of(ErrorCode.CANCELLED, "Cannot go on: the thread was interrupted");
    }

    SourceAccess access() {
        return access;
    }

    int threads() {
        return threads;
    }

    /** The rows of a batch that an operator makes. */
    int batchRows() {
        return batchRows;
    }

    /** Takes rows that do not fit in memory. */
    SpillSpace spill() {
        return spill;
    }

    /** Takes what scans reject, where their policy says so. */
    QuarantineFiles quarantine() {
        return quarantine;
    }

    /**
     * Whether an operator that holds rows should set some aside: with {@code more} bytes, this run would hold more than
     * its share. What it holds may double after this, as tables do when they grow.
     */
    boolean isShort(long more) {
        return start - memory.available() + more > held;
    }

    /** How many rows of a batch, one at least, are so few that as many of each of several files may be in memory. */
    int rowsOfPiece(Batch batch, int files) {
        long bytes = 0;
        for (Cells cells : batch.columns()) {
            bytes += cells.values().getBufferSize();
        }
        long perRow = bytes / Math.max(1, batch.rowCount()) + 1;
        return (int) Math.max(1, Math.min(batchRows, held / (4L * files) / perRow));
    }

    /** Ends the threads and removes the files. The pipeline of the run calls it. */
    @Override
    public void close() {
        crew.close();
        spill.close();
        quarantine.close();
    }

    /**
     * How much a run holds.
     *
     * @param held how many bytes before operators set rows aside
     * @param batchRows the rows of a batch
     * @param directory where rows are set aside
     */
    record Limits(long held, int batchRows, Path directory) {
        /** Three eighths of what is free: what an operator holds may double, and others hold something too. */
        static Limits of(MemoryReservation memory) {
            return new Limits(memory.available() / 8 * 3, BATCH_ROWS, temporaryDirectory());
        }

        static Path temporaryDirectory() {
            return Path.of(System.getProperty("java.io.tmpdir"));
        }
    }

    /** The threads that divide a loop over rows held in memory. */
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
