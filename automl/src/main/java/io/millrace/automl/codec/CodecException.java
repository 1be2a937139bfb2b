package io.millrace.automl.codec;

/** Says that bytes cannot be what they are read as: they are truncated, damaged, or of an unknown version. */
public final class CodecException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception whose message is a full sentence without a final stop. */
    public CodecException(String message) {
        super(message);
    }
}
