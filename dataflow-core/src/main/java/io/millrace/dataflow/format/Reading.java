package io.millrace.dataflow.format;

import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.source.SourceAccess;
import java.util.Objects;

/** With what files are read: the credentials that open them, and the request to stop. */
public record Reading(SourceAccess access, Cancellation cancellation) {
    public Reading {
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(cancellation, "cancellation");
    }
}
