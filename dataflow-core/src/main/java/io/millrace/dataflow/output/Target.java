package io.millrace.dataflow.output;

import java.io.OutputStream;
import java.nio.file.Path;

/** Where the bytes of an output go. What is written appears there at once and whole, or not at all. */
public interface Target {
    /** A local file. An older file of that name is replaced; until then it stays as it is. */
    static Target file(Path path) {
        return new FileTarget(path);
    }

    /** The address as messages show it. */
    String display();

    /**
     * Says what is wrong before any work is done; opens nothing.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code INVALID_ARGUMENT} when nothing can be written there
     */
    void check();

    /**
     * Starts to write, after the same {@link #check}.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code IO_FAILED}; {@code INVALID_ARGUMENT} when nothing can
     *     be written there
     */
    Pending open();

    /** Bytes that are not yet visible at their target. */
    interface Pending extends AutoCloseable {
        /** Where they are written to. Whoever writes closes it. */
        OutputStream stream();

        /**
         * Makes what was written visible; the stream is closed by then.
         *
         * @throws io.millrace.dataflow.error.DataflowException {@code IO_FAILED}
         */
        void commit();

        /** Discards what was not committed. May be called more than once. */
        @Override
        void close();
    }
}
