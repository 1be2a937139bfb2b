package io.millrace.cli;

import static java.util.Objects.requireNonNull;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * Where one run of the command writes, and what is at the other end.
 *
 * @param out standard output: results
 * @param err standard error: progress, notes and errors
 * @param width the columns of the terminal that shows standard output; empty if it is not one
 * @param live whether standard error is a terminal, on which a line may be drawn over
 */
record Surroundings(PrintStream out, PrintStream err, OptionalInt width, boolean live) {
    /** The variables by which the launcher says what the terminals are; a Java process cannot tell by itself. */
    private static final String WIDTH = "MILLRACE_WIDTH";

    private static final String LIVE = "MILLRACE_LIVE";

    Surroundings {
        requireNonNull(out, "out");
        requireNonNull(err, "err");
    }

    /** The streams of this process. */
    static Surroundings ofProcess() {
        return new Surroundings(
                stream(FileDescriptor.out, false),
                stream(FileDescriptor.err, true),
                width(System.getenv(WIDTH)),
                "1".equals(System.getenv(LIVE)));
    }

    PrintWriter outWriter() {
        return new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
    }

    PrintWriter errWriter() {
        return new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
    }

    private static PrintStream stream(FileDescriptor descriptor, boolean autoFlush) {
        return new PrintStream(
                new java.io.BufferedOutputStream(new FileOutputStream(descriptor)), autoFlush, StandardCharsets.UTF_8);
    }

    private static OptionalInt width(@org.jspecify.annotations.Nullable String text) {
        try {
            int width = text == null ? 0 : Integer.parseInt(text.strip());
            return width >= 20 ? OptionalInt.of(width) : OptionalInt.empty();
        } catch (NumberFormatException unknown) {
            return OptionalInt.empty();
        }
    }
}
