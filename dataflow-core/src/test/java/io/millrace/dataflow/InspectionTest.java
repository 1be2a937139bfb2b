package io.millrace.dataflow;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.plan.PlanFile;
import io.millrace.dataflow.plan.PlanLimits;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.source.Credential;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.SasToken;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.table.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dataflow says about itself, and dataflows made of parts of it. */
class InspectionTest {
    private static final Dataflow BIRDS = Dataflow.readCsv("birds.csv");
    private static final Dataflow JOINED = BIRDS.filter(col("mass").gt(1))
            .innerJoin(Dataflow.readCsv("species.csv").select("species", "family"), "species")
            .sort("mass")
            .limit(3);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void stepsAreInTheOrderOfASavedPlan() {
        assertThat(JOINED.steps())
                .containsExactly(
                        "readCsv(birds.csv)",
                        "filter(mass > 1)",
                        "readCsv(species.csv)",
                        "select(species, family)",
                        "innerJoin(species)",
                        "sort(mass)",
                        "limit(3)");
    }

    @Test
    void theFirstStepsAreADataflow() {
        assertThat(JOINED.steps(0, 2).node())
                .isEqualTo(BIRDS.filter(col("mass").gt(1)).node());
        assertThat(JOINED.steps(0, 7).node()).isEqualTo(JOINED.node());
        assertThat(JOINED.steps(2, 4).steps()).containsExactly("readCsv(species.csv)", "select(species, family)");
    }

    @Test
    void stepsAreDoneToOtherRows() {
        Dataflow owls = Dataflow.readCsv("owls.csv");

        assertThat(JOINED.steps(5, 7, owls).node())
                .isEqualTo(owls.sort("mass").limit(3).node());
        assertThat(JOINED.steps(2, 5, owls).steps())
                .containsExactly(
                        "readCsv(owls.csv)", "readCsv(species.csv)", "select(species, family)", "innerJoin(species)");
    }

    @Test
    void stepsThatNeedRowsOfOthersAreRefusedWithAdvice() {
        assertThatThrownBy(() -> JOINED.steps(5, 7))
                .isInstanceOf(DataflowException.class)
                .hasMessage("""
                        INVALID_ARGUMENT: Cannot take steps 5 to 7 of 7: they need rows of innerJoin(species)
                          Start at 0, or say over which rows: steps(5, 7, dataflow)""");
        assertThatThrownBy(() -> JOINED.steps(4, 7, BIRDS)).hasMessage("""
                        INVALID_ARGUMENT: Cannot take steps 4 to 7 of 7: they need rows of 2 steps before
                          Start at a step after which there is one chain of steps""");
    }

    @Test
    void stepsThatLeadToSeveralResultsAreRefused() {
        assertThatThrownBy(() -> JOINED.steps(0, 3)).hasMessage("""
                        INVALID_ARGUMENT: Cannot take steps 0 to 3 of 7: readCsv(species.csv) does not need filter(mass > 1)
                          Take steps that lead to one result""");
    }

    @Test
    void stepsThatStartFromRowsOfTheirOwnTakeNoOthers() {
        assertThatThrownBy(() -> JOINED.steps(0, 2, BIRDS)).hasMessage("""
                        INVALID_ARGUMENT: Cannot take steps 0 to 2 of 7 over other rows: they start from rows of their own
                          Start after the steps that read sources""");
    }

    @Test
    void stepsThatAreNotThereAreRefused() {
        for (int[] wrong : new int[][] {{-1, 2}, {2, 2}, {3, 2}, {0, 8}}) {
            assertThatThrownBy(() -> JOINED.steps(wrong[0], wrong[1])).hasMessage("""
                            INVALID_ARGUMENT: Cannot take steps %d to %d of 7: positions count from 0, and the second one is not among the steps taken
                              Steps there are: 0 to 7""".formatted(wrong[0], wrong[1]));
        }
    }

    @Test
    void sourcesAreNamedOnceInTheirOrder() {
        assertThat(JOINED.union(JOINED).union(BIRDS).sources())
                .containsExactly(Source.file("birds.csv"), Source.file("species.csv"));
        assertThat(Dataflow.rows(Schema.of(Field.optional("x", INT64)), List.of())
                        .sources())
                .isEmpty();
    }

    @Test
    void aSourceIsReplacedWhereverItIsRead() {
        Dataflow twice = BIRDS.limit(3).union(BIRDS);
        Dataflow owls = Dataflow.readCsv("owls.csv");

        assertThat(twice.replaceSource("birds.csv", "owls.csv").node())
                .isEqualTo(owls.limit(3).union(owls).node());
    }

    @Test
    void aSourceThatIsNotReadIsNotReplaced() {
        assertThatThrownBy(() -> JOINED.replaceSource("bird.csv", "owls.csv"))
                .isInstanceOf(DataflowException.class)
                .hasMessage("""
                        INVALID_ARGUMENT: Cannot replace source 'bird.csv': the dataflow does not read it
                          Did you mean 'birds.csv'?
                          Sources here: birds.csv, species.csv""");
    }

