package io.millrace.dataflow.source;

/** What becomes of a file or blob that has the name of an output. */
public enum Existing {
    /** It is replaced at once, when the new one is whole; until then it stays as it is. */
    REPLACE,
    /** It stays, and the output is refused with {@code OUTPUT_EXISTS}, also when it appears meanwhile. */
    KEEP
}
