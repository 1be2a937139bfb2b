package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.Expr.lit;
import static io.millrace.dataflow.testing.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.plan.SourceStep;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.source.JsonLinesOptions;
import io.millrace.dataflow.table.CellError.Code;
import io.millrace.dataflow.table.CellErrorCount;
import io.millrace.dataflow.table.ReadReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The account of reads, and what becomes of records and cells that do not fit. */
interface QuarantineContract extends EngineFixture {
    private static Schema numbers() {
        return Schema.of(Field.optional("a", DataTypes.INT64), Field.optional("b", DataTypes.TEXT));
    }

    private static String file(Path directory, String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, text, StandardCharsets.UTF_8);
        return file.toString();
    }

    private static CsvOptions quarantined(CsvOptions csv, Path rejects) {
        return csv.schema(numbers()).errors(ErrorPolicy.quarantine(rejects.toString()));
    }

    /** The rows of a quarantine's file without the bytes, which not every reader knows. */
    private TableAssert rejects(Path file) {
        return run(Dataflow.readCsv(file.toString()).drop("from_byte", "to_byte"));
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void recordsAndCellsThatDoNotFitGoIntoQuarantineInTheOrderOfTheRecords(@TempDir Path directory)
            throws IOException {
        String path = file(directory, "a.csv", "a,b\nx,first\n1\n2,two\n3,\"th,\nree\",more\ny,\"\"\"last\"\"\"\n");
        Path rejects = directory.resolve("rejects.csv");

        TableAssert read = run(Dataflow.readCsv(path, csv -> quarantined(csv, rejects)));

        read.hasRows(row(null, "first"), row(2, "two"), row(null, "\"last\""));
        rejects(rejects)
                .hasColumns("file", "record", "line", "column", "code", "reason", "text")
                .hasRows(
                        row(path, 1, null, "a", "CAST", "it is no int64", "x"),
                        row(path, 2, 3, null, "MISSING_COLUMNS", "it has 1 cell where the header has 2", "1"),
                        row(
                                path,
                                4,
                                5,
                                null,
                                "TOO_MANY_COLUMNS",
                                "it has 3 cells where the header has 2",
                                "3,\"th,\nree\",more"),
                        row(path, 5, null, "a", "CAST", "it is no int64", "y"));
        ReadReport report = read.content().report();
        assertThat(report.words()).isEqualTo("5 records read = 3 rows + 2 rejected; 2 cells do not fit: a CAST 2");
        assertThat(report.cellErrors()).containsExactly(new CellErrorCount("a", Code.CAST, 2));
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void aQuarantineHasTheRecordsOfTheWholeSourceWhateverRowsAreWanted(@TempDir Path directory)
            throws IOException {
        String path = file(directory, "a.csv", "a,b\n" + "1,x\n".repeat(20_000) + "2\n");
        Path rejects = directory.resolve("rejects.csv");

        run(Dataflow.readCsv(path, csv -> quarantined(csv, rejects)).limit(1)).hasRows(row(1, "x"));

        rejects(rejects)
                .hasRows(row(path, 20_001, 20_002, null, "MISSING_COLUMNS", "it has 1 cell where the header has 2", 2));
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void aQuarantineOfNoRecordsHasItsColumnsAlone(@TempDir Path directory) throws IOException {
        String path = file(directory, "a.csv", "a,b\n1,x\n");
        Path rejects = directory.resolve("rejects.csv");
        Files.writeString(rejects, "of an earlier run");

        run(Dataflow.readCsv(path, csv -> quarantined(csv, rejects))).hasRows(row(1, "x"));

        assertThat(rejects).hasContent("file,record,line,from_byte,to_byte,column,code,reason,text\n");
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void readsThatShareAQuarantineWriteOneFile(@TempDir Path directory) throws IOException {
        String one = file(directory, "1.csv", "a,b\n1\n");
        String two = file(directory, "2.csv", "a,b\n2\n3,y\n");
        Path rejects = directory.resolve("rejects.csv");

        run(Dataflow.readCsv(one, csv -> quarantined(csv, rejects))
                        .union(Dataflow.readCsv(two, csv -> quarantined(csv, rejects))))
                .hasRows(row(3, "y"));

        run(Dataflow.readCsv(rejects.toString()).select("file", "text").sort("file"))
                .hasRows(row(one, 1), row(two, 2));
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void aRunThatFailsLeavesTheQuarantineOfTheLastOne(@TempDir Path directory) throws IOException {
        String path = file(directory, "a.csv", "a,b\n1\n2,\"never closed\n");
        Path rejects = directory.resolve("rejects.csv");
        Files.writeString(rejects, "of an earlier run");

        assertThatThrownBy(() -> run(Dataflow.readCsv(path, csv -> quarantined(csv, rejects))))
                .hasMessageContaining("the quote opened on line 3 is never closed");

        assertThat(rejects).hasContent("of an earlier run");
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).hasSize(2);
        }
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void linesThatAreNoRecordsGoIntoQuarantineWithTheirBytes(@TempDir Path directory) throws IOException {
        String path = file(directory, "a.jsonl", "{\"a\": 1}\n[2]\n{\"a\": 1.5}\n");
        Path rejects = directory.resolve("rejects.csv");
        JsonLinesOptions options = JsonLinesOptions.defaults()
                .schema(Schema.of(Field.optional("a", DataTypes.INT64)))
                .errors(ErrorPolicy.quarantine(rejects.toString()));

        run(Dataflow.read(path, options)).hasRows(row(1), row((Object) null));

        assertThat(rejects)
                .hasContent("file,record,line,from_byte,to_byte,column,code,reason,text\n"
                        + path + ",2,2,9,12,,MALFORMED,it is no JSON object,[2]\n"
                        + path + ",3,,,,a,CAST,it is no int64,1.5\n");
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void cellErrorsOfColumnsThatArePlannedAreCountedByColumnAndCode(@TempDir Path directory)
            throws IOException {
        String path = file(directory, "a.csv", "a,b,c\n1,x,x\nx,2\ny,z,3\n");
        Schema schema = Schema.of(
                Field.optional("a", DataTypes.INT64),
                Field.optional("b", DataTypes.INT64),
                Field.optional("c", DataTypes.INT64));

        TableAssert read = run(Dataflow.readCsv(path, csv -> csv.schema(schema).errors(ErrorPolicy.keep()))
                .filter(col("a").isError().or(lit(true)))
                .select("a", "c"));

        assertThat(read.content().report().cellErrors())
                .isEqualTo(List.of(
                        new CellErrorCount("a", Code.CAST, 2),
                        new CellErrorCount("c", Code.CAST, 1),
                        new CellErrorCount("c", Code.MISSING_CELL, 1)));
    }
}
