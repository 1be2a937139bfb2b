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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide from end to end: its program compiles, and prints what the guide shows. */
class TourTest {
    private static final Path PROGRAM = Path.of("src/test/java/example/Tour.java");

    private final LocalEngine engine = LocalEngine.create().threads(2);

    @TempDir
    private Path directory;

    private Dataflow orders = Dataflow.rows(io.millrace.dataflow.schema.Schema.of(), List.of());
    private Dataflow customers = orders;

    @BeforeEach
    void read() throws IOException {
        List<String> files = GuidePage.read("dataflow.md").blocks("csv");
        orders = Tour.orders(written("orders.csv", files.get(0)));
        customers = Dataflow.readCsv(written("customers.csv", files.get(1)));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void thePageShowsTheProgram() throws IOException {
        String program = GuidePage.squeezed(PROGRAM);

        assertThat(GuidePage.read("dataflow.md").blocks("java")).hasSize(8).allSatisfy(code -> assertThat(program)
                .contains(GuidePage.squeezed(code)));
    }

    @Test
    void theProgramPrintsWhatThePageShows() throws IOException {
        Dataflow cleaned = Tour.clean(orders);
        String refused = message(Tour.mistaken(orders));

        assertThat(GuidePage.read("dataflow.md").blocks("text"))
                .containsExactly(
                        unplaced(Tour.firstRows(orders, engine)),
                        shown(cleaned),
                        shown(Tour.perCustomer(cleaned, customers)),
                        shown(Tour.running(cleaned)),
                        shown(orders.apply(Tour.amounts())),
                        refused);
    }

    @Test
    void whatIsSavedGivesTheSameRows() throws IOException {
        Dataflow cleaned = Tour.clean(orders);

        assertThat(Tour.saved(cleaned, engine, directory).rows()).isEqualTo(4);
        assertThat(directory.resolve("clean.arrow")).exists();
        Dataflow again = Dataflow.fromJson(Files.readString(directory.resolve("clean.json")), directory);
        assertThat(shown(again)).isEqualTo(shown(cleaned));
        assertThat(shown(Dataflow.readCsv(directory.resolve("clean.csv").toString())))
                .isEqualTo(shown(cleaned));
    }

    private String shown(Dataflow dataflow) {
        try (Table table = dataflow.collect(engine)) {
            return table.toString();
        }
    }

    private String message(Dataflow dataflow) {
        DataflowException refused = catchThrowableOfType(DataflowException.class, () -> dataflow.schema(engine));
        return unplaced(String.valueOf(refused.getMessage()));
    }

    /** Without the directory that only this run has. */
    private String unplaced(String text) {
        return text.replace(directory + "/", "").replaceAll("Tour\\.java:\\d+", "Tour.java");
    }

    private String written(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content + "\n").toString();
    }
}
