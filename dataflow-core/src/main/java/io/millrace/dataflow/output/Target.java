package io.millrace.dataflow.output;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.source.Existing;
import io.millrace.dataflow.source.Source;
import java.io.OutputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** Where the bytes of an output go. What is written appears there at once and whole, or not at all. */
public interface Target {
    /** A local file. An older file of that name is replaced; until then it stays as it is. */
    static Target file(Path path) {
        return new FileTarget(path, Existing.REPLACE);
    }

    /**
     * The target at an address: a local path, or the URL of a blob, with its signature or without. An older file or blob
     * of that name is replaced; until then it stays as it is.
     *
     * @throws DataflowException {@code INVALID_ADDRESS}; {@code INVALID_ARGUMENT} for what cannot be a path
     */
    static Target of(String address) {
        String start = address.strip().toLowerCase(Locale.ROOT);
        if (start.startsWith("http://") || start.startsWith("https://") || start.startsWith("file:")) {
            return of(Source.of(address));
        }
        try {
            return file(Path.of(address));
        } catch (InvalidPathException malformed) {
            throw DataflowException.of(
                            ErrorCode.INVALID_ARGUMENT, "Cannot write to '" + address + "': it is not a path")
                    .causedBy(malformed);
        }
    }

    /** The target at the address of a source: {@code Source.blob(url, Credential.named("lake"))}. */
    static Target of(Source source) {
        return source instanceof Source.File file
                ? file(Path.of(file.path()))
                : new BlobTarget(source, Existing.REPLACE);
    }

    /** The address as messages show it. */
    String display();

    /** The same target, with another fate of what has its name. */
    Target existing(Existing fate);

    /**
     * Says what is wrong before any work is done; opens nothing.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT} when nothing can be written there
     */
    void check();

    /**
     * Starts to write, after the same {@link #check}.
     *
     * @throws DataflowException {@code IO_FAILED}; {@code INVALID_ARGUMENT} when nothing can be written there;
     *     {@code OUTPUT_EXISTS}; for a blob {@code SAS_NOT_USABLE}, {@code UNKNOWN_CREDENTIAL}, {@code SOURCE_FORBIDDEN}
     */
    Pending open(Writing writing);

    /** Bytes that are not yet visible at their target. */
    interface Pending extends AutoCloseable {
        /** Where they are written to. Whoever writes closes it. */
        OutputStream stream();

        /**
         * Makes what was written visible; the stream is closed by then.
         *
         * @throws DataflowException {@code IO_FAILED}; {@code OUTPUT_EXISTS} for what is to be kept; what writing a blob
         *     throws
         */
        void commit();

        /** Discards what was not committed. May be called more than once. */
        @Override
        void close();
    }
}
