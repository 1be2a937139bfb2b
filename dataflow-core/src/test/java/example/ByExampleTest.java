package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide to columns by example: its program compiles, and prints what the guide shows. */
class ByExampleTest {
    private static final Path PROGRAM = Path.of("src/test/java/example/ByExample.java");

    private final LocalEngine engine = LocalEngine.create().threads(2);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void thePageShowsTheProgram() throws IOException {
        String program = GuidePage.squeezed(PROGRAM);

        assertThat(GuidePage.read("by-example.md").blocks("java")).hasSize(7).allSatisfy(code -> assertThat(program)
                .contains(GuidePage.squeezed(code)));
    }

    @Test
    void theProgramPrintsWhatThePageShows(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("people.csv"),
                GuidePage.read("by-example.md").blocks("csv").get(0) + "\n");
        Dataflow people = Dataflow.readCsv(file.toString());
        DataflowException refused = catchThrowableOfType(
                DataflowException.class, () -> ByExample.contradicting(people).learn(engine));

        try (Table table = ByExample.all(people, engine).collect(engine)) {
            assertThat(List.of(
                            ByExample.types(people, engine).toString(),
                            ByExample.initials(people, engine).toString(),
                            ByExample.clearInitials(people, engine).toString(),
                            ByExample.birthdays(people, engine).toString(),
                            ByExample.addresses(people, engine).toString(),
                            table.toString(),
                            String.valueOf(refused.getMessage())))
                    .isEqualTo(GuidePage.read("by-example.md").blocks("text"));
        }
    }
}
