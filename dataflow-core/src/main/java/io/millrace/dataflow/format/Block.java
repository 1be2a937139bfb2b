package io.millrace.dataflow.format;

import io.millrace.dataflow.table.Batch;
import org.apache.arrow.memory.BufferAllocator;

/** Some consecutive records of one file, not yet typed. Never empty, but its batch may have no rows. */
public interface Block {
    /**
     * Makes the rows of the columns that the scan asks for. Needs nothing but this block, so blocks may be decoded on
     * several threads at once; each is decoded once. The caller closes the batch.
     */
    Batch decode(BufferAllocator allocator);

    /**
     * Adds the records of this block to the account of its reader. Called after {@link #decode}, for the blocks of a
     * reader in their order.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code MALFORMED_ROW} when too many records were rejected
     */
    default void account() {}
}
