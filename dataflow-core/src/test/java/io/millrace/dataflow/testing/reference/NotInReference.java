package io.millrace.dataflow.testing.reference;

/** The reference does not say what something means. */
public final class NotInReference extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotInReference(String what) {
        super(what);
    }
}
