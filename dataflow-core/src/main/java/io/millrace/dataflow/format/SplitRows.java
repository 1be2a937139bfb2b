package io.millrace.dataflow.format;

import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.ReadReport;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** The batches of one split, in order, decoded by the thread that pulls them. */
public final class SplitRows implements BatchStream {
    private final Schema schema;
    private final SplitReader reader;
    private final SplitAccount account;
    private final BufferAllocator allocator;
    private boolean ended;

    private SplitRows(Schema schema, SplitReader reader, BufferAllocator allocator) {
        this.schema = schema;
        this.reader = reader;
        this.account = SplitAccount.of(reader, ErrorPolicy.fail());
        this.allocator = allocator;
    }

    /** The rows of a reader, which is closed with them. */
    public static SplitRows of(Schema schema, SplitReader reader, BufferAllocator allocator) {
        return new SplitRows(schema, reader, allocator);
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public @Nullable Batch next() {
        while (true) {
            Block block = reader.next();
            if (block == null) {
                if (!ended) {
                    ended = true;
                    account.end();
                }
                return null;
            }
            Batch batch = block.decode(allocator);
            try {
                account.add(block, account.decoded(batch));
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

    /** The account of the records of the batches so far; complete after the last. */
    public ReadReport report() {
        return account.report();
    }

    @Override
    public void close() {
        reader.close();
    }
}
