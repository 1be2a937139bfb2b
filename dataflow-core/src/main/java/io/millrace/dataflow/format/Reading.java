package io.millrace.dataflow.format;

import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.source.SourceAccess;
import java.util.Objects;

/**
 * With what files are read.
 *
 * @param access the credentials that open them
 * @param cancellation the request to stop
 * @param threads on how many threads they may be judged
 */
public record Reading(SourceAccess access, Cancellation cancellation, int threads) {
    /** Reads on the calling thread. */
    public Reading(SourceAccess access, Cancellation cancellation) {
        this(access, cancellation, 1);
    }

    public Reading {
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(cancellation, "cancellation");
    }
}
