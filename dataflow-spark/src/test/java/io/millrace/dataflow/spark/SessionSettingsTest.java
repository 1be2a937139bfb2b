package io.millrace.dataflow.spark;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.DATE;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.TIMESTAMP;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.table.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A plan means the same under every setting of a session, and changes none. */
@Tag("spark")
class SessionSettingsTest {
    static List<Map<String, String>> settings() {
        return List.of(
                Map.of("spark.sql.ansi.enabled", "true", "spark.sql.session.timeZone", "Asia/Kathmandu"),
                Map.of("spark.sql.ansi.enabled", "false", "spark.sql.session.timeZone", "America/St_Johns"),
                Map.of("spark.sql.caseSensitive", "true", "spark.sql.adaptive.enabled", "false"),
                Map.of("spark.sql.caseSensitive", "false", "spark.sql.shuffle.partitions", "7"),
                Map.of("spark.sql.legacy.timeParserPolicy", "LEGACY", "spark.sql.datetime.java8API.enabled", "true"),
                Map.of(
                        "spark.sql.decimalOperations.allowPrecisionLoss",
                        "false",
                        "spark.sql.codegen.wholeStage",
                        "false"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aPlanMeansTheSame(Map<String, String> settings) {
        SparkSession session = TestSession.session().newSession();
        settings.forEach((name, value) -> session.conf().set(name, value));

        assertThat(values(textAndArithmetic(), session))
                .containsExactly(
                        row(null, null, LocalDate.of(1500, 2, 28), Instant.parse("1500-02-28T23:30:00Z"), 3L),
                        row(12.0, -7L, LocalDate.of(2024, 3, 10), Instant.parse("2024-03-10T02:30:00Z"), 10L),
                        row(Double.NaN, null, null, null, null));
        assertThat(values(spelledAlike().sort("A"), session))
                .containsExactly(row(null, 4L), row(0.0, 1L), row(-0.0, 2L), row(Double.NaN, 3L));
        assertThat(values(spelledAlike().groupBy("A").aggregate(Aggregate.sum("a")), session))
                .containsExactly(row(0.0, 3L), row(Double.NaN, 3L), row(null, 4L));
    }

    @Test
    void aRunChangesNoSettingAndNoPropertyOfTheThread() {
        SparkSession session = TestSession.session().newSession();
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        context.setJobGroup("mine", "my work", false);
        try {
            List<Row> before = session.sql("SET").collectAsList();

            values(spelledAlike().sort("A").limit(2), session);

            assertThat(session.sql("SET").collectAsList()).isEqualTo(before);
            assertThat(context.getLocalProperty("spark.jobGroup.id")).isEqualTo("mine");
            assertThat(context.getLocalProperty("spark.job.description")).isEqualTo("my work");
            assertThat(context.getLocalProperty("spark.job.interruptOnCancel")).isEqualTo("false");
        } finally {
            context.clearJobGroup();
        }
    }

    private static Dataflow textAndArithmetic() {
        return rows("x", "n: int64", "d", "at", "k: int64")
                .of(
                        " 12d",
                        Long.MIN_VALUE,
                        "1500-02-28",
                        "1500-02-28 23:30:00",
                        3,
                        "12",
                        7,
                        "2024-03-10",
                        "2024-03-10T02:30:00Z",
                        10,
                        "NaN",
                        null,
                        "2024-02-30",
                        "",
                        null)
                .withColumn("x", col("x").cast(FLOAT64))
                .withColumn("n", col("n").negated())
                .withColumn("d", col("d").cast(DATE))
                .withColumn("at", col("at").cast(TIMESTAMP));
    }

    private static Dataflow spelledAlike() {
        return rows("A: float64", "a: int64").of(0.0, 1, -0.0, 2, Double.NaN, 3, null, 4);
    }

    private static List<List<@Nullable Object>> values(Dataflow dataflow, SparkSession session) {
        try (Table table = dataflow.collect(SparkEngine.on(session))) {
            return table.rows();
        }
    }
}
