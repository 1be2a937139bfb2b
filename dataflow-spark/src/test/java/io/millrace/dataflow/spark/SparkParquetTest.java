package io.millrace.dataflow.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.output.Output;
import io.millrace.dataflow.table.Table;
import io.millrace.dataflow.testing.NestedRows;
import io.millrace.dataflow.testing.ParquetContract;
import io.millrace.dataflow.testing.Rows;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
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
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource({"INT96, UTC", "TIMESTAMP_MICROS, Asia/Kathmandu", "TIMESTAMP_MILLIS, America/New_York"})
    void daysOfTheJulianCalendarAreReadAsTheyWereWrittenDown(String timestamps, String zone, @TempDir Path directory) {
        session.conf().set("spark.sql.session.timeZone", zone);
        session.conf().set("spark.sql.parquet.outputTimestampType", timestamps);
        session.conf().set("spark.sql.parquet.datetimeRebaseModeInWrite", "LEGACY");
        session.conf().set("spark.sql.parquet.int96RebaseModeInWrite", "LEGACY");
        Dataflow rows = Rows.rows("day", "time")
                .of(
                        LocalDate.of(1, 1, 1), Instant.parse("0001-01-03T00:00:00Z"),
                        LocalDate.of(1500, 3, 3), Instant.parse("1500-03-03T12:30:00.125Z"),
                        LocalDate.of(1582, 10, 4), Instant.parse("1582-10-04T12:00:00Z"),
                        LocalDate.of(1582, 10, 15), Instant.parse("1582-10-15T12:00:00Z"),
                        LocalDate.of(1899, 12, 31), Instant.parse("1899-12-31T12:00:00Z"),
                        LocalDate.of(2024, 2, 29), Instant.parse("2024-02-29T00:00:00Z"));
        String path = directory.resolve("spark").toString();
        engine.toSpark(rows).coalesce(1).write().parquet(path);

        try (Table read = Dataflow.readParquet(path + "/*.parquet").collect(engine);
                Table written = rows.collect(engine)) {
            assertThat(read.rows()).isEqualTo(written.rows());
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
