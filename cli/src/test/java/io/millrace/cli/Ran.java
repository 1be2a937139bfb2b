package io.millrace.cli;

import io.millrace.dataflow.execution.Cancellation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** What a run of the command printed, and its exit code. */
record Ran(int code, String out, String err) {
    /** Runs the command without terminals. */
    static Ran millrace(String... arguments) {
        return in(OptionalInt.empty(), Cancellation.create(), arguments);
    }

    static Ran in(OptionalInt width, Cancellation cancellation, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                width,
                false);
        int code = Main.run(arguments, surroundings, cancellation);
        surroundings.out().flush();
        surroundings.err().flush();
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
