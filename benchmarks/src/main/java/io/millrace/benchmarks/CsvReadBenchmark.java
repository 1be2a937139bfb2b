package io.millrace.benchmarks;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
 * Reading one CSV file: our typed read, our inference, a filtered group-by, and Univocity to strings on one thread as
 * the yardstick of the parser behind them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 7)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx2g", "--add-opens=java.base/java.nio=ALL-UNNAMED"})
public class CsvReadBenchmark {
    /** Records in the file. */
    @Param("200000")
    public int rows;

    private Path file = Path.of("");
    private LocalEngine engine = LocalEngine.create();
    private Schema schema = Schema.of();

    /** Writes the file and learns its schema, outside of what is timed. */
    @Setup
    public void prepare() throws IOException {
        file = Files.createTempFile("millrace-benchmark", ".csv");
        GeneratedRows.write(file, rows);
        engine = LocalEngine.create();
        schema = infer();
    }

    /** Removes the file. */
    @TearDown
    public void remove() throws IOException {
        engine.close();
        Files.deleteIfExists(file);
    }

    /** Every column typed, into memory; the schema is known. */
    @Benchmark
    public long readTyped() {
        try (Table table = Dataflow.readCsv(Source.file(file.toString()), csv -> csv.schema(schema))
                .collect(engine)) {
            return table.rowCount();
        }
    }

    /** The types of every column, judged from every value, by an engine that does not know the file. */
    @Benchmark
    public Schema infer() {
        try (LocalEngine anew = LocalEngine.create()) {
            return anew.inferSchema(Source.file(file.toString()), CsvOptions.defaults(), Cancellation.create());
        }
    }

    /** A group-by of one column with four aggregates behind a filter; the schema is known. */
    @Benchmark
    public long filterAndGroup() {
        Dataflow dataflow = Dataflow.readCsv(Source.file(file.toString()), csv -> csv.schema(schema))
                .filter(Expr.col("quantity").lt(500))
                .groupBy("region")
                .aggregate(
                        Aggregate.count(), Aggregate.sum("quantity"), Aggregate.mean("price"), Aggregate.max("weight"));
        try (Table table = dataflow.collect(engine)) {
            return table.rowCount();
        }
    }

    /** Every cell as a string, by Univocity alone on one thread. */
    @Benchmark
    public long univocityStrings() throws IOException {
        return CsvPeers.univocity(file);
    }

    /** Every cell as a string, by FastCSV on one thread. */
    @Benchmark
    public long fastCsvStrings() throws IOException {
        return CsvPeers.fastCsv(file);
    }
}
