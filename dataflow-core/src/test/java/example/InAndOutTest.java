package example;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.output.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the guide to rows in and out compiles and runs. */
class InAndOutTest {
    private static final Path SOURCE = Path.of("src/test/java/example/InAndOut.java");
    private static final Path SPARK_SOURCE = Path.of("../dataflow-spark/src/test/java/example/SparkInAndOut.java");

    @Test
    void everyBlockOfThePageIsInAProgram() throws IOException {
        String programs = GuidePage.squeezed(SOURCE) + GuidePage.squeezed(SPARK_SOURCE);
        List<String> blocks = GuidePage.read("in-and-out.md").blocks("java").stream()
                .map(GuidePage::squeezed)
                .toList();

        assertThat(blocks).hasSize(9).allSatisfy(block -> assertThat(programs).contains(block));
    }

    @Test
    void thePageRuns(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("sales-1.csv"), "shop;amount\na;20\nb;200\n");
        Files.writeString(directory.resolve("sales-2.csv"), "shop;amount\na;30\n");
        Dataflow joined = InAndOut.in(directory);

        try (LocalEngine engine = LocalEngine.create().threads(2)) {
            assertThat(InAndOut.looking(joined, engine)).isEqualTo(9);
            assertThat(InAndOut.iterating(joined, engine)).containsExactly(20L, 200L, 30L);
            assertThat(InAndOut.out(joined, engine, directory)).isEqualTo(new Written(3, 0));
            assertThat(InAndOut.severalResults(joined, engine)).containsExactly(2L, 1L);
            assertThat(InAndOut.named(engine, "sv=1&sig=1")).hasSize(2);
        }
        assertThat(directory.resolve("joined.csv")).hasContent("shop,amount,city\na,20,Oslo\nb,200,\na,30,Oslo");
        assertThat(directory.resolve("joined.txt")).hasContent("shop|amount|city\na|20|Oslo\nb|200|\na|30|Oslo");
        assertThat(InAndOut.blob().target().display()).isEqualTo("https://acme.blob.core.windows.net/out/joined.csv");
    }
}
