package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.table.CellError.Code;
import org.jspecify.annotations.Nullable;

/** A function that has no value for its arguments. */
final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Code code;
    private final @Nullable String text;

    /** An error whose text is the call itself. */
    Wrong(Code code) {
        this(code, null);
    }

    /** An error with a text of its own; that of the call when it is null. */
    Wrong(Code code, @Nullable String text) {
        super(text, null, false, false);
        this.code = code;
        this.text = text;
    }

    Code code() {
        return code;
    }

    @Nullable
    String text() {
        return text;
    }
}
