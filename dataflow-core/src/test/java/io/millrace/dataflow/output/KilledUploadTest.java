package io.millrace.dataflow.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.testing.AzuriteRequired;
import io.millrace.dataflow.testing.AzuriteServer;
import io.millrace.dataflow.testing.NestedRows;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A process that is killed while it writes. */
@Tag("azurite")
@ExtendWith(AzuriteRequired.class)
class KilledUploadTest {
    private static final String CONTAINER = "output-killed";

    @Test
    void aProcessThatIsKilledLeavesTheOldBlobAndNoNewOne(AzuriteServer azurite) throws Exception {
        azurite.privateContainer(CONTAINER).upload(CONTAINER, "old.csv", "old");
        String sas = azurite.sas(CONTAINER, "w");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "-Xmx200m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WriteMuch.class.getName(),
                        azurite.url(CONTAINER, "old.csv") + "?" + sas,
                        azurite.url(CONTAINER, "new.csv") + "?" + sas)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            assertThat(said.readLine()).isEqualTo("written");
        } finally {
            process.destroyForcibly().waitFor();
        }

        assertThat(azurite.uncommittedBlocks(CONTAINER, "old.csv")).isPositive();
        assertThat(azurite.text(CONTAINER, "old.csv")).contains("old");
        assertThat(azurite.text(CONTAINER, "new.csv")).isEmpty();
    }

    /** What the process runs: writes far more than it may hold in memory, and waits to be killed. */
    static final class WriteMuch {
        private WriteMuch() {}

        public static void main(String[] addresses) throws IOException {
            NestedRows rows = new NestedRows(
                    Schema.of(Schema.Field.required("text", DataTypes.TEXT)),
                    Collections.nCopies(1_000, List.of("x".repeat(1_000))));
            List<Output> outputs = List.of(Output.to(addresses[0]), Output.to(addresses[1]));
            try (RootAllocator allocator = new RootAllocator();
                    Batch batch = rows.batch(allocator);
                    OutputFiles files = OutputFiles.open(rows.schema(), outputs, Writing.plain())) {
                for (int i = 0; i < 150; i++) {
                    files.write(batch);
                }
                System.out.println("written");
                System.in.read();
            }
        }
    }
}
