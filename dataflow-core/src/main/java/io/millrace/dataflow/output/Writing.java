package io.millrace.dataflow.output;

import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.SourceAccess;
import java.util.Objects;

/**
 * What targets are written with. An engine says what it knows with {@code engine.access()}.
 *
 * @param access opens blobs, with the credentials it knows
 * @param cancellation stops the writing
 */
public record Writing(SourceAccess access, Cancellation cancellation) {
    public Writing {
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(cancellation, "cancellation");
    }

    /** Writing without credentials, which nobody cancels. */
    public static Writing plain() {
        return new Writing(SourceAccess.with(Credentials.none()), Cancellation.create());
    }
}
