package io.millrace.dataflow.format;

import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Rejection;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** Makes rows of the lines of one file. Thread-safe. */
public interface LineDecoder {
    /**
     * The rows of some lines, of which blank ones may be no record.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code MALFORMED_ROW} where the policy says so
     */
    Decoded decode(Lines lines, BufferAllocator allocator);

    /**
     * Rows and the account of them.
     *
     * @param batch the rows, which the caller takes over
     * @param rejections the records that did not become rows
     */
    record Decoded(Batch batch, List<Rejection> rejections) {
        public Decoded {
            rejections = List.copyOf(rejections);
        }
    }
}
