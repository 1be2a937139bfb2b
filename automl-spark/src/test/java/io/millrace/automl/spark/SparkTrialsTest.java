package io.millrace.automl.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.automl.Experiment;
import io.millrace.automl.Result;
import io.millrace.automl.RunnerProvider;
import io.millrace.automl.RunnerProvider.Concurrency;
import io.millrace.automl.TrialRunner;
import io.millrace.automl.feature.Frame;
import io.millrace.automl.fit.FitOrder;
import io.millrace.automl.fit.FoldResult;
import io.millrace.automl.fit.TrainingData;
import io.millrace.automl.learner.Objective;
import io.millrace.automl.learner.Parameters;
import io.millrace.automl.local.LocalTrials;
import io.millrace.automl.trial.Budget;
import io.millrace.automl.trial.Candidate;
import io.millrace.automl.trial.Validation;
import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.spark.SparkEngine;
import io.millrace.dataflow.table.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SparkTrialsTest {
    private RunnerProvider.Running running = start(Concurrency.standard());

    @TempDir
    Path temporary;

    private static RunnerProvider.Running start(Concurrency concurrency) {
        RunnerProvider spark = ServiceLoader.load(RunnerProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("spark"))
                .findFirst()
                .orElseThrow();
        return spark.start(new RunnerProvider.Settings(Optional.of("local[2]"), Credentials.none(), concurrency));
    }

    @AfterAll
    void stop() {
        running.close();
    }

    private SparkTrials trials() {
        return SparkTrials.on((SparkEngine) running.engine());
    }

    @Test
    void theBoardAndTheBytesAreThoseOfLocalTrials() throws IOException {
        Path csv = temporary.resolve("rows.csv");
        Files.writeString(csv, rows(150), StandardCharsets.UTF_8);
        Path local = temporary.resolve("local");
        Path spark = temporary.resolve("spark");

        Result expected = experiment(csv).directory(local).run(LocalTrials.on(LocalEngine.create()));
        Result actual = experiment(csv).directory(spark).run(trials().everySlot());

        assertThat(actual.leaderboard().withoutTimes())
                .isEqualTo(expected.leaderboard().withoutTimes());
        assertThat(actual.leaderboard().trials()).hasSize(3);
        for (String name : List.of("model.millrace", "predictions.csv")) {
            assertThat(Files.readAllBytes(spark.resolve(name)))
                    .as(name)
                    .isEqualTo(Files.readAllBytes(local.resolve(name)));
        }
    }

    private static Experiment experiment(Path csv) {
        return Experiment.predict("label", Dataflow.readCsv(csv.toString()))
                .validate(Validation.folds(3))
                .budget(Budget.ofTrials(3))
                .seed(7);
    }

    private static String rows(int count) {
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder rows = new StringBuilder("x,colour,noise,label\n");
        for (int row = 0; row < count; row++) {
            double x = Math.round(random.nextDouble() * 1000) / 100.0;
            int colour = random.nextInt(3);
            rows.append(random.nextInt(12) == 0 ? "" : x)
                    .append(',')
                    .append(List.of("blue", "green", "red").get(colour))
                    .append(',')
                    .append(random.nextInt(100))
                    .append(',')
                    .append(x > 5 ^ colour == 2 ? "yes" : "no")
                    .append('\n');
        }
        return rows.toString();
    }

    @Test
    void concurrencyLeavesOneSlotFreeUnlessAllAreAskedFor() {
        List<String> notes = new ArrayList<>();

        assertThat(running.trials(notes::add).concurrency()).isEqualTo(1);
        assertThat(trials().slots()).isEqualTo(2);
        assertThat(trials().concurrency(1).concurrency()).isEqualTo(1);
        assertThat(notes).isEmpty();

        assertThat(start(Concurrency.all()).trials(notes::add).concurrency()).isEqualTo(2);
        assertThat(notes).containsExactly("fits take every slot of the cluster, 2; other work on it waits for them");
    }

    @Test
    void moreFitsThanThereAreFreeSlotsAreRefused() {
        assertThatThrownBy(() -> start(Concurrency.of(3)).trials(note -> {}))
                .isInstanceOf(DataflowException.class)
                .hasMessage("""
                        CONCURRENCY_UNAVAILABLE: Cannot run 3 fits at a time on Spark: 1 slot is free
                          The cluster has 2 slots, and one of them stays free for other work
                          Take every slot with concurrency all, give the cluster more executor cores, or ask for fewer fits""");
        assertThatThrownBy(() -> trials().concurrency(0))
                .hasMessage("INVALID_ARGUMENT: Cannot run 0 fits at a time: at least 1 is needed");
    }

    @Test
    void aFitThatIsCancelledEndsItsTask() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        SparkListener listener = new SparkListener() {
            @Override
            public void onTaskStart(SparkListenerTaskStart start) {
                started.countDown();
            }

            @Override
            public void onTaskEnd(SparkListenerTaskEnd end) {
                ended.countDown();
            }
        };
        SparkEngine engine = (SparkEngine) running.engine();
        engine.session().sparkContext().addSparkListener(listener);
        try (TrialRunner.Session session = trials().open(data(20_000))) {
            CompletableFuture<byte[]> fit = session.submit(order(100_000));
            started.await();

            fit.cancel(true);

            ended.await();
            assertThat(fit).isCancelled();
        } finally {
            engine.session().sparkContext().removeSparkListener(listener);
        }
    }

    @Test
    void aSessionThatIsClosedAbandonsItsFits() {
        TrialRunner.Session session = trials().open(data(20_000));
        List<CompletableFuture<byte[]>> fits = List.of(session.submit(order(100_000)), session.submit(order(100_000)));

        session.close();
        session.close();

        assertThat(fits).allSatisfy(fit -> assertThatThrownBy(fit::get)
                .isInstanceOfAny(java.util.concurrent.CancellationException.class, ExecutionException.class));
    }

    @Test
    void whatGoesWrongInAFitIsItsResult() throws ExecutionException, InterruptedException {
        try (TrialRunner.Session session = trials().open(data(50))) {
            FitOrder unknown = new FitOrder(1, new Candidate("oracle", Parameters.empty()), 0, 7, OptionalLong.empty());

            FoldResult result = FoldResult.decode(session.submit(unknown).get());

            assertThat(result).isEqualTo(new FoldResult.Failed("there is no learner 'oracle'", ""));
        }
    }

    @Test
    void theEngineIsTheOneOfTheSession() {
        Engine engine = running.engine();

        assertThat(engine.name()).isEqualTo("spark");
        assertThat(trials().engine()).isSameAs(engine);
    }

    private static FitOrder order(int rounds) {
        Parameters parameters = Parameters.empty().with("rounds", (long) rounds).with("learning_rate", 0.0001);
        return new FitOrder(1, new Candidate("gradient_boosting", parameters), 0, 7, OptionalLong.empty());
    }

    private static TrainingData data(int rows) {
        SplittableRandom random = new SplittableRandom(3);
        List<List<Object>> values = new ArrayList<>();
        double[] target = new double[rows];
        int[] folds = new int[rows];
        for (int row = 0; row < rows; row++) {
            double x = random.nextDouble();
            values.add(List.of(x, random.nextDouble()));
            target[row] = x + random.nextDouble() > 1 ? 1 : 0;
            folds[row] = row % 2;
        }
        Schema schema = Schema.of(Field.required("x", DataTypes.FLOAT64), Field.required("noise", DataTypes.FLOAT64));
        try (Table table = Dataflow.rows(schema, values).collect(LocalEngine.create())) {
            Frame frame = Frame.of(table.schema(), table.batches());
            return new TrainingData(frame, target, Objective.BINARY, 2, folds, 2, 7, 1L << 32);
        }
    }
}
