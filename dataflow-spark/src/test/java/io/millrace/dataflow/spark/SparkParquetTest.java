package io.millrace.dataflow.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.output.Output;
import io.millrace.dataflow.table.Table;
import io.millrace.dataflow.testing.NestedRows;
import io.millrace.dataflow.testing.ParquetContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parquet on Spark, and between Spark's own Parquet and ours. */
@Tag("spark")
class SparkParquetTest implements ParquetContract {
    private static final Map<String, String> ODD = Map.of(
            "spark.sql.session.timeZone", "Asia/Kathmandu",
            "spark.sql.caseSensitive", "true",
            "spark.sql.ansi.enabled", "true",
            "spark.sql.parquet.writeLegacyFormat", "true",
            "spark.sql.parquet.outputTimestampType", "TIMESTAMP_MILLIS",
            "spark.sql.parquet.datetimeRebaseModeInRead", "LEGACY",
            "spark.sql.parquet.datetimeRebaseModeInWrite", "LEGACY",
            "spark.sql.parquet.binaryAsString", "true",
            "spark.sql.parquet.compression.codec", "gzip",
            "spark.sql.datetime.java8API.enabled", "true");

    private final SparkSession session = TestSession.session().newSession();
    private final SparkEngine engine = SparkEngine.on(session);

    @Override
    public Engine engine() {
        return engine;
    }

    /** The same under settings that change what Spark's own Parquet does. */
    @Nested
    @Tag("spark")
    class UnderOddSettings implements ParquetContract {
        private final SparkSession odd = TestSession.session().newSession();

        @Override
        public Engine engine() {
            ODD.forEach((name, value) -> odd.conf().set(name, value));
            return SparkEngine.on(odd);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT96", "TIMESTAMP_MICROS"})
    void filesThatSparkWroteAreReadAsTheirRowsAre(String timestamps, @TempDir Path directory) {
        session.conf().set("spark.sql.parquet.outputTimestampType", timestamps);
        session.conf().set("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED");
        session.conf().set("spark.sql.parquet.int96RebaseModeInWrite", "CORRECTED");
        Dataset<Row> rows = engine.toSpark(Dataflow.rows(EVERY_TYPE, EVERY_VALUE));
        String path = directory.resolve("spark").toString();
        rows.coalesce(1).write().parquet(path);

        try (Table read = Dataflow.readParquet(path + "/*.parquet").collect(engine)) {
            assertThat(read.schema()).isEqualTo(EVERY_TYPE);
            assertThat(NestedRows.printed(read.rows())).isEqualTo(NestedRows.printed(EVERY_VALUE));
        }
    }

    @Test
    void filesThatWeWroteAreReadBySpark(@TempDir Path directory) {
        session.conf().set("spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED");
        session.conf().set("spark.sql.datetime.java8API.enabled", "true");
        String path = directory.resolve("a.parquet").toString();
        Dataflow rows = Dataflow.rows(EVERY_TYPE, EVERY_VALUE);
        rows.write(engine, Output.to(path));

        Dataset<Row> read = session.read().parquet(path);

        assertThat(read.schema()).isEqualTo(engine.toSpark(rows).schema());
        try (Table table = engine.fromSpark(read).collect(engine)) {
            assertThat(NestedRows.printed(table.rows())).isEqualTo(NestedRows.printed(EVERY_VALUE));
        }
        assertThat(List.of(read.count(), Dataflow.readParquet(path).count(engine)))
                .containsOnly(3L);
    }
}
