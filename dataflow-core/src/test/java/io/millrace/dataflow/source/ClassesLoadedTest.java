package io.millrace.dataflow.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.execution.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassesLoadedTest {
    @Test
    void aLocalReadLoadsNeitherAnHttpClientNorTheAzureSdk(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("a.csv"), "x\n1\n");
        assertThat(readInAnotherProcess(file.toString()))
                .contains("io.millrace.dataflow.source.LocalFiles", "read 4 bytes")
                .doesNotContain(
                        "java.net.http.",
                        "com.azure.",
                        "reactor.",
                        "io.millrace.dataflow.source.RemoteFiles",
                        "io.millrace.dataflow.source.BlobListing");
    }

    @Test
    void aReadOfOneBlobLoadsNothingOfTheAzureSdk() throws Exception {
        try (StubServer server = StubServer.start()) {
            server.always(StubServer.content("x\n1\n".getBytes(UTF_8), "\"1\""));
            assertThat(readInAnotherProcess(server.url("/devstoreaccount1/raw/a.csv")))
                    .contains("java.net.http.", "io.millrace.dataflow.source.RemoteFiles", "read 4 bytes")
                    .doesNotContain("com.azure.", "reactor.", "io.millrace.dataflow.source.BlobListing");
        }
    }

    /** The output of a process that reads an address: the classes it loads, and how much it read. */
    private static String readInAnotherProcess(String address) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-verbose:class",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReadOne.class.getName(),
                        address)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** What the process of the test runs. */
    static final class ReadOne {
        private ReadOne() {}

        public static void main(String[] arguments) throws IOException {
            SourceAccess access = SourceAccess.with(Credentials.none());
            SourceFile file =
                    access.list(Source.of(arguments[0]), Cancellation.create()).get(0);
            byte[] content =
                    access.read(file, 0, file.length(), Cancellation.create()).readAllBytes();
            System.out.println("read " + content.length + " bytes");
        }
    }
}
