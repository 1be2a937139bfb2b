package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.DATE;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.listOf;
import static io.millrace.dataflow.schema.DataTypes.struct;
import static io.millrace.dataflow.testing.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.plan.ColumnStep;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.plan.SourceStep;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.source.FixedWidthOptions;
import io.millrace.dataflow.source.JsonLinesOptions;
import io.millrace.dataflow.source.LinesOptions;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.CellError.Code;
import io.millrace.dataflow.table.Rejection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading files of lines: JSON objects, plain text, columns of fixed width. */
interface FormatContract extends EngineFixture {
    private static String file(Path directory, String name, String content) throws IOException {
        Path path = directory.resolve(name);
        Files.writeString(path, content);
        return path.toString();
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void membersOfJsonObjectsAreColumnsOfTheTypesOfTheirValues(@TempDir Path directory) throws IOException {
        String path = file(directory, "a.jsonl", """
                {"id": 1, "mass": 2, "name": "crow", "seen": "2024-03-01", "big": 12345678901234567890, "ok": true}

                {"name": null, "id": 2, "mass": 2.5, "seen": "2024-03-02", "big": 1, "ok": false, "mixed": 1}
                {"id": 3, "mass": "NaN", "mixed": {"a": [1, 2]}}
                """);

        run(Dataflow.readJsonLines(path))
                .hasColumns("id", "mass", "name", "seen", "big", "ok", "mixed")
                .hasTypes(INT64, FLOAT64, TEXT, DATE, TEXT, BOOL, TEXT)
                .hasRows(
                        row(1, 2.0, "crow", LocalDate.of(2024, 3, 1), "12345678901234567890", true, null),
                        row(2, 2.5, null, LocalDate.of(2024, 3, 2), "1", false, "1"),
                        row(3, Double.NaN, null, null, null, null, "{\"a\": [1, 2]}"))
                .hasNoErrors();
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void nestedJsonIsListsAndStructs(@TempDir Path directory) throws IOException {
        String path = file(directory, "a.jsonl", """
                {"tags": ["a", null], "place": {"x": 1, "deep": {"y": [1]}}}
                {"tags": [], "place": {"z": "q"}}
                {"tags": null}
                """);

        TableAssert result = run(Dataflow.readJsonLines(path));

        result.hasTypes(
                listOf(TEXT),
                struct(
                        Field.optional("x", INT64),
                        Field.optional("deep", struct(Field.optional("y", listOf(INT64)))),
                        Field.optional("z", TEXT)));
        assertThat(result.content().rows().get(0).get(0)).isEqualTo(Arrays.asList("a", null));
        assertThat(result.content().rows().get(0).get(1)).hasToString("{x=1, deep={y=[1]}, z=null}");
        assertThat(result.content().rows().get(1).get(0)).isEqualTo(List.of());
        assertThat(result.content().rows().get(2)).containsExactly(null, null);
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void jsonValuesThatDoNotFitAreErrorsWithTheirPlace(@TempDir Path directory) throws IOException {
        String path = file(directory, "a.jsonl", "{\"a\": 1.5}\n\n{\"a\": {\"b\": 1}}\n{\"a\": \"12\"}\n");
        Schema schema = Schema.of(Field.optional("a", INT64));
        String step = "readJsonLines(" + path + ")";

        run(Dataflow.read(path, JsonLinesOptions.defaults().schema(schema)))
                .hasRows(row((Object) null), row((Object) null), row(12))
                .hasErrors(
                        new CellError(Code.CAST, "1.5", path, 1, step),
                        new CellError(Code.CAST, "{\"b\": 1}", path, 3, step));
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void linesThatAreNoObjectsFailTheReadOrAreDroppedOrKept(@TempDir Path directory) throws IOException {
        String path = file(directory, "a.jsonl", "{\"a\": 1}\n[2]\n{\"a\": 3\n{\"a\": 4, \"a\": 5}\n{\"a\": 6}\n");
        JsonLinesOptions options = JsonLinesOptions.defaults();

        assertThatThrownBy(() -> run(Dataflow.read(path, options)))
                .hasMessage(
                        "MALFORMED_ROW: Cannot read line 2 of " + path + ": it is no JSON object\n"
                                + "  A JSON Lines file has one object a line; set json.errors(...) to keep or drop other lines");
        TableAssert dropped = run(Dataflow.read(path, options.errors(ErrorPolicy.drop(3))));
        dropped.hasRows(row(1), row(6));
        assertThat(dropped.content().report().rejected()).isEqualTo(3);
        assertThat(dropped.content().report().rejections().get(2))
                .isEqualTo(Rejection.of(
                        new Rejection.Place(path, 4, 4, 21, 37),
                        Rejection.Code.MALFORMED,
                        "it has two members 'a'",
                        "{\"a\": 4, \"a\": 5}"));
        assertThatThrownBy(() -> run(Dataflow.read(path, options.errors(ErrorPolicy.drop(2)))))
                .hasMessage("MALFORMED_ROW: Cannot read " + path
                        + ": 3 records are malformed, more than the 2 that may be dropped\n"
                        + "  record 2 on line 2: it is no JSON object\n  record 3 on line 3: it is no JSON object\n"
                        + "  record 4 on line 4: it has two members 'a'");
        run(Dataflow.read(path, options.errors(ErrorPolicy.keep())))
                .hasRows(row(1), row((Object) null), row((Object) null), row((Object) null), row(6))
                .hasErrorsAt("1 a", "2 a", "3 a");
    }

    @Test
    @Checks(steps = {SourceStep.Read.class, RowStep.Limit.class})
    default void largeFilesOfLinesKeepTheirOrderAndNumbers(@TempDir Path directory) throws IOException {
        StringBuilder content = new StringBuilder();
        for (int i = 1; i <= 60_000; i++) {
            content.append("{\"n\": ")
                    .append(i)
                    .append(", \"x\": \"")
                    .append("é".repeat(i % 40))
                    .append("\"}\n");
        }
        String path = file(directory, "a.jsonl", content.toString());
        Dataflow all = Dataflow.readJsonLines(path);

        run(all.groupBy().aggregate(Aggregate.count(), Aggregate.sum("n"))).hasRows(row(60_000, 1_800_030_000L));
        run(all.filter(col("n").mod(20_000).eq(0)).select("n")).hasValues(20_000, 40_000, 60_000);
        run(all.select("n").limit(3)).hasValues(1, 2, 3);
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void everyLineOfTextIsARow(@TempDir Path directory) throws IOException {
        String path = file(directory, "a.txt", "\uFEFFfirst, \"line\"\r\n\n last");

        run(Dataflow.readLines(path)).hasColumns("Line").hasValues("first, \"line\"", "", " last");
        run(Dataflow.readLines(path).filter(col("Line").ne(""))).hasValues("first, \"line\"", " last");
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void linesThatAreNoTextAreErrorsWhereTheyAreKept(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("a.txt");
        Files.write(path, "caf\u00e9\nplain\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> run(Dataflow.readLines(path.toString())))
                .hasMessage("MALFORMED_ROW: Cannot read line 1 of " + path + ": it holds bytes that are no text\n"
                        + "  Set the encoding of the file, for example windows-1252");
        run(Dataflow.read(path.toString(), LinesOptions.defaults().errors(ErrorPolicy.keep())))
                .hasRows(row((Object) null), row("plain"))
                .hasErrors(new CellError(
                        Code.INVALID_ENCODING, "caf\\xE9", path.toString(), 1, "readLines(" + path + ")"));
        run(Dataflow.read(path.toString(), LinesOptions.defaults().encoding(StandardCharsets.ISO_8859_1)))
                .hasValues("caf\u00e9", "plain");
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void columnsOfFixedWidthAreCutTrimmedAndTyped(@TempDir Path directory) throws IOException {
        String path = file(directory, "a.txt", """
                id  name      mass
                1   gr\u00fcn crow 2.5
                2             3

                3   ox
                """);

        run(Dataflow.read(path, FixedWidthOptions.at(4, 14)))
                .hasColumns("id", "name", "mass")
                .hasTypes(INT64, TEXT, FLOAT64)
                .hasRows(row(1, "gr\u00fcn crow", 2.5), row(2, null, 3.0), row(3, "ox", null));
    }

    @Test
    @Checks(steps = SourceStep.Read.class)
    default void columnsOfFixedWidthWithoutAHeaderAreNumbered(@TempDir Path directory) throws IOException {
        String path = file(directory, "a.txt", "ab12\ncdxx\n");
        Schema schema = Schema.of(Field.optional("code", TEXT), Field.optional("n", INT64));

        run(Dataflow.read(path, FixedWidthOptions.at(2).withoutHeader()))
                .hasColumns("Column1", "Column2")
                .hasRows(row("ab", "12"), row("cd", "xx"));
        run(Dataflow.read(path, FixedWidthOptions.at(2).withoutHeader().schema(schema)))
                .hasRows(row("ab", 12), row("cd", null))
                .hasErrors(new CellError(Code.CAST, "xx", path, 2, "readFixedWidth(" + path + ")"));
    }

    @Test
    @Checks(steps = {SourceStep.Read.class, ColumnStep.Select.class})
    default void onlyTheColumnsThatAreAskedForAreMade(@TempDir Path directory) throws IOException {
        String path = file(directory, "a.jsonl", "{\"a\": \"x\", \"b\": 1}\n{\"a\": 1, \"b\": 2}\n");
        Schema schema = Schema.of(Field.optional("a", INT64), Field.optional("b", INT64));

        run(Dataflow.read(path, JsonLinesOptions.defaults().schema(schema)).select("b"))
                .hasValues(1, 2)
                .hasNoErrors();
    }
}
