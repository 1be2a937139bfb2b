package example;

import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The examples of the guide to learned steps compile, run, and show what the guide says. */
class LearnedStepsTest {
    private static final Path SOURCE = Path.of("src/test/java/example/LearnedSteps.java");

    private final LocalEngine engine = LocalEngine.create().threads(2);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void everyLineOfTheGuideIsInTheProgram() throws IOException {
        String program = GuidePage.squeezed(SOURCE);

        assertThat(GuidePage.read("learned-steps.md").blocks("java"))
                .hasSizeGreaterThan(9)
                .allSatisfy(block -> assertThat(program).contains(GuidePage.squeezed(block)));
    }

    @Test
    void theGuideShowsWhatIsLearnt() throws IOException {
        List<String> shown = new ArrayList<>();
        for (Map.Entry<Object, Dataflow> example : examples()) {
            shown.add(example.getKey().toString());
        }

        assertThat(GuidePage.read("learned-steps.md").blocks("text"))
                .isNotEmpty()
                .allSatisfy(block -> assertThat(shown).contains(block));
    }

    @Test
    void everyExampleRuns() {
        assertThat(examples()).allSatisfy(example -> {
            try (Table table = example.getValue().collect(engine)) {
                assertThat(table.rows()).isNotEmpty();
            }
        });
    }

    private List<Map.Entry<Object, Dataflow>> examples() {
        Dataflow people = rows("city", "size", "age")
                .of("Koeln", "s", 30, "Koeln", "m", null, "Köln", "l", 40, "Ulm", "s", 20)
                .union(rows("city", "size", "age")
                        .of("Ulm", "m", 25, "Ulm a. D.", "l", 35, "Cologne", "s", 50, "ulm", "s", 60));
        Dataflow orders = rows("id", "customer_id").of(1, 11, 2, 11, 3, 12);
        Dataflow customers = rows("id", "name").of(11, "Ann", 12, "Bob", 13, "Cid");
        return List.of(
                LearnedSteps.impute(people, engine),
                LearnedSteps.replay(people, people, engine),
                LearnedSteps.oneHot(people, engine),
                LearnedSteps.labelEncode(people, engine),
                LearnedSteps.minMaxScale(people, engine),
                LearnedSteps.standardScale(people, engine),
                LearnedSteps.quantileTransform(people, engine),
                LearnedSteps.bins(people, engine),
                LearnedSteps.spellings(people, engine),
                LearnedSteps.joining(orders, customers, engine));
    }
}
