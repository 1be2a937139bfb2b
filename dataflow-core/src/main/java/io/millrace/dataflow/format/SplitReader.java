package io.millrace.dataflow.format;

import io.millrace.dataflow.table.ReadReport;
import io.millrace.dataflow.table.Rejection;
import java.util.List;
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

    /** Says that rejections are wanted by {@link #takeRejections}. Asked for before the first block, if at all. */
    default void keepRejections() {}

    /**
     * The rejections found since this was last asked, in the order of their records; perhaps of blocks that were given
     * and are not yet accounted for. Empty unless {@link #keepRejections} was called. Not for two threads at once, but
     * perhaps while another thread asks for the next block.
     */
    default List<Rejection> takeRejections() {
        return List.of();
    }

    /** Stops reading. May be called more than once. */
    @Override
    void close();
}
