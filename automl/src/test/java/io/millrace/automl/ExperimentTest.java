package io.millrace.automl;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.Expr.lit;
import static io.millrace.dataflow.expr.Expr.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.automl.local.LocalTrials;
import io.millrace.automl.pipeline.FittedPipeline;
import io.millrace.automl.trial.Budget;
import io.millrace.automl.trial.Leaderboard;
import io.millrace.automl.trial.Metric;
import io.millrace.automl.trial.Outcome;
import io.millrace.automl.trial.Task;
import io.millrace.automl.trial.Trial;
import io.millrace.automl.trial.TrialListener;
import io.millrace.automl.trial.Validation;
import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.local.LocalEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentTest {
    private final LocalEngine engine = LocalEngine.create();

    @TempDir
    Path temporary;

    @AfterEach
    void close() {
        engine.close();
    }

    private Experiment labels(int rows) {
        return Experiment.predict("label", ExperimentFixture.labels(rows))
                .validate(Validation.folds(3))
                .budget(Budget.ofTrials(3))
                .seed(7);
    }

    private Result run(Experiment experiment) {
        return experiment.run(LocalTrials.on(engine).concurrency(2));
    }

    private static Map<String, @Nullable Object> row(@Nullable Double x, String colour) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("x", x);
        row.put("colour", colour);
        row.put("noise", 3L);
        return row;
    }

    @Test
    void findsAModelAndWritesItsFiles() throws IOException {
        Path directory = temporary.resolve("out");

        Result result = run(labels(200).directory(directory));

        assertThat(result.files())
                .containsExactly(
                        directory.resolve("model.millrace"),
                        directory.resolve("leaderboard.json"),
                        directory.resolve("predictions.csv"),
                        directory.resolve("journal.millrace"))
                .allSatisfy(file -> assertThat(file).isNotEmptyFile());
        assertThat(result.leaderboard().trials()).hasSize(3);
        assertThat(result.leaderboard().ensemble().orElseThrow().score()).isGreaterThan(0.95);
        FittedPipeline loaded = FittedPipeline.load(directory.resolve("model.millrace"));
        assertThat(loaded.score(row(9.0, "blue")).probabilities())
                .isEqualTo(result.best().score(row(9.0, "blue")).probabilities());
        assertThat(loaded.score(row(9.0, "blue")).value()).isEqualTo("yes");
        assertThat(loaded.score(row(9.0, "red")).value()).isEqualTo("no");
        assertThat(Files.readString(directory.resolve("leaderboard.json"), StandardCharsets.UTF_8))
                .isEqualTo(result.leaderboard().toJson() + "\n");
    }

    @Test
    void predictionsAreOnePerRowInOrder() throws IOException {
        Path directory = temporary.resolve("out");

        run(labels(60).directory(directory));

        List<String> lines = Files.readAllLines(directory.resolve("predictions.csv"), StandardCharsets.UTF_8);
        assertThat(lines).hasSize(61);
        assertThat(lines.get(0)).isEqualTo("row,target,prediction,probability_no,probability_yes");
        assertThat(lines.get(1)).matches("1,(yes|no),(yes|no),0\\.\\d+,0\\.\\d+");
        assertThat(lines.get(60)).startsWith("60,");
    }

    @Test
    void theSameSeedGivesTheSameBoardAndTheSameBytes() throws IOException {
        Result one = labels(150)
                .directory(temporary.resolve("one"))
                .run(LocalTrials.on(engine).concurrency(1));
        Result two = labels(150)
                .directory(temporary.resolve("two"))
                .run(LocalTrials.on(engine).concurrency(3));

        assertThat(two.leaderboard().withoutTimes()).isEqualTo(one.leaderboard().withoutTimes());
        for (String name : List.of("model.millrace", "predictions.csv")) {
            assertThat(Files.readAllBytes(temporary.resolve("two").resolve(name)))
                    .as(name)
                    .isEqualTo(Files.readAllBytes(temporary.resolve("one").resolve(name)));
        }
    }

    @Test
    void aResumedExperimentEndsAsOneThatWasNeverInterrupted() throws IOException {
        Path whole = temporary.resolve("whole");
        Path cut = temporary.resolve("cut");
        Result uninterrupted = run(labels(90).directory(whole));
        run(labels(90).directory(cut));
        byte[] journal = Files.readAllBytes(cut.resolve("journal.millrace"));

        for (int part = 4; part < 10; part++) {
            int length = journal.length * part / 10;
            Files.write(cut.resolve("journal.millrace"), java.util.Arrays.copyOf(journal, length));
            Files.delete(cut.resolve("model.millrace"));

            Result resumed = run(Experiment.resume(cut));

            assertThat(resumed.leaderboard().withoutTimes())
                    .isEqualTo(uninterrupted.leaderboard().withoutTimes());
            assertThat(Files.readAllBytes(cut.resolve("model.millrace")))
                    .isEqualTo(Files.readAllBytes(whole.resolve("model.millrace")));
        }
    }

    @Test
    void aResumedExperimentTakesMoreTrials() {
        Path directory = temporary.resolve("out");
        run(labels(90).directory(directory));

        Result more = run(Experiment.resume(directory).budget(Budget.ofTrials(4)));

        assertThat(more.leaderboard().withoutTimes().trials())
                .isEqualTo(
                        run(labels(90).budget(Budget.ofTrials(4))).leaderboard().trials());
    }

    @Test
    void aResumedExperimentRefusesOtherRows() throws IOException {
        Path data = temporary.resolve("data.csv");
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < 30; i++) {
            text.append(i % 7).append(',').append(i % 2 == 0 ? "a" : "b").append('\n');
        }
        Files.writeString(data, text.toString(), StandardCharsets.UTF_8);
        Path directory = temporary.resolve("out");
        run(Experiment.predict("y", Dataflow.readCsv(data.toString()))
                .budget(Budget.ofTrials(1))
                .directory(directory));
        Files.writeString(data, text.append("5,a\n").toString(), StandardCharsets.UTF_8);

        assertThatThrownBy(() -> run(Experiment.resume(directory)))
                .isInstanceOf(DataflowException.class)
                .hasMessage("SOURCE_CHANGED: Cannot resume the experiment in '" + directory
                        + "': the training rows have changed\n  Begin another experiment with them");
    }

    @Test
    void nothingButTheBudgetOfAResumedExperimentCanBeChanged() {
        Path directory = temporary.resolve("out");
        run(labels(60).budget(Budget.ofTrials(1)).directory(directory));

        assertThatThrownBy(() -> Experiment.resume(directory).seed(8))
                .hasMessage("INVALID_ARGUMENT: Cannot change the seed of an experiment that is resumed\n"
                        + "  Only its budget can be changed");
    }

    @Test
    void aDirectoryWithoutAJournalCannotBeResumed() {
        assertThatThrownBy(() -> Experiment.resume(temporary))
                .isInstanceOf(DataflowException.class)
                .hasMessage("NOT_AN_EXPERIMENT: Cannot resume the experiment in '" + temporary
                        + "': there is no 'journal.millrace'");
    }

    @Test
    void aDirectoryThatIsNotEmptyIsRefused() throws IOException {
        Files.writeString(temporary.resolve("something"), "x", StandardCharsets.UTF_8);

        assertThatThrownBy(() -> run(labels(60).directory(temporary)))
                .isInstanceOf(DataflowException.class)
                .hasMessage("OUTPUT_EXISTS: Cannot write to '" + temporary + "': the directory is not empty\n"
                        + "  Choose another directory, or resume the experiment that is in it");
    }

    @Test
    void anUnknownTargetIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> run(Experiment.predict("labl", ExperimentFixture.labels(20))))
                .isInstanceOf(DataflowException.class)
                .hasMessage("""
                        UNKNOWN_COLUMN: Cannot find column 'labl' for the target
                          Did you mean 'label'?
                          Columns here: x, colour, noise, label""");
    }

    @Test
    void anUnknownIgnoredColumnIsRefused() {
        assertThatThrownBy(() -> run(labels(20).ignore("colur")))
                .isInstanceOf(DataflowException.class)
                .hasMessage("""
                        UNKNOWN_COLUMN: Cannot find column 'colur' for ignore(colur)
                          Did you mean 'colour'?
                          Columns here: x, colour, noise, label""");
    }

    @Test
    void noRowsAreRefused() {
        assertThatThrownBy(() -> run(labels(0)))
                .isInstanceOf(DataflowException.class)
                .hasMessage("EMPTY_SOURCE: Cannot predict 'label': there are no rows");
    }

    @Test
    void aTargetAloneIsRefused() {
        Dataflow training = ExperimentFixture.labels(20).select("label");

        assertThatThrownBy(() -> run(Experiment.predict("label", training)))
                .isInstanceOf(DataflowException.class)
                .hasMessage(
                        "UNUSABLE_TARGET: Cannot predict 'label': there is no other column that can be learnt from");
    }

    @Test
    void aTargetOfNullsIsRefusedAndLeavesNoDirectory() {
        Dataflow training = ExperimentFixture.labels(20)
                .withColumn(
                        "label",
                        when(col("x").gt(100))
                                .then("yes")
                                .otherwise(lit(null))
                                .cast(io.millrace.dataflow.schema.DataTypes.TEXT));
        Path directory = temporary.resolve("out");

        assertThatThrownBy(() -> run(Experiment.predict("label", training).directory(directory)))
                .isInstanceOf(DataflowException.class)
                .hasMessage("UNUSABLE_TARGET: Cannot predict 'label': it is null in all 20 rows");
        assertThat(directory).doesNotExist();
    }

    @Test
    void rowsWithoutATargetAreLeftOutAndCounted() {
        Dataflow training = ExperimentFixture.labels(60)
                .withColumn("label", when(col("noise").lt(10)).then(lit(null)).otherwise(col("label")));

        Leaderboard board = run(Experiment.predict("label", training)
                        .validate(Validation.folds(3))
                        .budget(Budget.ofTrials(1)))
                .leaderboard();

        assertThat(board.summary().rowsWithoutTarget()).isPositive();
        assertThat(board.summary().rows() + board.summary().rowsWithoutTarget()).isEqualTo(60);
        assertThat(board.toString()).endsWith(" of 60 rows were left out: their target 'label' is not known");
    }

    @Test
    void ignoredColumnsAreNotNeededToScore() {
        Result result = run(labels(90).ignore("noise").budget(Budget.ofTrials(1)));

        assertThat(result.best().inputSchema().names()).containsExactly("x", "colour");
    }

    @Test
    void columnsMadeOfTheTargetAreNotLearntFrom() {
        List<String> notes = new ArrayList<>();
        Dataflow training = ExperimentFixture.labels(90)
                .withColumn("leak", when(col("label").eq("yes")).then(1).otherwise(0));

        Result result = run(Experiment.predict("label", training)
                .validate(Validation.folds(3))
                .budget(Budget.ofTrials(1))
                .listener(new TrialListener() {
                    @Override
                    public void noted(String text) {
                        notes.add(text);
                    }
                }));

        assertThat(result.best().inputSchema().names()).doesNotContain("label", "leak");
        assertThat(notes).contains("column 'leak' is not learnt from: it is computed from 'label'");
    }

    @Test
    void learnsLabelsOfMoreThanTwoKinds() {
        Result result = run(Experiment.predict("kind", ExperimentFixture.kinds(150))
                .validate(Validation.folds(3))
                .budget(Budget.ofTrials(3)));

        assertThat(result.leaderboard().summary().task()).isEqualTo(Task.multiclass("kind"));
        assertThat(result.best().score(row(9.5, "red")).value()).isEqualTo("high");
        assertThat(result.best().score(row(9.5, "red")).probabilities().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void learnsNumbers() {
        Result result = run(Experiment.predict("price", ExperimentFixture.prices(200))
                .validate(Validation.holdout(0.25))
                .budget(Budget.ofTrials(4)));

        assertThat(result.leaderboard().summary().metric()).isEqualTo(Metric.RMSE);
        assertThat((double) result.best().score(row(5.0, "green")).value()).isCloseTo(25, within(5.0));
    }

    @Test
    void aFewRowsAndARareLabelAreEnough() {
        Dataflow training = ExperimentFixture.labels(20)
                .withColumn("label", when(col("noise").lt(12)).then("rare").otherwise("usual"));

        Result result = run(Experiment.predict("label", training).budget(Budget.of(Duration.ofMinutes(5))));

        assertThat(result.leaderboard().trials()).hasSize(4);
        assertThat(result.leaderboard().failed()).isEmpty();
    }

    @Test
    void whenCancelledItEndsWithTheBestModelSoFar() {
        Cancellation cancellation = Cancellation.create();
        Experiment experiment = labels(90).budget(Budget.ofTrials(50)).listener(new TrialListener() {
            @Override
            public void trialEnded(Trial trial) {
                cancellation.cancel("enough");
            }
        });

        Result result = experiment.run(LocalTrials.on(engine).concurrency(2), cancellation);

        assertThat(result.isCancelled()).isTrue();
        assertThat(result.leaderboard().trials()).hasSizeLessThan(4);
        assertThat(result.best().members()).isNotEmpty();
    }

    @Test
    void whenCancelledBeforeAModelItIsCancelled() {
        Cancellation cancellation = Cancellation.create();
        cancellation.cancel("enough");

        assertThatThrownBy(() -> labels(90).run(LocalTrials.on(engine), cancellation))
                .isInstanceOf(DataflowException.class)
                .hasMessage("CANCELLED: Cannot go on: enough");
    }

    @Test
    void aBudgetThatReadingUsesUpStillGivesAModel() {
        Result result = run(labels(90).budget(Budget.of(Duration.ofMillis(1))));

        assertThat(result.best().members()).isNotEmpty();
        assertThat(result.leaderboard().ensemble().orElseThrow().score()).isGreaterThan(0.5);
    }

    @Test
    void whatIsLeftOfTheBudgetIsThatOfAResumedExperiment() {
        Path directory = temporary.resolve("out");
        Budget budget = Budget.of(Duration.ofMinutes(5)).orTrials(1);
        run(labels(60).budget(budget).directory(directory));

        Result resumed = run(Experiment.resume(directory));

        assertThat(resumed.leaderboard().trials()).hasSize(1);
        assertThat(run(Experiment.resume(directory)
                                .budget(Budget.of(Duration.ofMinutes(5)).orTrials(2)))
                        .leaderboard()
                        .trials())
                .hasSize(2);
    }

    @Test
    void lostFitsAreTriedOnceAgain() {
        LosingTrials once = new LosingTrials(LocalTrials.on(engine).concurrency(2), 1);

        Leaderboard board = labels(60).run(once).leaderboard();

        assertThat(board.failed()).isEmpty();
        assertThat(board.withoutTimes()).isEqualTo(run(labels(60)).leaderboard().withoutTimes());
    }

    @Test
    void whenNoTrialScoresTheFirstFailureIsSaid() {
        LosingTrials always = new LosingTrials(LocalTrials.on(engine).concurrency(2), Integer.MAX_VALUE);

        assertThatThrownBy(() -> labels(60).run(always))
                .isInstanceOf(DataflowException.class)
                .hasMessage("NO_TRIAL_SUCCEEDED: Cannot choose a model: 0 of 3 trials scored (0 skipped, 3 failed, 0"
                        + " not through)\n"
                        + "  first failure: trial 1, lightgbm: fold 1: the place where it ran was lost, twice");
    }

    @Test
    void aMetricOfAnotherTaskIsRefused() {
        assertThatThrownBy(() -> run(labels(60).optimize(Metric.RMSE)))
                .hasMessage("INVALID_ARGUMENT: Cannot optimize 'rmse' for a binary task\n"
                        + "  Metrics here: roc_auc, log_loss, accuracy, balanced_accuracy, f1");
    }

    @Test
    void everyTrialIsOnTheBoard() {
        Leaderboard board = run(labels(90)).leaderboard();

        assertThat(board.trials()).extracting(Trial::number).containsExactly(1, 2, 3);
        assertThat(board.trials()).allMatch(trial -> trial.outcome() instanceof Outcome.Scored);
        assertThat(board.ensemble().orElseThrow().weights().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isCloseTo(1, within(1e-12));
    }
}
