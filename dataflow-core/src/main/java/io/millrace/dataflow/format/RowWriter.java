package io.millrace.dataflow.format;

import io.millrace.dataflow.table.Batch;

/** Writes the rows of a file. Closing it without {@link #finish} leaves a file that is not whole. */
public interface RowWriter extends AutoCloseable {
    /**
     * Writes the rows of a batch, which stays the caller's.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code IO_FAILED}
     */
    void write(Batch batch);

    /**
     * Writes what is still held, and the end of the file.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code IO_FAILED}
     */
    void finish();

    /** Frees what the writer holds and closes its stream. May be called more than once. */
    @Override
    void close();
}
