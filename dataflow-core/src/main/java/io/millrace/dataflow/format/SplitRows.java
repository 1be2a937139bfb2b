package io.millrace.dataflow.format;

import io.millrace.dataflow.execution.OrderedWorkers;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.ReadReport;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** The batches of one split, in order, decoded by the thread that pulls them or by others. */
public final class SplitRows implements BatchStream {
    private final Schema schema;
    private final SplitReader reader;
    private final SplitAccount account;
    private final BufferAllocator allocator;
    /** Those that decode; null where the thread that pulls does. */
    private final @Nullable OrderedWorkers<Ready> workers;

    /** Whether the reader stopped in the middle of a block, perhaps behind all rows that anybody wants. */
    private volatile boolean failed;

    private volatile boolean closing;

    private boolean ended;

    /** A block that was decoded. */
    private record Ready(Block block, Batch batch, SplitAccount.Decoded decoded) {}

    private SplitRows(Schema schema, SplitReader reader, BufferAllocator allocator, @Nullable Reading reading) {
        this.schema = schema;
        this.reader = reader;
        this.account = SplitAccount.of(reader, ErrorPolicy.fail());
        this.allocator = allocator;
        this.workers = reading == null
                ? null
                : new OrderedWorkers<>(
                        this::take, unwanted -> unwanted.batch().close(), reading.threads(), reading.cancellation());
    }

    /** The rows of a reader, which is closed with them. */
    public static SplitRows of(Schema schema, SplitReader reader, BufferAllocator allocator) {
        return new SplitRows(schema, reader, allocator, null);
    }

    /** The rows of a reader, which is closed with them, decoded on as many threads as a reading has if not on one. */
    public static SplitRows of(Schema schema, SplitReader reader, BufferAllocator allocator, Reading reading) {
        return new SplitRows(schema, reader, allocator, reading.threads() > 1 ? reading : null);
    }

    private @Nullable Supplier<Ready> take() {
        Block block;
        try {
            block = reader.next();
        } catch (RuntimeException | Error failure) {
            failed = !closing;
            throw failure;
        }
        return block == null ? null : () -> decoded(block);
    }

    private Ready decoded(Block block) {
        Batch batch = block.decode(allocator);
        try {
            return new Ready(block, batch, account.decoded(batch));
        } catch (RuntimeException | Error failure) {
            batch.close();
            throw failure;
        }
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public @Nullable Batch next() {
        while (true) {
            Ready ready = ready();
            if (ready == null) {
                if (!ended) {
                    ended = true;
                    account.end();
                }
                return null;
            }
            Batch batch = ready.batch();
            try {
                account.add(ready.block(), ready.decoded());
            } catch (RuntimeException | Error failure) {
                batch.close();
                throw failure;
            }
            if (batch.rowCount() > 0) {
                return batch;
            }
            batch.close();
        }
    }

    private @Nullable Ready ready() {
        if (workers != null) {
            return workers.next();
        }
        Block block = reader.next();
        return block == null ? null : decoded(block);
    }

    /**
     * The account of the records that were read, of the batches so far and those that were made ready. To be asked when all
     * batches were given, or these rows are closed. Nothing where reading on failed.
     */
    @Override
    public ReadReport report() {
        return failed ? ReadReport.empty() : account.report();
    }

    @Override
    public void close() {
        closing = true;
        try (reader) {
            if (workers != null) {
                workers.close();
            }
        }
    }
}
