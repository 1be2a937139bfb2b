package io.millrace.cli;

import io.millrace.dataflow.execution.Cancellation;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Runs commands on a small file and shows nothing of it. A class-data archive that Java writes at the end holds the
 * classes that they need, which makes every later start quicker.
 */
public final class Rehearsal {
    private static final int ROWS = 200;

    private Rehearsal() {}

    /** Runs the commands on the engine that the only argument names, and ends the process. */
    public static void main(String[] arguments) throws IOException {
        rehearse(arguments.length == 0 ? "local" : arguments[0]);
        System.exit(0);
    }

    /** Runs the commands; gives their exit codes. */
    static List<Integer> rehearse(String engine) throws IOException {
        Path directory = Files.createTempDirectory("millrace-rehearsal");
        String csv = directory.resolve("rows.csv").toString();
        String model = directory.resolve("model").toString();
        List<String> on = engine.equals("spark") ? List.of("--engine", "spark", "--master", "local[1]") : List.of();
        try {
            Files.writeString(Path.of(csv), rows());
            List<Integer> codes = new ArrayList<>();
            codes.add(run(List.of(), "--help"));
            codes.add(run(List.of(), "--version"));
            codes.add(run(List.of(), "head", "--help"));
            codes.add(run(on, "head", csv));
            codes.add(run(on, "head", csv + ".absent"));
            codes.add(run(on, "schema", csv));
            codes.add(run(on, "head", csv, "--json"));
            codes.add(run(on, "automl", csv, "--target", "open", "--trials", "1", "--holdout", "0.5", "--out", model));
            codes.add(
                    run(on, "predict", model + "/model.millrace", csv, "--out", directory.resolve("scored.csv") + ""));
            return codes;
        } finally {
            delete(directory);
        }
    }

    private static int run(List<String> more, String... arguments) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(more);
        return Main.run(
                all.toArray(new String[0]),
                new Surroundings(nowhere, nowhere, OptionalInt.of(100), false),
                Cancellation.create());
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
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
