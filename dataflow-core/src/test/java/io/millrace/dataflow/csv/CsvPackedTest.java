package io.millrace.dataflow.csv;

import static io.millrace.dataflow.csv.CsvFixture.row;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.csv.CsvFixture.Result;
import io.millrace.dataflow.source.CsvOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvPackedTest {
    private static final CsvOptions DEFAULTS = CsvOptions.defaults();

    @TempDir
    private Path directory;

    private CsvFixture files;

    @BeforeEach
    void openDirectory() {
        files = new CsvFixture(directory);
    }

    @Test
    void packedFilesAreReadAsWhatTheyHold() throws IOException {
        files.write("birds.csv.gz", gzip("bird,weight\nwren,9\nowl,420\n".getBytes(UTF_8)));
        files.write("marked", gzip("\uFEFFbird,weight\nkråke,500\n".getBytes(UTF_16LE)));
        assertThat(files.infer("birds.csv.gz").toString()).isEqualTo("bird: text, weight: int64");
        Result result = files.readInferred("birds.csv.gz", DEFAULTS);
        assertThat(result.rows()).containsExactly(row("wren", 9L), row("owl", 420L));
        assertThat(result.positions()).containsExactly("birds.csv.gz:1", "birds.csv.gz:2");
        assertThat(files.readInferred("marked", DEFAULTS).rows()).containsExactly(row("kråke", 500L));
    }

    @Test
    void otherEncodingsAreReadFromPackedFilesToo() throws IOException {
        files.write("birds.csv.gz", gzip("bird\nkråke\n".getBytes(Charset.forName("windows-1252"))));
        CsvOptions options = DEFAULTS.encoding(Charset.forName("windows-1252"));
        assertThat(files.readText("birds.csv.gz", options, "bird").rows()).containsExactly(row("kråke"));
    }

    @Test
    void everyDialectIsReadFromPackedFiles() throws IOException {
        Charset windows = Charset.forName("windows-1252");
        files.write("birds.csv.gz", gzip("bird||place\nkråke||\n\"a||b\"||y||z\n".getBytes(windows)));
        CsvOptions options = DEFAULTS.encoding(windows)
                .delimiter("||")
                .overflowColumn("rest")
                .quotedEmptyAsNull();
        assertThat(files.readInferred("birds.csv.gz", options).rows())
                .containsExactly(row("kråke", null, null), row("a||b", "y", java.util.List.of("z")));
    }

    @Test
    void theOneFileOfAnArchiveIsPartOfTheNameOfItsRows() throws IOException {
        files.write("birds.zip", zip("data/", "data/birds.csv"));
        Result result = files.readText("birds.zip", DEFAULTS, "bird");
        assertThat(result.rows()).containsExactly(row("data/birds.csv"));
        assertThat(result.positions()).containsExactly("birds.csv:1");
        assertThat(files.readText("birds.zip!/data/birds.csv", DEFAULTS, "bird").rows())
                .containsExactly(row("data/birds.csv"));
    }

    @Test
    void filesOfArchivesAreChosenByAGlobInTheOrderOfTheirNames() throws IOException {
        files.write("a.zip", zip("2024-02.csv", "notes.txt", "2024-01.csv", "old/2024-03.csv"));
        files.write("b.zip", zip("2024-01.csv", "2023-01.csv"));
        assertThat(files.readText("a.zip!/2024-*.csv", DEFAULTS, "bird").rows())
                .containsExactly(row("2024-01.csv"), row("2024-02.csv"));
        assertThat(files.readText("a.zip!/**/*.csv", DEFAULTS, "bird").rows())
                .containsExactly(row("2024-01.csv"), row("2024-02.csv"), row("old/2024-03.csv"));
        assertThat(files.readText("*.zip!/2024-01.csv", DEFAULTS, "bird").positions())
                .containsExactly("2024-01.csv:1", "2024-01.csv:1");
    }

    @Test
    void anArchiveOfSeveralFilesAsksWhichAreMeant() throws IOException {
        files.write("birds.zip", zip("a.csv", "b.csv"));
        files.assertFails(() -> files.infer("birds.zip"), """
                UNSUPPORTED_FORMAT: Cannot read DIR/birds.zip: it is a zip archive of 2 files
                  Files there: a.csv, b.csv
                  Say which to read, as 'DIR/birds.zip!/a.csv' or 'DIR/birds.zip!/*.csv'""");
    }

    @Test
    void aFileThatAnArchiveDoesNotHoldIsAnError() throws IOException {
        files.write("birds.zip", zip("wrens.csv", "owls.csv"));
        files.assertFails(() -> files.infer("birds.zip!/wren.csv"), """
                SOURCE_NOT_FOUND: Cannot find a file 'wren.csv' in DIR/birds.zip
                  Did you mean 'wrens.csv'?
                  Files there: owls.csv, wrens.csv""");
        files.assertFails(() -> files.infer("birds.zip!/2*.csv"), """
                SOURCE_NOT_FOUND: Cannot find a file that matches '2*.csv' in DIR/birds.zip
                  Files there: owls.csv, wrens.csv""");
    }

    @Test
    void anArchiveWithoutItsEndIsCutOff() throws IOException {
        byte[] whole = zip("a.csv", "b.csv");
        files.write("birds.zip", java.util.Arrays.copyOf(whole, whole.length - 5));
        files.assertFails(() -> files.infer("birds.zip!/a.csv"), """
                DAMAGED_FILE: Cannot read DIR/birds.zip: it has no directory, so it is cut off or no zip archive
                  Get the file again""");
    }

    @Test
    void aFileOfAnArchiveThatIsDamagedIsAnErrorWithItsName() throws IOException {
        byte[] bytes = zip("a.csv", "b.csv");
        bytes[new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("PK\u0007\b") + 4] ^= 1;
        files.write("birds.zip", bytes);
        files.assertFails(() -> files.readText("birds.zip!/a.csv", DEFAULTS, "bird"), """
                DAMAGED_FILE: Cannot read DIR/birds.zip!/a.csv: its zip data does not agree with its checksum
                  Before it, 64 bytes of the file gave 11 bytes of text
                  Get the file again""");
        assertThat(files.readText("birds.zip!/b.csv", DEFAULTS, "bird").rows()).containsExactly(row("b.csv"));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(target)) {
            stream.write(bytes);
        }
        return target.toByteArray();
    }

    /** An archive of tables of one column, of which the one row is the name of the file. */
    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try (ZipOutputStream stream = new ZipOutputStream(target)) {
            for (String name : names) {
                stream.putNextEntry(new ZipEntry(name));
                stream.write(name.endsWith("/") ? new byte[0] : ("bird\n" + name + "\n").getBytes(UTF_8));
                stream.closeEntry();
            }
        }
        return target.toByteArray();
    }
}
