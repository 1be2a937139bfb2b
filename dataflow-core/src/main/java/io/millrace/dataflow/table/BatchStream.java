package io.millrace.dataflow.table;

import io.millrace.dataflow.schema.Schema;
import org.jspecify.annotations.Nullable;

/** Batches of one schema, pulled one at a time by one thread. Whoever pulls a batch closes it. */
public interface BatchStream extends AutoCloseable {
    /** The schema of every batch. */
    Schema schema();

    /** The next batch, or null after the last. Never an empty batch. */
    @Nullable
    Batch next();

    /** How many rows each operator behind the stream gave so far; none where the engine does not count them. */
    default RowCounts rowCounts() {
        return RowCounts.none();
    }

    /** The account of the reads behind the stream; complete after the last batch. */
    default ReadReport report() {
        return ReadReport.empty();
    }

    /** Stops the work behind the stream and frees what it holds. May be called at any time, more than once. */
    @Override
    void close();
}
