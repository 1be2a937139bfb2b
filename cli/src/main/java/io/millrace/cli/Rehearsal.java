package io.millrace.cli;

import io.millrace.dataflow.execution.Cancellation;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Runs a few commands on a small file and shows nothing of it. A class-data archive that Java writes at the end holds
 * the classes that they need, which makes every later start quicker.
 */
public final class Rehearsal {
    private static final int ROWS = 200;

    private Rehearsal() {}

    /** Runs the commands on the engine that the only argument names. */
    public static void main(String[] arguments) throws IOException {
        String engine = arguments.length == 0 ? "local" : arguments[0];
        Path file = Files.createTempFile("millrace-rehearsal", ".csv");
        try {
            Files.writeString(file, rows());
            run("--help");
            run("head", "--help");
            run("head", file.toString(), "--engine", engine, "--master-of-none");
            run("head", file.toString(), "--engine", engine);
            run("schema", file.toString(), "--engine", engine);
            run("head", file.toString(), "--engine", engine, "--json");
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void run(String... arguments) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Main.run(arguments, new Surroundings(nowhere, nowhere, OptionalInt.of(100), false), Cancellation.create());
    }

    private static String rows() {
        StringBuilder csv = new StringBuilder("day,at,name,amount,count,open\n");
        for (int i = 0; i < ROWS; i++) {
            csv.append("2024-01-").append(i % 28 < 9 ? "0" : "").append(i % 28 + 1);
            csv.append(",2024-03-01T12:").append(10 + i % 50).append(":00Z");
            csv.append(i % 7 == 0 ? "," : ",\"name, " + i % 13 + "\"");
            csv.append(',').append(i / 8.0).append(',').append(i).append(i % 2 == 0 ? ",true\n" : ",false\n");
        }
        return csv.toString();
    }
}
