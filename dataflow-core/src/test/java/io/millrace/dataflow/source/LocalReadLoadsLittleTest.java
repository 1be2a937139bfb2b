package io.millrace.dataflow.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.execution.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalReadLoadsLittleTest {
    @Test
    void aLocalReadLoadsNeitherAnHttpClientNorTheAzureSdk(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("a.csv"), "x\n1\n");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-verbose:class",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReadOne.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("io.millrace.dataflow.source.LocalFiles", "read 4 bytes");
        assertThat(output)
                .doesNotContain(
                        "java.net.http.",
                        "com.azure.",
                        "reactor.",
                        "com.github.benmanes",
                        "io.millrace.dataflow.source.RemoteFiles",
                        "io.millrace.dataflow.source.BlobListing");
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
