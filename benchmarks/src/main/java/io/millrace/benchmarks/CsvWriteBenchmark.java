package io.millrace.benchmarks;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.csv.CsvWriter;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.ReadReport;
import io.millrace.dataflow.table.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

/** Writing the rows of the CSV file of {@link CsvReadBenchmark} from memory, to nowhere, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 7)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx2g", "--add-opens=java.base/java.nio=ALL-UNNAMED"})
public class CsvWriteBenchmark {
    /** Rows of ten columns. */
    @Param("200000")
    public int rows;

    private LocalEngine engine = LocalEngine.create();
    private Table table = Table.of(Schema.of(), List.of(), ReadReport.empty(), () -> {});

    /** Makes the rows, outside of what is timed. */
    @Setup
    public void prepare() throws IOException {
        Path file = Files.createTempFile("millrace-benchmark", ".csv");
        try {
            GeneratedRows.write(file, rows);
            engine = LocalEngine.create();
            table = Dataflow.readCsv(Source.file(file.toString()), csv -> csv).collect(engine);
        } finally {
            Files.delete(file);
        }
    }

    /** Frees the rows. */
    @TearDown
    public void free() {
        table.close();
        engine.close();
    }

    /** All columns; gives the number of bytes. */
    @Benchmark
    public long write() {
        Counted counted = new Counted();
        try (CsvWriter writer = CsvWriter.to(counted, table.schema(), CsvOptions.defaults())) {
            for (Batch batch : table.batches()) {
                writer.write(batch);
            }
        }
        return counted.bytes;
    }

    /** Counts what is written to it. */
    private static final class Counted extends OutputStream {
        private long bytes;

        @Override
        public void write(int value) {
            bytes++;
        }

        @Override
        public void write(byte[] source, int from, int length) {
            bytes += length;
        }
    }
}
