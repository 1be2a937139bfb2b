package io.millrace.dataflow.spark;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.Cancellation;

/** Finds in what Spark throws the error that a user should see. */
final class SparkFailures {
    private static final int DEEPEST = 32;

    private SparkFailures() {}

    /** The error of a task, where one of ours made the job fail; else one that says that Spark failed, and how. */
    static DataflowException readable(Throwable failure, Cancellation cancellation) {
        if (cancellation.isCancelled()) {
            try {
                cancellation.check();
            } catch (DataflowException cancelled) {
                return cancelled;
            }
        }
        Throwable cause = failure;
        Throwable deepest = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof DataflowException ours) {
                return ours;
            }
            if (cause instanceof OutOfMemoryError) {
                return DataflowException.of(
                                ErrorCode.OUT_OF_MEMORY,
                                "Cannot hold the rows of this run: a Spark process has no more memory",
                                "Give executors and driver more memory, or filter or select columns earlier")
                        .causedBy(failure);
            }
            deepest = cause;
            cause = cause.getCause();
        }
        if (deepest instanceof RuntimeException || deepest instanceof Error) {
            return DataflowException.of(
                            ErrorCode.INTERNAL,
                            "Cannot finish the Spark job: " + firstLine(deepest),
                            "This is a bug in Millrace; please report it")
                    .causedBy(failure);
        }
        return DataflowException.of(ErrorCode.ENGINE_FAILED, "Cannot finish the Spark job: " + firstLine(failure))
                .causedBy(failure);
    }

    private static String firstLine(Throwable failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("").strip();
    }
}
