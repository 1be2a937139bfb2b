package io.millrace.dataflow.source;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;

/**
 * A shared access signature: the query string that grants access to a blob. A secret: it cannot be printed, serialised
 * or compared by value.
 */
public final class SasToken {
    private final String query;

    private SasToken(String query) {
        this.query = query;
    }

    /** A token from its text, {@code sv=...&sig=...}, with or without a leading question mark. */
    public static SasToken of(String query) {
        String trimmed = query.strip();
        return new SasToken(trimmed.startsWith("?") ? trimmed.substring(1) : trimmed);
    }

    /**
     * A token from an environment variable.
     *
     * @throws DataflowException {@code UNKNOWN_CREDENTIAL} when the variable is not set
     */
    public static SasToken fromEnvironment(String variable) {
        String value = System.getenv(variable);
        if (value == null || value.isBlank()) {
            throw DataflowException.of(
                    ErrorCode.UNKNOWN_CREDENTIAL,
                    "Cannot read a credential from environment variable '" + variable + "': it is not set");
        }
        return of(value);
    }

    /** The query string without a question mark. Only code that sends a request, or hands it to one that does, calls this. */
    public String reveal() {
        return query;
    }

    @Override
    public String toString() {
        return "SasToken[redacted]";
    }
}
