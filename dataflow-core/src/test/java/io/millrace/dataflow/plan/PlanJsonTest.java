package io.millrace.dataflow.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.JoinKeys;
import io.millrace.dataflow.expr.JoinOptions;
import io.millrace.dataflow.source.Credential;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.SasToken;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.testing.StepTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlanJsonTest {
    private static final Path GOLDEN = Path.of("src/test/resources/plans");

    @Test
    void everyStepThatIsWrittenAsItselfHasAnExample() {
        Set<Class<?>> steps = StepTypes.all();
        steps.remove(SourceStep.FromTable.class);
        steps.remove(SourceStep.Hosted.class);
        assertThat(StepExamples.byName().values().stream().map(Object::getClass).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(steps);
    }

    @Test
    void everyStepIsWrittenAsItsGoldenFileSays() throws IOException {
        for (Map.Entry<String, Step> example : StepExamples.byName().entrySet()) {
            Path file = GOLDEN.resolve(example.getKey() + ".json");
            String written = StepJson.write(example.getValue()).toPrettyString() + "\n";
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(GOLDEN);
                Files.writeString(file, written, UTF_8);
            }
            assertThat(written).as(example.getKey()).isEqualTo(Files.readString(file, UTF_8));
        }
    }

    @Test
    void everyStepIsReadAsItWasWritten() {
        StepExamples.byName()
                .forEach((name, step) ->
                        assertThat(StepJson.read(StepJson.write(step))).as(name).isEqualTo(step));
    }

    @Test
    void aSavedPlanIsReadAsTheSameDataflow() {
        Dataflow birds = Dataflow.readCsv("birds.csv");
        Dataflow dataflow =
                birds.filter(Expr.col("mass").gt(1)).union(birds.limit(3)).sort("species");

        Node read = PlanJson.read(dataflow.toJson(), Path.of(""));

        assertThat(read).isEqualTo(dataflow.node());
        assertThat(Dataflow.of(read).toJson()).isEqualTo(dataflow.toJson());
        assertThat(read.ordered()).hasSize(5);
    }

    @Test
    void relativeFilesAreRelativeToThePlan() {
        String json = Dataflow.readCsv("birds.csv").toJson();

        Node read = PlanJson.read(json, Path.of("examples"));

        assertThat(read.step())
                .isEqualTo(new SourceStep.Read(
                        Source.file(Path.of("examples", "birds.csv").toString()),
                        CsvOptions.defaults(),
                        Optional.empty()));
    }

    @Test
    void aPastedSignatureIsNeitherWrittenNorPartOfTheFingerprint() {
        String url = "https://acme.blob.core.windows.net/raw/birds.csv";
        Node first =
                Dataflow.readCsv(blob(url, "sv=1&sig=c2VjcmV0"), csv -> csv).node();
        Node renewed = Dataflow.readCsv(blob(url, "sv=1&sig=bmV3"), csv -> csv).node();

        assertThat(PlanJson.write(first))
                .contains("\"credential\" : \"acme-raw\"")
                .doesNotContain("sig");
        assertThat(first.toString()).isEqualTo("readCsv(" + url + ")");
        assertThat(first.fingerprint()).isEqualTo(renewed.fingerprint());
    }

    @Test
    void unknownStepsAreRefusedByName() {
        String json = "{\"millrace\": \"plan\", \"version\": 1, \"steps\": [{\"id\": 0, \"step\": \"filtr\"}]}";

        assertThatThrownBy(() -> PlanJson.read(json, Path.of("")))
                .isInstanceOf(DataflowException.class)
                .hasMessage("""
                        NEWER_PLAN: Cannot read the plan: no step is named 'filtr'
                          at the step of id 0
                          Did you mean 'filter'?
                          Steps known: append_columns, cast, distinct, drop, explode, fill_null, filter, filter_columns, group_by, join, and 27 more
                          A plan written by a newer Millrace may hold steps that this one does not know""");
    }

    @Test
    void newerVersionsAreRefused() {
        assertThatThrownBy(() -> PlanJson.read("{\"millrace\": \"plan\", \"version\": 2, \"steps\": []}", Path.of("")))
                .hasMessage("""
                        NEWER_PLAN: Cannot read the plan: it has version 2, and this Millrace reads up to 1
                          Install a newer Millrace""");
    }

    @Test
    void whatIsNoPlanIsRefused() {
        for (Map.Entry<String, String> wrong : Map.of(
                        "a,b\n1,2", "line 1 is not JSON",
                        "{}", "it has no member \"millrace\": \"plan\"",
                        "{\"millrace\": \"plan\"}", "'version' is missing",
                        "{\"millrace\": \"plan\", \"version\": 1, \"steps\": []}", "it has no steps")
                .entrySet()) {
            assertThatThrownBy(() -> PlanJson.read(wrong.getKey(), Path.of("")))
                    .hasMessage("NOT_A_PLAN: Cannot read the plan: " + wrong.getValue());
        }
    }

    @Test
    void aStepWithTheWrongNumberOfInputsIsRefused() {
        Node join = Node.of(new TableStep.Join(JoinOptions.inner(JoinKeys.of("id"))), List.of(), Optional.empty());

        assertThatThrownBy(() -> Binder.bind(join, (source, options) -> StepExamples.BIRDS))
                .hasMessage("""
                        NOT_A_PLAN: Cannot bind innerJoin(id): it has 0 inputs and needs 2
                          step 1 of 1""");
    }

    private static Source blob(String url, String sas) {
        return Source.blob(url, Credential.sas("acme-raw", SasToken.of(sas)));
    }
}
