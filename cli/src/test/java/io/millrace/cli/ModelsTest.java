package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.dataflow.execution.Cancellation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code automl} and {@code predict}. */
class ModelsTest {
    private static final int ROWS = 90;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path shared;

    @SuppressWarnings("NullAway.Init")
    private static Ran trained;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeAll
    static void train() throws IOException {
        Files.writeString(shared.resolve("sales.csv"), sales("size"));
        trained = Ran.millrace(
                "automl",
                shared.resolve("sales.csv").toString(),
                "--target",
                "sold",
                "--trials",
                "1",
                "--folds",
                "3",
                "--out",
                shared.resolve("model").toString());
    }

    @Test
    void automlPrintsTheLeaderboardAndThePathsItWrote() {
        String board = shared.resolve("model").toString();

        assertThat(trained.code()).isZero();
        assertThat(trained.out()).startsWith("Leaderboard: roc_auc, higher is better, 3 folds, 1 trial in ");
        assertThat(trained.out())
                .endsWith("\n\nWrote\n  " + board + "/model.millrace\n  " + board + "/leaderboard.json\n  " + board
                        + "/predictions.csv\n  " + board + "/journal.millrace\n");
    }

    @Test
    void automlSaysOnStandardErrorWhatItDoes() {
        assertThat(trained.err().lines().findFirst())
                .contains("binary 'sold' from 3 columns of 90 rows: roc_auc, 3 folds");
    }

    @Test
    void automlAsJsonIsOneDocument() throws IOException {
        Path out = directory.resolve("model");

        Ran ran = Ran.millrace(
                "automl",
                sales(),
                "--target",
                "sold",
                "--trials",
                "1",
                "--folds",
                "3",
                "--seed",
                "7",
                "--out",
                out.toString(),
                "--json",
                "--quiet");

        JsonNode document = new ObjectMapper().readTree(ran.out());
        assertThat(ran.err()).isEmpty();
        assertThat(document.fieldNames())
                .toIterable()
                .containsExactly("target", "task", "metric", "score", "cancelled", "files", "leaderboard");
        assertThat(document.path("target").textValue()).isEqualTo("sold");
        assertThat(document.path("task").textValue()).isEqualTo("binary");
        assertThat(document.path("metric").textValue()).isEqualTo("roc_auc");
        assertThat(document.path("files").path("model").textValue())
                .isEqualTo(out.resolve("model.millrace").toString());
        assertThat(document.path("leaderboard").path("seed").intValue()).isEqualTo(7);
        assertThat(document.path("leaderboard").path("ranked").size()).isEqualTo(2);
    }

