package example;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.plan.PlanJson;
import io.millrace.dataflow.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of the guide to plans compiles, runs and gives what the guide says. */
class PlansGuideTest {
    private static final Path SOURCE = Path.of("src/test/java/example/PlansGuide.java");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void everyLineOfCodeIsInTheProgram() throws IOException {
        String program = GuidePage.squeezed(SOURCE).replace("directory.resolve(", "Path.of(");

        assertThat(GuidePage.read("plans.md").blocks("java")).hasSize(4).allSatisfy(block -> block.lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> assertThat(program).contains(GuidePage.squeezed(line))));
    }

    @Test
    void theProgramGivesWhatThePageSays() throws IOException {
        Files.createDirectories(directory.resolve("plans"));

        Map<String, Object> results = PlansGuide.run(directory);

        assertThat(results)
                .containsEntry("opened", 3)
                .containsEntry("missing", Set.of())
                .containsEntry("sources", List.of(Source.file("data/birds.csv")))
                .containsEntry("steps", List.of("readCsv(data/birds.csv)", "filter(mass > 0)", "sort(species)"))
                .containsEntry("firstTwo", List.of("readCsv(data/birds.csv)", "filter(mass > 0)"))
                .containsEntry("owls", List.of("readCsv(data/owls.csv)", "filter(mass > 0)", "sort(species)"));
        assertThat(GuidePage.read("plans.md").blocks(""))
                .map(block -> block + "\n")
                .contains((String) results.get("diff"));
    }

    @Test
    void theDocumentOfThePageIsAPlan() throws IOException {
        assertThat(PlanJson.read(GuidePage.read("plans.md").blocks("json").get(0), Path.of("plans"))
                        .ordered())
                .hasToString("[readCsv(plans/../data/birds.csv), limit(10)]");
    }
}
