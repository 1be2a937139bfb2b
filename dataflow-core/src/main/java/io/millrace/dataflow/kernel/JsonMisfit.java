package io.millrace.dataflow.kernel;

import java.io.IOException;

/** A text that is not JSON, or not of the type wanted. Has no stack trace: it becomes an error value. */
final class JsonMisfit extends IOException {
    private static final long serialVersionUID = 1;

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
