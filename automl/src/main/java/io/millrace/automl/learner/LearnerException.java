package io.millrace.automl.learner;

/** Says that a library that does the learning has failed; the message gives its own words. */
public final class LearnerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception whose message is a full sentence without a final stop. */
    public LearnerException(String message) {
        super(message);
    }

    /** Creates an exception with the failure behind it. */
    public LearnerException(String message, Throwable cause) {
        super(message, cause);
    }
}
