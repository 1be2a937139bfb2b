package io.millrace.dataflow.format;

import io.millrace.dataflow.table.ReadReport;
import org.jspecify.annotations.Nullable;

/** The records of one split in blocks, in order, pulled by one thread. */
public interface SplitReader extends AutoCloseable {
    /**
     * The next block, or null after the last.
     *
     * @throws io.millrace.dataflow.error.DataflowException when the file cannot be read or its records cannot be found
     */
    @Nullable
    Block next();

    /** The account of the records of the blocks so far, complete when the last one is accounted for. */
    ReadReport report();

    /** Stops reading. May be called more than once. */
    @Override
    void close();
}
