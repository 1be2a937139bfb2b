package io.millrace.dataflow.spark;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import example.SparkInAndOut;
import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Table;
import io.millrace.dataflow.testing.TableAssert;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.CharType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VarcharType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spark's own rows as rows of a dataflow, and back. */
@Tag("spark")
class SparkRowsTest {
    private static final String ALL_TYPES = """
            SELECT true AS t, 1Y AS b, 2S AS s, 3 AS i, 4L AS l, CAST(0.5 AS FLOAT) AS f, 0.25D AS d,
              CAST(1.20 AS DECIMAL(10, 2)) AS m, 'crow' AS x, DATE '1400-02-28' AS day,
              timestamp_micros(-17987443200000001) AS at, CAST('ab' AS BINARY) AS y,
              array(1, null) AS a, named_struct('n', 1, 'days', array(DATE '2024-02-29')) AS r""";

    private final SparkSession session = TestSession.session().newSession();
    private final SparkEngine engine = SparkEngine.on(session);

    private Dataset<Row> allTypes() {
        return session.sql(ALL_TYPES)
                .union(session.sql(
                        "SELECT null, null, null, null, null, null, null, null, null, null, null, null, null, null"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void everyTypeIsTakenWithItsNulls(String javaTime) {
        session.conf().set("spark.sql.datetime.java8API.enabled", javaTime);
        session.conf().set("spark.sql.session.timeZone", "Asia/Kathmandu");

        try (Table table = engine.fromSpark(allTypes()).collect(engine)) {
            assertThat(table.schema().toString())
                    .isEqualTo("t: bool, b: int64, s: int64, i: int64, l: int64, f: float64, d: float64,"
                            + " m: decimal(10, 2), x: text, day: date, at: timestamp, y: binary, a: list<int64>,"
                            + " r: struct<n: int64, days: list<date>>");
            assertThat(table.schema().fields()).allMatch(Schema.Field::nullable);
            List<Object> first = new ArrayList<>(table.row(0));
            assertThat((byte[]) first.remove(11)).asString().isEqualTo("ab");
            assertThat(first)
                    .isEqualTo(row(
                            true,
                            1L,
                            2L,
                            3L,
                            4L,
                            0.5,
                            0.25,
                            new BigDecimal("1.20"),
                            "crow",
                            LocalDate.of(1400, 2, 28),
                            Instant.EPOCH.minusSeconds(17987443200L).minusNanos(1000),
                            row(1L, null),
                            Map.of("n", 1L, "days", List.of(LocalDate.of(2024, 2, 29)))));
            assertThat(table.row(1)).containsOnlyNulls();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void rowsComeBackAsTheyWent(String javaTime) {
        session.conf().set("spark.sql.datetime.java8API.enabled", javaTime);
        session.conf().set("spark.sql.ansi.enabled", javaTime);
        Dataset<Row> all = allTypes();

        Dataset<Row> back = engine.toSpark(engine.fromSpark(all));

        assertThat(back.schema().simpleString())
                .isEqualTo(
                        "struct<t:boolean,b:bigint,s:bigint,i:bigint,l:bigint,f:double,d:double,m:decimal(10,2),"
                                + "x:string,day:date,at:timestamp,y:binary,a:array<bigint>,r:struct<n:bigint,days:array<date>>>");
        String[] text = {"CAST(day AS STRING)", "unix_micros(at)", "to_json(struct(*))", "hex(y)"};
        assertThat(back.selectExpr(text).collectAsList())
                .isEqualTo(all.selectExpr(text).collectAsList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void everyDayOfEveryCalendarComesAndGoes(String javaTime) {
        session.conf().set("spark.sql.datetime.java8API.enabled", javaTime);
        session.conf().set("spark.sql.session.timeZone", "America/New_York");
        String days = "SELECT explode(sequence(-719162, -719100)) AS n UNION ALL"
                + " SELECT explode(sequence(-141440, -141410)) UNION ALL SELECT 2932896";
        Dataset<Row> all = session.sql("SELECT n, date_from_unix_date(n) AS day,"
                + " timestamp_micros(n * 86400000000L + 1) AS at, array(date_from_unix_date(n)) AS days FROM (" + days
                + ")");

        Dataflow taken = engine.fromSpark(all);
        Dataset<Row> back = engine.toSpark(taken.filter(col("n").ge(-800_000)));

        try (Table table = taken.collect(engine)) {
            assertThat(table.rows()).hasSize(95).allSatisfy(found -> {
                LocalDate day = LocalDate.ofEpochDay((Long) found.get(0));
                assertThat(found.get(1)).isEqualTo(day);
                assertThat(found.get(2))
                        .isEqualTo(day.atStartOfDay(ZoneOffset.UTC).toInstant().plusNanos(1000));
                assertThat(found.get(3)).isEqualTo(List.of(day));
            });
        }
        String[] numbers = {"n", "unix_date(day)", "unix_micros(at)", "unix_date(days[0])"};
        assertThat(back.selectExpr(numbers).collectAsList())
                .isEqualTo(all.selectExpr("CAST(n AS BIGINT)", numbers[1], numbers[2], numbers[3])
                        .collectAsList());
    }

    @Test
    void rowsOfADatasetAreInTheClassesThatItsSessionWants() {
        Dataflow day = engine.fromSpark(session.sql("SELECT DATE '2024-02-29' AS day"));
        session.conf().set("spark.sql.datetime.java8API.enabled", "false");
        assertThat(engine.toSpark(day).first().getDate(0)).isEqualTo(java.sql.Date.valueOf("2024-02-29"));

        session.conf().set("spark.sql.datetime.java8API.enabled", "true");
        assertThat(engine.toSpark(day).first().getLocalDate(0)).isEqualTo(LocalDate.of(2024, 2, 29));
    }

    @Test
    void namesMayHaveAnyCharacters() {
        Dataset<Row> odd = session.sql("SELECT named_struct('a, b: c', 1L, '<\"x\">', 'crow') AS `r, s: t`");

        Dataset<Row> back = engine.toSpark(engine.fromSpark(odd));

        assertThat(back.schema()).isEqualTo(nullable(odd.schema()));
        assertThat(back.collectAsList()).isEqualTo(odd.collectAsList());
    }

    private static StructType nullable(StructType type) {
        return (StructType) DataType.fromJson(type.json().replace("\"nullable\":false", "\"nullable\":true"));
    }

    @Test
    void textOfAGivenLengthIsText() {
        StructType type = new StructType().add("c", new CharType(3)).add("v", new VarcharType(5));

        assertThat(SparkTypes.schema(type).toString()).isEqualTo("c: text, v: text");
    }

    @Test
    void columnsOfOtherTypesAreRefusedByTheirNames() {
        Dataset<Row> wrong = session.sql("SELECT map('a', 1) AS m, array(map('a', 1)) AS n, 1 AS x, 2 AS x,"
                + " INTERVAL '1' DAY AS i, INTERVAL '2' MONTH AS j, null AS v,"
                + " to_timestamp_ntz('2024-02-29 12:00:00') AS z");

        assertThatThrownBy(() -> engine.fromSpark(wrong)).hasMessage("""
                UNSUPPORTED_TYPE: Cannot take the rows of the dataset: not all of its columns can be columns of a dataflow
                  Column 'm' is of type map<string,int>: use map_entries(...), which is an array of structs
                  Column 'n[]' is of type map<string,int>: use map_entries(...), which is an array of structs
                  Two columns are named 'x': rename one
                  Column 'i' is of type interval day: cast it to a type that a dataflow has, or drop it
                  Column 'j' is of type interval month: cast it to a type that a dataflow has, or drop it
                  Column 'v' is of type void: cast it to a type that a dataflow has, or drop it
                  Column 'z' is of type timestamp_ntz: it is no moment; cast it to timestamp, by a zone that you name, or to string""");
    }

    @Test
    void stepsFollowInTheOrderOfThePartitions() {
        Dataflow numbers = engine.fromSpark(session.range(0, 10_000, 1, 3).toDF("id"));

        try (Table table = numbers.filter(col("id").gt(9_000))
                .withColumn("half", col("id").dividedBy(2))
                .select("half")
                .limit(2)
                .collect(engine)) {
            TableAssert.assertThat(table).hasRows(row(4500.5), row(4501.0));
        }
        assertThat(numbers.count(engine)).isEqualTo(10_000);
    }

    @Test
    void contentTellsTheRowsApartWhateverTheirPartitions() {
        Dataset<Row> few = session.range(0, 1_000, 1, 1).toDF("id");

        try (Table one = engine.fromSpark(few).sampleRows(20, 7).sort("id").collect(engine);
                Table many = engine.fromSpark(few.repartition(5))
                        .sampleRows(20, 7)
                        .sort("id")
                        .collect(engine)) {
            assertThat(many.rows()).hasSize(20).isEqualTo(one.rows());
        }
    }

    @Test
    void anErrorIsANullWithItsTextBesideIt() {
        Dataflow numbers = rows("x", "x_error")
                .of("7", "a", "crow", "b", null, "c")
                .withColumn("x", col("x").cast(DataTypes.INT64));

        assertThat(engine.toSpark(numbers).collectAsList().toString()).isEqualTo("[[7,a], [null,b], [null,c]]");
        Dataset<Row> told = engine.toSparkWithErrors(numbers);
        assertThat(told.columns()).containsExactly("x", "x_error", "x_error'", "x_error_error");
        assertThat(told.select("x_error'").collectAsList().toString())
                .isEqualTo("[[null], [CAST 'crow' in record 2: withColumn(x, cast(x as int64))], [null]]");
    }

    @Test
    void theLocalEngineRefusesRowsOfTheSession() {
        try (LocalEngine local = LocalEngine.create()) {
            assertThatThrownBy(
                            () -> engine.fromSpark(session.range(1).toDF("id")).collect(local))
                    .hasMessageStartingWith("UNSUPPORTED_BY_ENGINE: Cannot run hosted(spark) on the engine 'local':"
                            + " its rows live in the engine 'spark'");
        }
    }

    @Test
    void aDatasetThatFailsIsToBlameItself() {
        Dataflow failing = engine.fromSpark(session.range(3).selectExpr("if(id = 2, raise_error('no crow'), 1) AS n"));

        assertThatThrownBy(() -> failing.collect(engine))
                .hasMessageStartingWith("ENGINE_FAILED: Cannot take the rows of the dataset: ")
                .hasMessageContaining("no crow")
                .hasMessageEndingWith("\n  Collect the dataset with Spark alone to see where it fails");
    }

    @Test
    void theLinesOfTheGuideRun(@TempDir Path directory) {
        Dataset<Row> ids = session.range(0, 4, 1, 2).toDF("id");

        assertThat(SparkInAndOut.rows(engine, ids))
                .extracting(rows -> rows.collectAsList().toString())
                .containsExactly("[[2], [3]]", "[[0,null], [1,null], [2,null], [3,null]]");
        SparkInAndOut.parts(engine, engine.fromSpark(ids), directory);
        assertThat(session.read().parquet(directory + "/parts").count()).isEqualTo(4);
    }

    @Test
    void noSettingOfTheSessionIsChanged() {
        List<Row> before = session.sql("SET").collectAsList();

        engine.toSpark(engine.fromSpark(allTypes()).limit(1)).collectAsList();

        assertThat(session.sql("SET").collectAsList()).isEqualTo(before);
    }
}
