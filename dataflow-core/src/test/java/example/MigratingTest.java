package example;

import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.RowIterator;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of the page for users of the retired product compile and run. */
class MigratingTest {
    private static final Path PAGE = Path.of("../docs/migrating.md");
    private static final Path SOURCE = Path.of("src/test/java/example/Migrating.java");
    private static final Pattern CODE = Pattern.compile("`([^`]+\\([^`]*)`");
    private static final Schema SCHEMA = Schema.of(
            Field.optional("id", INT64),
            Field.optional("x", FLOAT64),
            Field.optional("z", FLOAT64),
            Field.optional("t", TEXT),
            Field.optional("n", TEXT),
            Field.optional("d", TEXT));
    private static final List<List<@Nullable Object>> ROWS = List.of(
            Arrays.asList(1L, 1.5, 2.0, "a", "1", "2024-03-01"),
            Arrays.asList(2L, null, 3.0, "b", "2.50", "2024-03-02"));

    private final LocalEngine engine = LocalEngine.create().threads(2);
    private final Dataflow flow = Dataflow.rows(SCHEMA, ROWS);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void everyLineOfThePageIsInTheProgram() throws IOException {
        String program = GuidePage.squeezed(SOURCE);

        assertThat(lines()).hasSizeGreaterThan(100).allSatisfy(line -> assertThat(program)
                .contains(GuidePage.squeezed(line)));
    }

    @Test
    void everyStepRuns() {
        Dataflow other = Dataflow.rows(
                Schema.of(Field.optional("id", INT64), Field.optional("key", INT64)),
                List.of(Arrays.asList(1L, 1L), Arrays.asList(3L, 3L)));
        List<Dataflow> flows = new ArrayList<>();
        flows.addAll(Migrating.columnSteps(flow, other));
        flows.addAll(Migrating.typeSteps(flow));
        flows.addAll(Migrating.rowSteps(flow, other));
        flows.addAll(Migrating.valueSteps(flow));
        flows.addAll(Migrating.summaries(flow, engine));
        flows.addAll(Migrating.learnt(flow, other, engine));
        flows.addAll(Migrating.byExample(flow, engine));

        assertThat(flows).allSatisfy(each -> {
            try (Table table = each.collect(engine)) {
                assertThat(table.schema()).isEqualTo(each.schema(engine));
            }
        });
    }

    @Test
    void rowsThatProgramsSeeDifferentlyAreSuggested() {
        assertThat(Migrating.suggestions(flow, engine))
                .hasToString("[d = '2024-03-02' -> '2 March 2024' or '1 March 2024']");
    }

    @Test
    void everyExpressionHasAType() {
        assertThat(Migrating.expressions()).allSatisfy(value -> assertThat(
                        flow.withColumn("value", value).schema(engine).names())
                .endsWith("value"));
    }

    @Test
    void everyReaderIsADataflow() {
        assertThat(Migrating.readers(SCHEMA, ROWS, List.of(Map.of("id", 1L))))
                .allSatisfy(read ->
                        assertThat(Migrating.saved(read.toJson()).toJson()).contains("\"steps\""));
    }

    @Test
    void aFormatIsDetectedAtOnce() {
        assertThatThrownBy(Migrating::detected)
                .isInstanceOf(DataflowException.class)
                .hasMessageContaining("Cannot find a file that matches 'data/*'");
    }

    @Test
    void everyActionRuns(@TempDir Path directory) {
        List<@Nullable Object> results = Migrating.actions(flow, engine, directory);
        for (Object result : results) {
            if (result instanceof Table table) {
                table.close();
            } else if (result instanceof RowIterator rows) {
                rows.close();
            }
        }

        assertThat(results).doesNotContainNull();
        assertThat(directory.resolve("a.csv")).exists();
        assertThat(directory.resolve("a.arrow")).exists();
    }

    @Test
    void everyOutputHasATarget() {
        assertThat(Migrating.outputs())
                .extracting(output -> output.target().display())
                .containsExactly("https://x.blob.core.windows.net/c/a.csv", "a.csv");
    }

    @Test
    void aBlobIsWrittenWithASignatureThatIsWhole() {
        assertThatThrownBy(() -> Migrating.toBlob(flow, engine))
                .isInstanceOf(DataflowException.class)
                .hasMessageStartingWith(
                        "SAS_NOT_USABLE: Cannot write https://x.blob.core.windows.net/c/a.csv: the SAS lacks");
    }

    @Test
    void everyPartOfAPlanIsThere(@TempDir Path directory) {
        assertThat(Migrating.plans(flow, directory.resolve("plan.json")))
                .hasSize(7)
                .doesNotContainNull();
    }

    @Test
    void everyFigureOfAProfileIsThere() {
        assertThat(Migrating.figures(flow.profile(engine))).doesNotContainNull();
    }

    /** The code in the second column of the tables. */
    private static List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String row : Files.readAllLines(PAGE)) {
            String[] cells = row.split(" \\| ", -1);
            if (row.startsWith("| ") && cells.length > 1) {
                Matcher code = CODE.matcher(cells[1]);
                while (code.find()) {
                    lines.add(code.group(1));
                }
            }
        }
        return lines;
    }
}
