package io.millrace.dataflow.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.JsonLinesOptions;
import io.millrace.dataflow.table.Table;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class FileSplitsTest {
    @Test
    void recordsOfALargeFileHaveTheirNumbersInEverySplit(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("large.jsonl");
        String filler = "x".repeat(1_000);
        int count = 80_000;
        try (BufferedWriter writer = Files.newBufferedWriter(path)) {
            for (int i = 1; i <= count; i++) {
                String number = i % 20_000 == 0 ? "\"none\"" : Integer.toString(i);
                writer.write("{\"n\": " + number + ", \"x\": \"" + filler + "\"}\n");
            }
        }
        Schema schema = Schema.of(Field.optional("n", DataTypes.INT64), Field.optional("x", DataTypes.TEXT));
        Dataflow misfits = Dataflow.read(
                        path.toString(), JsonLinesOptions.defaults().schema(schema))
                .filter(Expr.col("n").isError())
                .select("n");

        try (Table table = misfits.collect(SparkEngine.on(TestSession.session()))) {
            assertThat(table.errors())
                    .extracting(error -> error.error().record())
                    .containsExactly(20_000L, 40_000L, 60_000L, 80_000L);
            assertThat(table.report().read()).isEqualTo(count);
        }
    }

    @Test
    void quotedRecordsOfALargeFileHaveTheirNumbersInEverySplit(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("large.csv");
        String filler = "x\n,".repeat(300);
        int count = 80_000;
        try (BufferedWriter writer = Files.newBufferedWriter(path)) {
            writer.write("n,x\n");
            for (int i = 1; i <= count; i++) {
                String number = i % 20_000 == 0 ? "none" : Integer.toString(i);
                writer.write(number + ",\"" + filler + "\"\n");
            }
        }
        Schema schema = Schema.of(Field.optional("n", DataTypes.INT64), Field.optional("x", DataTypes.TEXT));
        Dataflow misfits = Dataflow.read(path.toString(), CsvOptions.defaults().schema(schema))
                .filter(Expr.col("n").isError())
                .select("n");

        try (Table table = misfits.collect(SparkEngine.on(TestSession.session()))) {
            assertThat(table.errors())
                    .extracting(error -> error.error().record())
                    .containsExactly(20_000L, 40_000L, 60_000L, 80_000L);
            assertThat(table.report().read()).isEqualTo(count);
        }
    }
}
