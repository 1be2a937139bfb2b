package io.millrace.benchmarks;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.profile.Profile;
import io.millrace.dataflow.profile.ProfileOptions;
import io.millrace.dataflow.profile.ProfileReduction;
import io.millrace.dataflow.profile.ProfileShare;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.table.ReadReport;
import io.millrace.dataflow.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The profile of ten mixed columns: of batches in memory on one thread, which is its own cost, and of a CSV file on all
 * threads, which reads it as well.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 7)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx2g", "--add-opens=java.base/java.nio=ALL-UNNAMED"})
public class ProfileBenchmark {
    /** Records in the file. */
    @Param("400000")
    public int rows;

    private final ProfileReduction reduction = ProfileReduction.of(ProfileOptions.defaults());
    private Path file = Path.of("");
    private LocalEngine engine = LocalEngine.create();
    private Schema schema = Schema.of();
    private @Nullable Table table;

    /** Writes the file, learns its schema and reads it, outside of what is timed. */
    @Setup
    public void prepare() throws IOException {
        file = Files.createTempFile("millrace-benchmark", ".csv");
        GeneratedRows.write(file, rows);
        engine = LocalEngine.create();
        schema = Dataflow.readCsv(Source.file(file.toString()), csv -> csv).schema(engine);
        table = typed().collect(engine);
    }

    /** Removes the file. */
    @TearDown
    public void remove() throws IOException {
        if (table != null) {
            table.close();
        }
        engine.close();
        Files.deleteIfExists(file);
    }

    /** Batches in memory, on one thread. */
    @Benchmark
    public Profile inMemory() {
        ProfileShare share = reduction.share(schema);
        if (table != null) {
            table.batches().forEach(share::add);
        }
        return reduction.value(share, ReadReport.empty());
    }

    /** The file, on all threads; the schema is known. */
    @Benchmark
    public Profile ofFile() {
        return typed().profile(engine);
    }

    private Dataflow typed() {
        CsvOptions options = CsvOptions.defaults().schema(schema);
        return Dataflow.readCsv(Source.file(file.toString()), ignored -> options);
    }
}
