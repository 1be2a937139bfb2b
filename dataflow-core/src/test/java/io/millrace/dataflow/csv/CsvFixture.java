package io.millrace.dataflow.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.format.InferenceReport;
import io.millrace.dataflow.format.Reading;
import io.millrace.dataflow.format.Split;
import io.millrace.dataflow.format.SplitRows;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.Positions;
import io.millrace.dataflow.table.ReadReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/** Files in a directory, read as a scan reads them. */
final class CsvFixture {
    static final String STEP = "readCsv(birds.csv)";

    private static final SourceAccess ACCESS = SourceAccess.with(Credentials.none());

    private final Path directory;

    CsvFixture(Path directory) {
        this.directory = directory;
    }

    /** What a scan gave. */
    record Result(
            List<List<@Nullable Object>> rows, List<CellError> errors, List<String> positions, ReadReport report) {}

    CsvFixture write(String name, String text) {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    CsvFixture write(String name, byte[] bytes) {
        try {
            Files.write(directory.resolve(name), bytes);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return this;
    }

    Source source(String name) {
        return Source.file(directory.resolve(name).toString());
    }

    String display(String name) {
        return directory.resolve(name).toString();
    }

    Schema infer(String name, CsvOptions options) {
        return inferred(name, options).schema();
    }

    InferenceReport inferred(String name, CsvOptions options) {
        return CsvInference.report(source(name), options, new Reading(ACCESS, Cancellation.create(), 3));
    }

    Schema infer(String name) {
        return infer(name, CsvOptions.defaults());
    }

    Result readInferred(String name, CsvOptions options) {
        return read(name, options, infer(name, options));
    }

    Result readText(String name, CsvOptions options, String... columns) {
        List<Field> fields = new ArrayList<>();
        for (String column : columns) {
            fields.add(Field.optional(column, DataTypes.TEXT));
        }
        return read(name, options, Schema.of(fields));
    }

    Result read(String name, CsvOptions options, Schema schema) {
        Cancellation cancellation = Cancellation.create();
        CsvScan scan = CsvScan.of(ACCESS.list(source(name), cancellation), options, schema, STEP);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        List<CellError> errors = new ArrayList<>();
        List<String> positions = new ArrayList<>();
        ReadReport report = ReadReport.empty();
        try (RootAllocator allocator = new RootAllocator()) {
            Reading reading = new Reading(ACCESS, cancellation);
            for (Split split : scan.splits(reading, Long.MAX_VALUE)) {
                try (SplitRows reader = SplitRows.of(schema, scan.open(split, reading), allocator)) {
                    assertThat(reader.schema()).isEqualTo(schema);
                    for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                        collect(batch, rows, errors, positions);
                        batch.close();
                    }
                    report = report.plus(reader.report());
                }
            }
        }
        return new Result(rows, errors, positions, report);
    }

    /** Asserts the whole message of a failure, in which {@code DIR} is the directory. */
    void assertFails(Runnable action, String message) {
        assertThatThrownBy(action::run)
                .isInstanceOf(DataflowException.class)
                .hasMessage(message.replace("DIR", directory.toString()));
    }

    static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private static void collect(
            Batch batch, List<List<@Nullable Object>> rows, List<CellError> errors, List<String> positions) {
        Positions from = batch.positions().orElseThrow();
        for (int row = 0; row < batch.rowCount(); row++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int column = 0; column < batch.columns().size(); column++) {
                values.add(batch.cells(column).value(row));
                batch.cells(column).errors().at(row).ifPresent(errors::add);
            }
            rows.add(values);
            positions.add(Path.of(from.file(row)).getFileName() + ":" + from.record(row));
        }
    }
}
