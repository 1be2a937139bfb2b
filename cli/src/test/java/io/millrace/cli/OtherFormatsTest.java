package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherFormatsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private String plan() throws IOException {
        Files.writeString(directory.resolve("a.csv"), "id,name\n1,crow\n2,\n");
        Path plan = directory.resolve("plan.json");
        Files.writeString(plan, Dataflow.readCsv("a.csv").toJson());
        return plan.toString();
    }

    @Test
    void runWritesTheFormatThatTheNameEndsWith() throws IOException {
        Path lines = directory.resolve("out.jsonl");

        Ran ran = Ran.millrace("run", plan(), "--out", lines.toString());

        assertThat(ran).isEqualTo(new Ran(0, lines + "  2 rows\n", ""));
        assertThat(lines).hasContent("{\"id\":1,\"name\":\"crow\"}\n{\"id\":2,\"name\":null}");
    }

    @Test
    void runSeparatesTheCellsOfATsvFileByTabs() throws IOException {
        Path tabs = directory.resolve("out.tsv");

        Ran.millrace("run", plan(), "--out", tabs.toString());

        assertThat(tabs).hasContent("id\tname\n1\tcrow\n2\t");
    }

    @Test
    void runWritesCsvUnderANameOfNoFormat() throws IOException {
        Path text = directory.resolve("out.txt");

        Ran.millrace("run", plan(), "--out", text.toString());

        assertThat(text).hasContent("id,name\n1,crow\n2,");
    }

    @Test
    void headAndSchemaReadTheFormatThatTheNameEndsWith() throws IOException {
        String arrow = directory.resolve("out.arrow").toString();
        Ran.millrace("run", plan(), "--out", arrow);

        assertThat(Ran.millrace("head", arrow).out()).isEqualTo("""
                   id  name
                int64  text
                    1  crow
                    2  null
                """);
        assertThat(Ran.millrace("schema", arrow).out()).isEqualTo("""
                column  type
                id      int64
                name    text
                """);
    }

    @Test
    void optionsOfCsvAreRefusedForOtherFormats() throws IOException {
        String lines = Files.writeString(directory.resolve("a.jsonl"), "{}").toString();

        assertThat(Ran.millrace("head", lines, "--delimiter", ";").err()).isEqualTo("""
                INVALID_ARGUMENT: Cannot use --delimiter with a file that is no CSV
                  Its name says what it is
                """);
    }

    @Test
    void parquetWithoutItsModuleNamesTheModule() throws IOException {
        Ran ran = Ran.millrace(
                "run", plan(), "--out", directory.resolve("out.parquet").toString());

        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.err())
                .startsWith(
                        "LIBRARY_MISSING: Cannot use Parquet files: the module dataflow-parquet is not on the class path\n");
        assertThat(directory.resolve("out.parquet")).doesNotExist();
    }
}
