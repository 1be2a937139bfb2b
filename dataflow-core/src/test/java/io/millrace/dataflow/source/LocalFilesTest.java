package io.millrace.dataflow.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.execution.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {
    private final SourceAccess access = SourceAccess.with(Credentials.none());

    @TempDir
    Path directory;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(directory.resolve("deep/er"));
        for (String name : List.of("train.csv", "test.csv", "deep/b.csv", "deep/er/a.csv", "notes.txt", "odd[1].csv")) {
            Files.writeString(directory.resolve(name), "content of " + name);
        }
    }

    @Test
    void aFileIsListedWithItsLengthAndReadWhole() throws IOException {
        List<SourceFile> files = list("train.csv");
        assertThat(files).extracting(SourceFile::display).containsExactly(directory + "/train.csv");
        assertThat(files.get(0).length()).isEqualTo(20);
        assertThat(read(files.get(0), 0, 20)).isEqualTo("content of train.csv");
    }

    @Test
    void aPartIsReadAndEndsAtTheEndOfTheFile() throws IOException {
        SourceFile file = list("train.csv").get(0);
        assertThat(read(file, 8, 2)).isEqualTo("of");
        assertThat(read(file, 16, Long.MAX_VALUE)).isEqualTo(".csv");
        assertThat(read(file, 100, 5)).isEmpty();
    }

    @Test
    void aPatternListsItsMatchesByPath() {
        assertThat(list("*.csv"))
                .extracting(SourceFile::display)
                .containsExactly(directory + "/odd[1].csv", directory + "/test.csv", directory + "/train.csv");
        assertThat(list("**/[ab].csv"))
                .extracting(SourceFile::display)
                .containsExactly(directory + "/deep/b.csv", directory + "/deep/er/a.csv");
    }

    @Test
    void aRelativePatternListsRelativePaths() {
        String sources = "src/main/java/io/millrace/dataflow/source/";
        assertThat(access.list(Source.file(sources + "/Glo?.java"), Cancellation.create()))
                .extracting(SourceFile::display)
                .containsExactly(sources + "Glob.java");
        assertThat(access.list(Source.file("p*.xml"), Cancellation.create()))
                .extracting(SourceFile::display)
                .containsExactly("pom.xml");
        assertThat(access.list(Source.file("./p*.xml"), Cancellation.create()))
                .extracting(SourceFile::display)
                .containsExactly("./pom.xml");
    }

    @Test
    void aReadOfAnInterruptedThreadIsCancelled() throws IOException {
        try (InputStream content = access.read(list("train.csv").get(0), 0, 20, Cancellation.create())) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(content::read)
                    .isInstanceOf(DataflowException.class)
                    .hasMessage("CANCELLED: Cannot go on: the thread was interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aFileWhoseNameLooksLikeAPatternIsThatFile() {
        assertThat(list("odd[1].csv")).extracting(SourceFile::display).containsExactly(directory + "/odd[1].csv");
    }

    @Test
    void aDirectoryIsRefused() {
        assertThatThrownBy(() -> list("deep"))
                .isInstanceOf(DataflowException.class)
                .hasMessage("SOURCE_IS_DIRECTORY: Cannot read '" + directory + "/deep': it is a directory\n  Use '"
                        + directory + "/deep/*.csv' to read the files in it");
    }

    @Test
    void aMissingFileIsNotFoundAndTheNearestNameSuggested() {
        assertThatThrownBy(() -> list("trian.csv"))
                .isInstanceOf(DataflowException.class)
                .hasMessage("SOURCE_NOT_FOUND: Cannot find file '" + directory + "/trian.csv'\n"
                        + "  Did you mean 'train.csv'?\n"
                        + "  Files in '" + directory + "': notes.txt, odd[1].csv, test.csv, train.csv");
    }

    @Test
    void aMissingDirectoryIsNamed() {
        assertThatThrownBy(() -> list("dep/a.csv"))
                .isInstanceOf(DataflowException.class)
                .hasMessage("SOURCE_NOT_FOUND: Cannot find file '" + directory + "/dep/a.csv'\n" + "  Directory '"
                        + directory + "/dep' does not exist");
        assertThatThrownBy(() -> list("dep/*.csv"))
                .isInstanceOf(DataflowException.class)
                .hasMessage("SOURCE_NOT_FOUND: Cannot find a file that matches '" + directory + "/dep/*.csv'\n"
                        + "  Directory '" + directory + "/dep' does not exist");
    }

    @Test
    void aPatternWithoutMatchesNamesTheFilesThatAreThere() {
        assertThatThrownBy(() -> list("deep/*.parquet"))
                .isInstanceOf(DataflowException.class)
                .hasMessage("SOURCE_NOT_FOUND: Cannot find a file that matches '" + directory + "/deep/*.parquet'\n"
                        + "  Files in '" + directory + "/deep': b.csv");
    }

    @Test
    void aFileThatMayNotBeReadIsSaidToBe() {
        assertThat(LocalFiles.failed("/root/x.csv", new AccessDeniedException("/root/x.csv")))
                .hasMessage("IO_FAILED: Cannot read '/root/x.csv': permission denied");
    }

    @Test
    void aDeviceIsNotAFile() {
        assertThatThrownBy(() -> access.list(Source.file("/dev/null"), Cancellation.create()))
                .isInstanceOf(DataflowException.class)
                .hasMessage("IO_FAILED: Cannot read '/dev/null': it is not a regular file");
    }

    @Test
    void aFileThatChangedSinceItWasListedIsNotRead() throws IOException {
        SourceFile file = list("train.csv").get(0);
        Files.writeString(directory.resolve("train.csv"), "something else altogether");
        assertThatThrownBy(() -> read(file, 0, 5))
                .isInstanceOf(DataflowException.class)
                .hasMessage(
                        "SOURCE_CHANGED: Cannot read '" + directory + "/train.csv': it changed since it was listed\n"
                                + "  Run it again when nothing writes to the file");
    }

    @Test
    void aFileThatChangesWhileItIsReadFailsAtItsEnd() throws IOException {
        SourceFile file = list("train.csv").get(0);
        try (InputStream content = access.read(file, 0, 20, Cancellation.create())) {
            assertThat(content.readNBytes(5)).hasSize(5);
            Files.setLastModifiedTime(directory.resolve("train.csv"), FileTime.from(Instant.EPOCH));
            assertThatThrownBy(content::readAllBytes)
                    .isInstanceOf(DataflowException.class)
                    .hasMessageStartingWith("SOURCE_CHANGED: Cannot read '" + directory + "/train.csv'");
        }
    }

    @Test
    void aFileThatIsCutOffWhileItIsReadFails() throws IOException {
        SourceFile file = list("train.csv").get(0);
        try (InputStream content = access.read(file, 0, 20, Cancellation.create())) {
            assertThat(content.readNBytes(5)).hasSize(5);
            Files.writeString(directory.resolve("train.csv"), "short");
            assertThatThrownBy(content::readAllBytes)
                    .isInstanceOf(DataflowException.class)
                    .hasMessage("SOURCE_CHANGED: Cannot read '" + directory
                            + "/train.csv': it became shorter while it was read\n"
                            + "  Run it again when nothing writes to the file");
        }
    }

    @Test
    void aReadStopsWhenItIsCancelled() throws IOException {
        Cancellation cancellation = Cancellation.create();
        try (InputStream content = access.read(list("train.csv").get(0), 0, 20, cancellation)) {
            cancellation.cancel("interrupted");
            assertThatThrownBy(content::read)
                    .isInstanceOf(DataflowException.class)
                    .hasMessage("CANCELLED: Cannot go on: interrupted");
        }
    }

    private List<SourceFile> list(String name) {
        return access.list(Source.file(directory + "/" + name), Cancellation.create());
    }

    private String read(SourceFile file, long offset, long length) throws IOException {
        try (InputStream content = access.read(file, offset, length, Cancellation.create())) {
            return new String(content.readAllBytes(), UTF_8);
        }
    }
}