    @Test
    void theStepsAreCheckedAgainstTheColumnsOfAnotherSource() throws IOException {
        Files.writeString(directory.resolve("sample.csv"), "x\n1\n");
        Files.writeString(directory.resolve("all.csv"), "y\n1\n2\n");
        Dataflow sample = Dataflow.readCsv(directory.resolve("sample.csv").toString());
        Dataflow all = sample.withColumn("z", col("x").plus(1))
                .replaceSource(
                        sample.sources().get(0),
                        Source.file(directory.resolve("all.csv").toString()));

        try (LocalEngine engine = LocalEngine.create()) {
            assertThatThrownBy(() -> all.schema(engine))
                    .isInstanceOf(DataflowException.class)
                    .hasMessageContaining("Cannot find column 'x' for withColumn(z, (x + 1))");
        }
    }

    @Test
    void credentialsThatAPlanNamesAndNobodyGaveAreMissing() {
        Dataflow named = Dataflow.readCsv(blob("a", Credential.named("acme-raw")), csv -> csv)
                .union(Dataflow.readCsv(blob("b", Credential.named("acme-old")), csv -> csv))
                .union(Dataflow.readCsv(blob("c", Credential.sas("mine", SasToken.of("sig=x"))), csv -> csv));

        assertThat(named.missingCredentials(Credentials.none())).containsExactly("acme-old", "acme-raw");
        assertThat(named.missingCredentials(Credentials.none().with("acme-raw", SasToken.of("sig=y"))))
                .containsExactly("acme-old");
        assertThat(Dataflow.fromJson(named.toJson(), Path.of("")).missingCredentials(Credentials.none()))
                .containsExactly("acme-old", "acme-raw", "mine");
    }

    @Test
    void runningAPlanWithoutItsCredentialSaysSo() {
        Dataflow named = Dataflow.readCsv(blob("a", Credential.named("acme-raw")), csv -> csv);

        try (LocalEngine engine = LocalEngine.create().credential("acme-row", SasToken.of("sig=y"))) {
            assertThatThrownBy(
                            () -> Dataflow.fromJson(named.toJson(), Path.of("")).collect(engine))
                    .isInstanceOf(DataflowException.class)
                    .hasMessage("""
                            UNKNOWN_CREDENTIAL: Cannot find credential 'acme-raw'
                              Did you mean 'acme-row'?
                              Credentials known: acme-row
                              Pass it with --credential acme-raw=ENVIRONMENT_VARIABLE, or with engine.credential("acme-raw", token)""");
        }
    }

    @Test
    void aSavedDataflowReadsTheSameFilesWhereverItIsOpened() throws IOException {
        Path data = Files.createDirectories(Path.of("target", "inspection-data"));
        Files.writeString(data.resolve("x.csv"), "x\n1\n2\n");
        Dataflow flow = Dataflow.readCsv(data.resolve("x.csv").toString()).limit(1);
        Path plan = data.resolve("plans").resolve("x.json");
        Files.createDirectories(data.resolve("plans"));

        flow.save(plan);

        assertThat(Files.readString(plan)).contains("\"file\" : \"../x.csv\"");
        try (Stream<Path> files = Files.list(data.resolve("plans"))) {
            assertThat(files).containsExactly(plan);
        }
        try (LocalEngine engine = LocalEngine.create();
                Table table = Dataflow.open(plan).collect(engine)) {
            assertThat(table.rows()).containsExactly(List.of(1L));
        }
    }

    @Test
    void filesThatAreNoPlanAreRefusedByName() throws IOException {
        Path file = directory.resolve("x.json");
        assertThatThrownBy(() -> Dataflow.open(file)).hasMessage("SOURCE_NOT_FOUND: Cannot find plan '" + file + "'");
        Files.write(file, "{\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Dataflow.open(file))
                .hasMessage("NOT_A_PLAN: Cannot read plan '" + file + "': it is not UTF-8 text");
        Files.writeString(file, "{}");
        assertThatThrownBy(() -> Dataflow.open(file))
                .hasMessage("NOT_A_PLAN: Cannot read the plan: it has no member \"millrace\": \"plan\"\n  in " + file);
        Files.writeString(file, " ".repeat(100));
        assertThatThrownBy(() -> PlanFile.open(file, new PlanLimits(20)))
                .hasMessage("NOT_A_PLAN: Cannot read the plan: it has 100 bytes, and at most 20 characters are read"
                        + " unless PlanLimits say otherwise\n  in " + file);
    }

    private static Source blob(String name, Credential credential) {
        return Source.blob("https://acme.blob.core.windows.net/raw/" + name + ".csv", credential);
    }
}
