package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code detect}, and {@code --detect} of the others. */
class DetectCommandTest {
    private static final String ORDERS = "Orders of May\n\nid;day;town\n1;2024-05-01;Oslo\n2;2024-05-02;Bergen\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void detectPrintsALineForEachTraitAndColumn() throws IOException {
        Ran ran = Ran.millrace("detect", orders());

        assertThat(ran.code()).isZero();
        assertThat(ran.out().lines())
                .hasSize(13)
                .contains(
                        "delimiter: ';' (89 %, else a space): 3 of 4 records have 3 cells, and these look like values to 89 %",
                        "preamble: 2 lines (80 %, else 0 lines): records before line 3 have another width than the table,"
                                + " or are nearly empty",
                        "column 'day': date (67 %, else text): all 2 values fit");
    }

    @Test
    void detectPrintsJsonWithTheOptionsOfAPlan() throws IOException {
        JsonNode document = new ObjectMapper()
                .readTree(Ran.millrace("detect", orders(), "--json").out());

        assertThat(document.get("options")).hasToString("{\"delimiter\":\";\",\"skipRows\":2}");
        assertThat(document.get("findings").get("header"))
                .hasToString("{\"value\":\"1 row\",\"confidence\":0.9,\"runnerUp\":\"0 rows\",\"evidence\":"
                        + "\"the first record has texts above columns of other things\"}");
        assertThat(document.get("columns").get(0))
                .hasToString(
                        "{\"name\":\"id\",\"value\":\"int64\",\"confidence\":0.67,\"runnerUp\":\"text\",\"evidence\":"
                                + "\"all 2 values fit\"}");
    }

    @Test
    void detectIsAnOptionOfEveryCommandThatReads() throws IOException {
        assertThat(Ran.millrace("head", "--detect", orders()).out()).isEqualTo("""
                   id  day         town
                int64  date        text
                    1  2024-05-01  Oslo
                    2  2024-05-02  Bergen
                """);
    }

    @Test
    void whatIsSaidComesBeforeWhatIsFound() throws IOException {
        assertThat(Ran.millrace(
                                "head",
                                "-n",
                                "1",
                                "--detect",
                                "--skip-rows",
                                "3",
                                "--no-header",
                                "--all-text",
                                orders())
                        .out())
                .isEqualTo("""
                        Column1  Column2     Column3
                        text     text        text
                        1        2024-05-01  Oslo
                        """);
    }

    private String orders() throws IOException {
        return Files.writeString(directory.resolve("orders.csv"), ORDERS).toString();
    }
}
