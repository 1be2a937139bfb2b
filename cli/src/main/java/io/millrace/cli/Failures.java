package io.millrace.cli;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns whatever ended a command into the one kind of error that is shown. */
final class Failures {
    /** A signature, wherever a message of another library may have put one. */
    private static final Pattern SIGNATURE = Pattern.compile("(?i)\\b(sig)(=|%(25)*3d)[^&\\s\"'>]*");

    private static final int MOST_FRAMES = 40;

    private Failures() {}

    /** The error to show. One that we did not foresee is a bug, and is shown with what a report needs. */
    static DataflowException explain(Throwable failure) {
        Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof DataflowException known) {
                return known.code() == ErrorCode.INTERNAL ? withReport(known, failure) : known;
            }
            if (cause instanceof OutOfMemoryError full) {
                return outOfMemory(full);
            }
            cause = cause.getCause();
        }
        Throwable io = failure instanceof UncheckedIOException ? failure.getCause() : failure;
        if (io instanceof IOException) {
            return DataflowException.of(
                    ErrorCode.IO_FAILED, "Cannot go on: " + redacted(String.valueOf(io.getMessage())));
        }
        return withReport(
                DataflowException.of(
                        ErrorCode.INTERNAL,
                        "Cannot go on: " + failure.getClass().getSimpleName() + message(failure.getMessage())),
                failure);
    }

    private static DataflowException outOfMemory(OutOfMemoryError full) {
        return DataflowException.of(
                ErrorCode.OUT_OF_MEMORY,
                String.format(
                        Locale.ROOT,
                        "Cannot go on: memory is full (%s), with a heap of %,d MiB",
                        full.getMessage(),
                        Runtime.getRuntime().maxMemory() >> 20),
                "Give the process more with MILLRACE_OPTS=-Xmx8g, or read less");
    }

    private static DataflowException withReport(DataflowException error, Throwable failure) {
        List<String> details = new ArrayList<>(error.details());
        details.add("This is a bug in Millrace; please report it with the lines below");
        details.add(String.join(", ", new Version().getVersion()));
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        redacted(trace.toString()).lines().limit(MOST_FRAMES).forEach(line -> details.add(line.strip()));
        return DataflowException.of(ErrorCode.INTERNAL, redacted(error.what()), details);
    }

    private static String message(@Nullable String text) {
        return text == null ? "" : ": " + text.lines().findFirst().orElse("");
    }

    private static String redacted(String text) {
        return SIGNATURE.matcher(text).replaceAll("[signature]");
    }
}
