package io.millrace.benchmarks;

import io.millrace.automl.Experiment;
import io.millrace.automl.local.LocalTrials;
import io.millrace.automl.pipeline.FittedPipeline;
import io.millrace.automl.pipeline.Prediction;
import io.millrace.automl.trial.Budget;
import io.millrace.automl.trial.Validation;
import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Scoring with a saved pipeline: rows a second in batches, and the time of one row on its own. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 7, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx2g", "--add-opens=java.base/java.nio=ALL-UNNAMED"})
public class ScoringBenchmark {
    static final int ROWS = 20_000;

    private final LocalEngine engine = LocalEngine.create();
    private final Map<String, @Nullable Object> row = new LinkedHashMap<>();
    private final List<Batch> batches = new ArrayList<>();
    private @Nullable FittedPipeline pipeline;
    private @Nullable Table table;

    /** Trains one trial of two folds, outside of what is timed. */
    @Setup(Level.Trial)
    public void prepare() throws IOException {
        Path file = Files.createTempFile("millrace-benchmark", ".csv");
        GeneratedRows.write(file, ROWS);
        Dataflow rows = Dataflow.readCsv(file.toString()).drop("id", "comment").freeze(engine);
        pipeline = Experiment.predict("churned", rows)
                .validate(Validation.folds(2))
                .budget(Budget.ofTrials(1))
                .seed(7)
                .run(LocalTrials.on(engine))
                .best();
        Table read = rows.collect(engine);
        table = read;
        batches.addAll(read.batches());
        Schema schema = read.schema();
        List<@Nullable Object> first = read.row(0);
        for (int column = 0; column < schema.size(); column++) {
            row.put(schema.field(column).name(), first.get(column));
        }
        Files.delete(file);
    }

    /** Frees the rows. */
    @TearDown(Level.Trial)
    public void close() {
        if (table != null) {
            table.close();
        }
        engine.close();
    }

    /** Every row, in the batches they were read in; the time is that of one row. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public double batch() {
        double sum = 0;
        for (Batch batch : batches) {
            sum += trained().score(batch).probability(1, 0);
        }
        return sum;
    }

    /** One row as a map of values. */
    @Benchmark
    public Prediction single() {
        return trained().score(row);
    }

    private FittedPipeline trained() {
        if (pipeline == null) {
            throw new IllegalStateException("prepare() comes first");
        }
        return pipeline;
    }
}
