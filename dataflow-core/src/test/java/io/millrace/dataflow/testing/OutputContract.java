package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.RowIterator;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.format.ErrorCells;
import io.millrace.dataflow.format.LineEnd;
import io.millrace.dataflow.output.Output;
import io.millrace.dataflow.output.Written;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.Existing;
import io.millrace.dataflow.table.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done with rows: written, counted, iterated. */
interface OutputContract extends EngineFixture {
    private static Dataflow birds() {
        return Rows.rows("id", "name")
                .of(1, "crow", 2, null, 3, "x")
                .withColumn("number", col("name").cast(INT64));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    default void rowsAreWrittenToSeveralFilesInOnePass(@TempDir Path directory) throws IOException {
        Written written = birds().write(
                        engine(),
                        Output.to(directory.resolve("a.csv").toString()),
                        Output.to(directory.resolve("a.tsv").toString()).errors(ErrorCells.AS_TEXT),
                        Output.to(directory.resolve("a.jsonl").toString()).errors(ErrorCells.IN_COLUMN),
                        Output.to(directory.resolve("a.arrow").toString()));

        assertThat(written).isEqualTo(new Written(3, 2));
        assertThat(names(directory)).containsExactly("a.arrow", "a.csv", "a.jsonl", "a.tsv");
        assertThat(directory.resolve("a.csv")).hasContent("id,name,number\n1,crow,\n2,,\n3,x,");
        assertThat(directory.resolve("a.tsv")).hasContent("id\tname\tnumber\n1\tcrow\tcrow\n2\t\t\n3\tx\tx");
        assertThat(directory.resolve("a.jsonl")).hasContent("""
                {"id":1,"name":"crow","number":null,"errors":[{"column":"number","code":"CAST","text":"crow"}]}
                {"id":2,"name":null,"number":null,"errors":null}
                {"id":3,"name":"x","number":null,"errors":[{"column":"number","code":"CAST","text":"x"}]}""");
        run(Dataflow.readArrow(directory.resolve("a.arrow").toString()))
                .hasColumns("id", "name", "number")
                .hasRows(row(1, "crow", null), row(2, null, null), row(3, "x", null));
    }

    @Test
    default void whatIsWrittenAsCsvIsReadAgainInEveryDialect(@TempDir Path directory) {
        Dataflow awkward = rows("text", "number", "share")
                .of(
                        "",
                        Long.MIN_VALUE,
                        Double.NaN,
                        null,
                        null,
                        null,
                        "a,b;c|d||e\tf",
                        0L,
                        -0.0,
                        "say \"hi\" it's \\",
                        Long.MAX_VALUE,
                        0.1,
                        "x\ny\r\nz\r",
                        -1L,
                        Double.MIN_VALUE,
                        "\uFEFFmark é 𝄞",
                        7L,
                        1e300,
                        "# no comment",
                        8L,
                        12_345.678,
                        "NA",
                        9L,
                        1.0,
                        " ",
                        10L,
                        Double.NEGATIVE_INFINITY);
        List<UnaryOperator<CsvOptions>> dialects = List.of(
                csv -> csv,
                csv -> csv.delimiter(';').quote('\'').escape('\\').comment('#').nullTokens("NA", "0"),
                csv -> csv.delimiter("||").withoutHeader().skipRows(1),
                csv -> csv.delimiter('\t').encoding(StandardCharsets.UTF_16LE));
        try (Table wanted = awkward.collect(engine())) {
            for (UnaryOperator<CsvOptions> dialect : dialects) {
                for (LineEnd lineEnd : LineEnd.values()) {
                    String path = directory.resolve("a.csv").toString();
                    awkward.write(engine(), Output.csv(path, dialect).lineEnd(lineEnd));
                    try (Table read = Dataflow.readCsv(
                                    path, csv -> dialect.apply(csv).schema(wanted.schema()))
                            .collect(engine())) {
                        assertThat(read.rows()).isEqualTo(wanted.rows());
                        assertThat(read.report().words()).isEqualTo("9 records read = 9 rows + 0 rejected");
                    }
                }
            }
        }
    }

    @Test
    default void aRunThatFailsLeavesNoFileAndKeepsTheOldOne(@TempDir Path directory) throws IOException {
        Path old = Files.writeString(directory.resolve("a.csv"), "old");

        assertThatThrownBy(() -> birds().write(
                                engine(),
                                Output.csv(old.toString()),
                                Output.jsonLines(directory.resolve("a.jsonl").toString())
                                        .errors(ErrorCells.FAIL)))
                .hasMessage("TOO_MANY_ERRORS: Cannot write '" + directory.resolve("a.jsonl")
                        + "': column 'number' has the error value CAST of 'crow'\n"
                        + "  Fill or drop errors before, or write them with errors(AS_NULL) or errors(IN_COLUMN)");
        assertThat(names(directory)).containsExactly("a.csv");
        assertThat(old).hasContent("old");
    }

    @Test
    default void aFileThatIsToBeKeptIsKept(@TempDir Path directory) throws IOException {
        Path old = Files.writeString(directory.resolve("old.csv"), "old");
        Path file = directory.resolve("new.csv");

        assertThatThrownBy(
                        () -> birds().write(engine(), Output.to(old.toString()).existing(Existing.KEEP)))
                .hasMessage("OUTPUT_EXISTS: Cannot write '" + old
                        + "': it exists already\n  Write under another name, or let it be replaced");
        birds().select("id").write(engine(), Output.to(file.toString()).existing(Existing.KEEP));
        assertThatThrownBy(() -> birds().write(
                                engine(),
                                Output.to(directory.resolve("same.csv").toString()),
                                Output.to(directory.resolve("same.csv").toString())
                                        .existing(Existing.KEEP)))
                .hasMessageStartingWith("OUTPUT_EXISTS: Cannot write '" + directory.resolve("same.csv") + "'");

        assertThat(old).hasContent("old");
        assertThat(file).hasContent("id\n1\n2\n3");
        assertThat(names(directory)).containsExactly("new.csv", "old.csv", "same.csv");
    }

    @Test
    default void aCancelledRunLeavesNoFile(@TempDir Path directory) throws IOException {
        Cancellation cancellation = Cancellation.create();
        cancellation.cancel("the test said so");

        assertThatThrownBy(() -> birds().write(
                                engine(),
                                cancellation,
                                Output.csv(directory.resolve("a.csv").toString())))
                .hasMessage("CANCELLED: Cannot go on: the test said so");
        assertThat(names(directory)).isEmpty();
    }

    @Test
    default void rowsAreCountedLookedAtAndIterated() {
        List<List<@Nullable Object>> seen = new ArrayList<>();
        try (RowIterator rows = birds().iterate(engine())) {
            rows.forEachRemaining(seen::add);
            assertThat(rows.hasNext()).isFalse();
        }

        assertThat(birds().count(engine())).isEqualTo(3);
        assertThat(seen).containsExactly(row(1L, "crow", null), row(2L, null, null), row(3L, "x", null));
        try (Table first = birds().head(engine(), 2)) {
            assertThat(first.rowCount()).isEqualTo(2);
        }
    }
}
