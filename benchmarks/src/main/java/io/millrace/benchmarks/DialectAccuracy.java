package io.millrace.benchmarks;

import io.millrace.dataflow.csv.detect.CsvDetection;
import io.millrace.dataflow.csv.detect.Trait;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How often the delimiter and the quote of annotated files are found: {@code DialectAccuracy DIRECTORY}. Beside a directory
 * {@code NAME} of files there is {@code NAME-dialect_annotations.txt} or {@code NAME_dialect_annotations.txt}, of lines
 * {@code file|encoding|delimiter|quote|...} in words.
 */
public final class DialectAccuracy {
    private static final String ANNOTATIONS = "dialect_annotations.txt";

    private static final Map<String, String> CHARACTERS = Map.ofEntries(
            Map.entry("comma", ","),
            Map.entry("semicolon", ";"),
            Map.entry("tab", "\t"),
            Map.entry("space", " "),
            Map.entry("vslash", "|"),
            Map.entry("pipe", "|"),
            Map.entry("colon", ":"),
            Map.entry("equal", "="),
            Map.entry("hash", "#"),
            Map.entry("asterisk", "*"),
            Map.entry("doublequote", "\""),
            Map.entry("singlequote", "'"));

    private DialectAccuracy() {}

    /** Prints each miss and the shares. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        List<Path> annotations;
        try (Stream<Path> files = Files.list(directory)) {
            annotations = files.filter(file -> file.toString().endsWith(ANNOTATIONS))
                    .sorted()
                    .toList();
        }
        for (Path file : annotations) {
            String name = file.getFileName().toString();
            Path data = directory.resolve(name.substring(0, name.length() - ANNOTATIONS.length() - 1));
            report(data, Files.readAllLines(file));
        }
    }

    private static void report(Path directory, List<String> annotations) {
        SourceAccess access = SourceAccess.with(Credentials.none());
        int files = 0;
        int right = 0;
        List<String> misses = new ArrayList<>();
        for (String line : annotations) {
            String[] parts = line.split("\\|", -1);
            Path file = directory.resolve(parts[0]);
            if (line.startsWith("#") || parts.length < 4 || !Files.exists(file)) {
                continue;
            }
            files++;
            String delimiter = CHARACTERS.getOrDefault(parts[2], parts[2]);
            String quote = CHARACTERS.getOrDefault(parts[3], parts[3]);
            try {
                CsvDetection found = CsvDetection.of(Source.file(file.toString()), access, Cancellation.create());
                boolean same = found.options().delimiter().strip().equals(delimiter.strip())
                        && (quote.isEmpty()
                                || found.options()
                                        .quote()
                                        .map(String::valueOf)
                                        .orElse("")
                                        .equals(quote));
                right += same ? 1 : 0;
                if (!same) {
                    misses.add(parts[0] + ": " + parts[2] + ", " + parts[3] + " and not "
                            + found.finding(Trait.DELIMITER) + "; " + found.finding(Trait.QUOTE));
                }
            } catch (DataflowException failed) {
                misses.add(parts[0] + ": " + failed.getMessage());
            }
        }
        misses.forEach(System.out::println);
        System.out.printf(
                Locale.ROOT,
                "%s: %d of %d, %.1f %%%n",
                directory.getFileName(),
                right,
                files,
                100.0 * right / Math.max(1, files));
    }
}
