package io.millrace.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The command that reads suites of small CSV files and says where a reader should have given something else:
 * {@code CsvConformance DIRECTORY}. Below the directory it looks for {@code csv-spectrum} (files beside what they hold in
 * JSON) and {@code java-csv-comparison} (checks in YAML), which it does not bring.
 */
public final class CsvConformance {
    private final LocalEngine engine;
    private final Path scratch;
    private final List<String> failures = new ArrayList<>();

    private CsvConformance(LocalEngine engine, Path scratch) {
        this.engine = engine;
        this.scratch = scratch;
    }

    /** Reads and prints. */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        Path scratch = Files.createTempDirectory("millrace-conformance");
        try (LocalEngine engine = LocalEngine.create()) {
            CsvConformance conformance = new CsvConformance(engine, scratch);
            conformance.spectrum(directory.resolve("csv-spectrum"));
            conformance.comparison(directory.resolve("java-csv-comparison"));
        } finally {
            try (Stream<Path> files = Files.list(scratch)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(scratch);
        }
    }

    private void spectrum(Path suite) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(suite.resolve("csvs"))) {
            files = listed.sorted().toList();
        }
        int right = 0;
        for (Path file : files) {
            String name = file.getFileName().toString().replace(".csv", "");
            JsonNode wanted = new ObjectMapper()
                    .readTree(suite.resolve("json").resolve(name + ".json").toFile());
            right += agrees(name, records(wanted), () -> named(file)) ? 1 : 0;
        }
        print("csv-spectrum", right, files.size());
    }

    /** The names and texts of every record. */
    private static List<List<String>> records(JsonNode wanted) {
        List<List<String>> records = new ArrayList<>();
        for (JsonNode record : wanted.isArray() ? wanted : List.of(wanted)) {
            List<String> cells = new ArrayList<>();
            record.fieldNames().forEachRemaining(name -> {
                cells.add(name);
                cells.add(record.path(name).asText());
            });
            records.add(cells);
        }
        return records;
    }

    private List<List<String>> named(Path file) {
        try (Table table =
                Dataflow.readCsv(file.toString(), CsvOptions::allText).collect(engine)) {
            List<List<String>> records = new ArrayList<>();
            for (List<?> row : table.rows()) {
                List<String> cells = new ArrayList<>();
                for (int column = 0; column < row.size(); column++) {
                    cells.add(table.schema().field(column).name());
                    cells.add(row.get(column) == null ? "" : String.valueOf(row.get(column)));
                }
                records.add(cells);
            }
            return records;
        }
    }

    private void comparison(Path suite) throws IOException {
        List<Path> documents;
        try (Stream<Path> listed = Files.list(suite.resolve("tests"))) {
            documents = listed.sorted().toList();
        }
        int right = 0;
        int all = 0;
        for (Path document : documents) {
            CsvChecks checks = CsvChecks.of(Files.readAllLines(document, StandardCharsets.UTF_8));
            for (CsvChecks.Check check : checks.checks()) {
                all++;
                right += check.variants().stream().allMatch(variant -> agrees(checks, variant)) ? 1 : 0;
            }
        }
        print("java-csv-comparison", right, all);
    }

    private boolean agrees(CsvChecks checks, CsvChecks.Check check) {
        Path file = scratch.resolve("check.csv");
        try {
            Files.writeString(file, check.input(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
        int width = check.records().stream().mapToInt(List::size).max().orElse(1);
        // In a file of one column a blank line is a record.
        List<Schema.Field> columns = new ArrayList<>();
        for (int column = 0; column < (checks.skipsBlankLines() ? Math.max(2, width) : width); column++) {
            columns.add(Schema.Field.optional("c" + column, DataTypes.TEXT));
        }
        UnaryOperator<CsvOptions> options = csv -> {
            CsvOptions lenient = csv.withoutHeader().schema(Schema.of(columns)).errors(ErrorPolicy.keep());
            return checks.comments() == CsvChecks.Comments.NONE ? lenient : lenient.comment('#');
        };
        return agrees(check.id() + (checks.allowsFailure() ? " (may fail)" : ""), check.records(), () -> {
            try {
                return cells(file, options);
            } catch (DataflowException failure) {
                if (checks.allowsFailure()) {
                    return check.records();
                }
                throw failure;
            }
        });
    }

    /** The cells of every record, as many as it has. */
    private List<List<String>> cells(Path file, UnaryOperator<CsvOptions> options) {
        try (Table table = Dataflow.readCsv(file.toString(), options).collect(engine)) {
            List<List<String>> records = new ArrayList<>();
            for (Batch batch : table.batches()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    List<String> cells = new ArrayList<>();
                    for (int column = 0; column < batch.columns().size(); column++) {
                        Object value = batch.cells(column).value(row);
                        boolean isMissing = batch.cells(column)
                                .errors()
                                .at(row)
                                .filter(error -> error.code().equals(CellError.Code.MISSING_CELL))
                                .isPresent();
                        if (!isMissing) {
                            cells.add(value == null ? "" : String.valueOf(value));
                        }
                    }
                    records.add(cells);
                }
            }
            return records;
        }
    }

    private interface Reading {
        List<List<String>> records();
    }

    private boolean agrees(String name, List<List<String>> wanted, Reading reading) {
        try {
            List<List<String>> found = reading.records();
            if (found.equals(wanted)) {
                return true;
            }
            failures.add(name + ": " + found + " for " + wanted);
        } catch (DataflowException failure) {
            failures.add(name + ": " + failure.getMessage());
        }
        return false;
    }

    private void print(String suite, int right, int all) {
        System.out.println(suite + ": " + right + " of " + all);
        failures.forEach(failure -> System.out.println("  " + failure.replace("\n", "\n    ")));
        failures.clear();
    }
}
