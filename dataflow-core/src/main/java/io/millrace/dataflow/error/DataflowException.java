package io.millrace.dataflow.error;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of Millrace: a code, what could not be done, and then where, why and what to do about it.
 *
 * <p>{@link #getMessage()} is {@code CODE: what}, followed by one indented line per detail. It never holds a secret,
 * nor data of a row beyond the offending cell.
 */
public final class DataflowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String what;
    private final List<String> details;

    private DataflowException(ErrorCode code, String what, List<String> details, @Nullable Throwable cause) {
        super(render(code, what, details), cause);
        this.code = code;
        this.what = what;
        this.details = List.copyOf(details);
    }

    /**
     * An error without a cause.
     *
     * @param what one sentence without a full stop, by convention starting with "Cannot"
     * @param details further lines: where, why, what to do
     */
    public static DataflowException of(ErrorCode code, String what, String... details) {
        return new DataflowException(code, what, List.of(details), null);
    }

    /** An error without a cause, its details in a list. */
    public static DataflowException of(ErrorCode code, String what, List<String> details) {
        return new DataflowException(code, what, details, null);
    }

    /** The same error, caused by {@code cause}. The cause's message is not part of this one's. */
    public DataflowException causedBy(Throwable cause) {
        DataflowException copy = new DataflowException(code, what, details, Objects.requireNonNull(cause, "cause"));
        copy.setStackTrace(getStackTrace());
        return copy;
    }

    /** The same error with {@code line} as its first detail, the place for "step 4 of 7, at Churn.java:41". */
    public DataflowException at(String line) {
        List<String> all = new ArrayList<>();
        all.add(line);
        all.addAll(details);
        DataflowException copy = new DataflowException(code, what, all, getCause());
        copy.setStackTrace(getStackTrace());
        return copy;
    }

    /** The stable name of the error. */
    public ErrorCode code() {
        return code;
    }

    /** Whose fault it is. */
    public ErrorCode.Kind kind() {
        return code.kind();
    }

    /** What could not be done, in one sentence. */
    public String what() {
        return what;
    }

    /** Where, why and what to do, a line each. */
    public List<String> details() {
        return details;
    }

    private static String render(ErrorCode code, String what, List<String> details) {
        StringBuilder text = new StringBuilder(code.name()).append(": ").append(what);
        for (String detail : details) {
            text.append("\n  ").append(detail);
        }
        return text.toString();
    }
}