    @Test
    void aResumedExperimentTakesANewBudget() {
        Path out = directory.resolve("model");
        Ran.millrace("automl", sales(), "--target", "sold", "--trials", "1", "--folds", "3", "--out", out.toString());

        Ran ran = Ran.millrace("automl", "--resume", out.toString(), "--trials", "2", "--quiet");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).startsWith("Leaderboard: roc_auc, higher is better, 3 folds, 2 trials in ");
    }

    @Test
    void anInterruptedExperimentWithoutAModelSaysSo() {
        Cancellation cancellation = Cancellation.create();
        cancellation.cancel("interrupted");

        Ran ran = Ran.in(
                OptionalInt.empty(), cancellation, "automl", sales(), "--target", "sold", "--out", path("model"));

        assertThat(ran).isEqualTo(new Ran(130, "", "CANCELLED: Cannot go on: interrupted\n"));
    }

    @Test
    void predictWritesOneRowForEachRowInOrder() throws IOException {
        List<String> records = new ArrayList<>(Files.readAllLines(Path.of(sales())));
        String header = records.remove(0);
        Collections.reverse(records);
        String reversed = file("reversed.csv", header + "\n" + String.join("\n", records) + "\n");

        Ran ran = Ran.millrace("predict", model(), sales(), "--out", path("scored.csv"));
        Ran ranReversed = Ran.millrace("predict", model(), reversed, "--out", path("scored-reversed.csv"));

        List<String> scored = new ArrayList<>(Files.readAllLines(directory.resolve("scored.csv")));
        List<String> scoredReversed = new ArrayList<>(Files.readAllLines(directory.resolve("scored-reversed.csv")));
        assertThat(ran).isEqualTo(new Ran(0, path("scored.csv") + "  90 rows\n", ""));
        assertThat(ranReversed.code()).isZero();
        assertThat(scored.remove(0)).isEqualTo("prediction,probability_no,probability_yes");
        assertThat(scoredReversed.remove(0)).isEqualTo("prediction,probability_no,probability_yes");
        Collections.reverse(scoredReversed);
        assertThat(scored).hasSize(ROWS).isEqualTo(scoredReversed);
        assertThat(new HashSet<>(scored)).hasSizeGreaterThan(1);
    }

    @Test
    void rowsOfAPlanThatEndsInTheStepsOfTheModelAreNotPreparedTwice() throws IOException {
        Files.copy(shared.resolve("sales.csv"), directory.resolve("sales.csv"));
        Path plan = Files.writeString(directory.resolve("plan.json"), """
                {"millrace": "plan", "version": 1, "steps": [
                  {"id": 0, "step": "read_csv", "source": {"file": "sales.csv"}},
                  {"id": 1, "inputs": [0], "step": "with_column", "name": "size",
                   "value": {"call": "add", "arguments": [{"column": "size"}, {"literal": 1}]}}
                ]}
                """);
        Ran.millrace(
                "automl", plan.toString(), "--target", "sold", "--trials", "1", "--folds", "3", "--out", path("m"));

        Ran ofFile = Ran.millrace("predict", path("m/model.millrace"), sales(), "--out", path("file.csv"));
        Ran ofPlan = Ran.millrace("predict", path("m/model.millrace"), plan.toString(), "--out", path("plan.csv"));

        assertThat(ofFile.err()).isEmpty();
        assertThat(ofPlan.err()).isEmpty();
        assertThat(directory.resolve("plan.csv")).hasSameTextualContentAs(directory.resolve("file.csv"));
    }

    @Test
    void aColumnThatTheModelHasNotSeenIsIgnoredAndNamedOnce() throws IOException {
        String more = file("more.csv", sales("size").replace("\n", ",x\n").replaceFirst(",x\n", ",extra\n"));

        Ran ran = Ran.millrace("predict", model(), more, "--out", path("scored.csv"));

        assertThat(ran)
                .isEqualTo(new Ran(
                        0,
                        path("scored.csv") + "  90 rows\n",
                        "note: ignored, for the model has not seen it: extra\n"));
    }

    @Test
    void cellsThatDoNotFitAreCountedOnceAndScoredAsMissing() throws IOException {
        String retyped =
                file("retyped.csv", sales("size").replace("\n3,", "\nthree,").replace("2024-01-03", "3 January"));

        Ran ran = Ran.millrace("predict", model(), retyped, "--out", path("scored.csv"));

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEqualTo(path("scored.csv") + "  90 rows\n");
        assertThat(ran.err())
                .matches("note: \\d+ cells do not fit their types and are scored as missing: day \\d+, size \\d+\n");
    }

    @Test
    void predictAsJsonCountsWhatItMet() throws IOException {
        String retyped = file("retyped.csv", "size,colour,day,extra\n1,red,2024-01-01,x\nbig,red,2024-01-02,x\n");

        Ran ran = Ran.millrace("predict", model(), retyped, "--out", path("scored.csv"), "--json", "--quiet");

        assertThat(ran.out().replace(directory.toString(), "DIR")).isEqualTo("""
                        {
                          "rows" : 2,
                          "out" : "DIR/scored.csv",
                          "ignored" : [ "extra" ],
                          "misfits" : {
                            "size" : 1
                          }
                        }
                        """);
    }

    @Test
    void aMissingColumnIsRefused() throws IOException {
        assertRefused(3, """
                MISSING_COLUMN: Cannot find column 'size' in DIR/renamed.csv
                  Did you mean 'sizes'?
                  Columns there: sizes, colour, day, sold
                """, "predict", model(), file("renamed.csv", sales("sizes")), "--out", path("scored.csv"));
        assertThat(directory.resolve("scored.csv")).doesNotExist();
    }

    @Test
    void aTruncatedModelIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(Path.of(model()));
        Files.write(directory.resolve("cut.millrace"), Arrays.copyOf(whole, 1_000));

        assertRefused(
                3,
                "NOT_A_MODEL: Cannot load the model 'DIR/cut.millrace': it is cut off, 1000 of " + whole.length
                        + " bytes are left\n  Copy it again from where it was written\n",
                "predict",
                path("cut.millrace"),
                sales(),
                "--out",
                path("scored.csv"));
    }

    @Test
    void aModelOfANewerMillraceIsRefused() throws IOException {
        ByteBuffer newer = ByteBuffer.wrap(Files.readAllBytes(Path.of(model()))).putInt(8, 99);
        CRC32 head = new CRC32();
        head.update(newer.array(), 0, 12);
        Files.write(
                directory.resolve("newer.millrace"),
                newer.putInt(12, (int) head.getValue()).array());

        assertRefused(3, """
                NEWER_MODEL: Cannot load the model 'DIR/newer.millrace': it has format version 99, and this Millrace reads up to 1
                  Install a newer Millrace
                """, "predict", path("newer.millrace"), sales(), "--out", path("scored.csv"));
    }

    @Test
    void aFileThatIsNoModelIsRefused() {
        assertRefused(3, """
                NOT_A_MODEL: Cannot load 'SHARED/sales.csv': it is not a model of Millrace
                  A model is what an experiment writes as model.millrace
                """, "predict", sales(), sales(), "--out", path("scored.csv"));
    }

    @Test
    void predictDoesNotOverwriteWhatItReads() {
        assertRefused(
                2,
                "OUTPUT_EXISTS: Cannot write to 'SHARED/model/model.millrace': it is what is read\n",
                "predict",
                model(),
                sales(),
                "--out",
                model());
    }

    @Test
    void aMistypedTargetIsSuggested() {
        assertRefused(2, """
                UNKNOWN_COLUMN: Cannot find column 'slod' for the target
                  Did you mean 'sold'?
                  Columns here: size, colour, day, sold
                """, "automl", sales(), "--target", "slod", "--out", path("model"));
    }

    @Test
    void aTargetOfOneLabelIsRefused() throws IOException {
        assertRefused(
                3,
                """
                UNUSABLE_TARGET: Cannot predict 'b': every known value is 'x'
                  A model needs at least two labels
                """,
                "automl",
                file("one.csv", "a,b\n" + "1,x\n".repeat(6)),
                "--target",
                "b",
                "--out",
                path("model"));
    }

    @Test
    void aTargetOfNullsIsRefused() throws IOException {
        assertRefused(
                3,
                "UNUSABLE_TARGET: Cannot predict 'b': it is null in all 2 rows\n",
                "automl",
                file("nulls.csv", "a,b\n1,\n2,\n"),
                "--target",
                "b",
                "--out",
                path("model"));
    }

    @Test
    void aHeaderWithoutRowsIsRefused() throws IOException {
        assertRefused(
                3,
                "EMPTY_SOURCE: Cannot predict 'b': there are no rows\n",
                "automl",
                file("header.csv", "a,b\n"),
                "--target",
                "b",
                "--out",
                path("model"));
    }

    @Test
    void aDirectoryThatIsNotEmptyIsRefused() throws IOException {
        file("notes.txt", "");

        assertRefused(2, """
                OUTPUT_EXISTS: Cannot write to 'DIR': the directory is not empty
                  Choose another directory, or resume the experiment that is in it
                """, "automl", sales(), "--target", "sold", "--out", directory.toString());
    }

    @Test
    void aDirectoryWithoutAnExperimentIsNotResumed() {
        assertRefused(3, """
                NOT_AN_EXPERIMENT: Cannot resume the experiment in 'DIR': there is no 'journal.millrace'
                """, "automl", "--resume", directory.toString());
    }

    @Test
    void aResumedExperimentKeepsWhatItSaid() {
        assertRefused(2, """
                INVALID_ARGUMENT: Cannot use --target, --seed with --resume
                  The experiment in 'DIR' says so itself; only --budget and --trials can change
                """, "automl", "--resume", directory.toString(), "--target", "sold", "--seed", "3");
    }

    @Test
    void aBudgetHasAUnit() {
        assertRefused(2, """
                INVALID_ARGUMENT: Cannot use '60' as --budget: it is a time with its unit
                  For example 60s, 5m or 1h30m
                """, "automl", sales(), "--target", "sold", "--budget", "60");
    }

    @Test
    void automlNeedsASourceAndATarget() {
        assertRefused(2, """
                INVALID_ARGUMENT: Cannot run millrace automl without SOURCE and --target COLUMN
                  See millrace automl --help
                """, "automl");
    }

    private void assertRefused(int code, String message, String... arguments) {
        Ran ran = Ran.millrace(arguments);

        assertThat(ran.err().replace(directory.toString(), "DIR").replace(shared.toString(), "SHARED"))
                .isEqualTo(message);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.code()).isEqualTo(code);
    }

    /** Rows numbered by their size; the larger are sold. */
    private static String sales(String size) {
        StringBuilder csv = new StringBuilder(size + ",colour,day,sold\n");
        for (int row = 1; row <= ROWS; row++) {
            csv.append(row).append(row % 3 == 0 ? ",red" : ",blue");
            csv.append(",2024-01-").append(String.format(Locale.ROOT, "%02d", 1 + row % 28));
            csv.append(row % 7 == 0 || row > ROWS / 2 ? ",yes\n" : ",no\n");
        }
        return csv.toString();
    }

    private static String sales() {
        return shared.resolve("sales.csv").toString();
    }

    private static String model() {
        return shared.resolve("model/model.millrace").toString();
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content, StandardCharsets.UTF_8)
                .toString();
    }
}
