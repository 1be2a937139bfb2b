package io.millrace.dataflow.spark.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.spark.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is handed down to a read gives what Spark gives without. */
@Tag("spark")
class CsvPushdownTest {
    private static final String COLUMNS =
            "id INT, b BOOLEAN, n BIGINT, x DOUBLE, d DECIMAL(10,2), day DATE, at TIMESTAMP, t STRING";
    private static final String CONTENT = """
            id,b,n,x,d,day,at,t
            1,true,5,0.5,1.50,2024-02-29,2024-02-29T12:00:00Z,crow
            2,false,-5,-0.0,-1.50,1400-01-01,1400-01-01T00:00:00.000001Z,Crow
            3,,,,,,,
            4,true,9007199254740993,NaN,99999999.99,9999-12-31,9999-12-31T23:59:59Z,日本 crow
            5,wrong,wrong,wrong,wrong,wrong,wrong,""
            6,false,9007199254740992,Infinity,0.00,1970-01-01,1970-01-01T00:00:00Z,🎈
            7,true,0,1e-300,1.5,1969-12-31,1969-12-31T23:59:59.999999Z,￿
            99999999999,true,5,0.5,1.50,2024-02-29,2024-02-29T12:00:00Z,crow
            """;

    private final SparkSession session = TestSession.session().newSession();

    @TempDir
    private Path directory;

    @BeforeEach
    void tables() throws IOException {
        session.conf().set("spark.sql.session.timeZone", "America/New_York");
        session.conf().set("spark.sql.datetime.java8API.enabled", "true");
        Path file = Files.writeString(directory.resolve("a.csv"), CONTENT);
        Dataset<Row> read = session.read()
                .format("millrace-csv")
                .schema(COLUMNS)
                .option("errorColumn", "errors")
                .load(file.toString());
        read.createOrReplaceTempView("read");
        session.createDataFrame(read.collectAsList(), read.schema()).createOrReplaceTempView("held");
    }

    private String plan(String query) {
        return session.sql("EXPLAIN " + query).first().getString(0);
    }

    private List<String> rows(String query) {
        return session.sql(query).collectAsList().stream().map(Row::toString).toList();
    }

    private void assertSame(String condition) {
        String query = "SELECT id, b, n, x, d, day, at, t, size(errors) FROM TABLE WHERE " + condition;
        assertThat(rows(query.replace("TABLE", "read"))).isEqualTo(rows(query.replace("TABLE", "held")));
        String count = "SELECT count(*), count(n), count(t) FROM TABLE WHERE " + condition;
        assertThat(rows(count.replace("TABLE", "read"))).isEqualTo(rows(count.replace("TABLE", "held")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b",
                "NOT b",
                "b IS NULL",
                "n = 5",
                "n <> 5",
                "n > 9007199254740992",
                "-5 < n",
                "n IN (5, 0, 77)",
                "n NOT IN (5, 0)",
                "n <=> 5",
                "NOT (n <=> 5)",
                "n IS NULL OR n >= 5",
                "NOT (n < 5 AND b)",
                "x = 0.0D",
                "x > double('Infinity')",
                "x = double('NaN')",
                "x <= double('NaN')",
                "d = 1.50BD",
                "d > -1.50BD AND d < 100BD",
                "day = DATE '2024-02-29'",
                "day < DATE '1970-01-01'",
                "at >= TIMESTAMP '1970-01-01 00:00:00Z'",
                "at < TIMESTAMP '1400-01-01 00:00:00.000002Z'",
                "t = 'crow'",
                "t > 'crow'",
                "t < '🎈'",
                "t = ''",
                "t LIKE 'cr%'",
                "t LIKE '%row'",
                "t LIKE '%ro%'",
                "t LIKE '%本%'",
                "t IN ('crow', '')",
                "t IS NOT NULL AND n IS NULL",
                "false"
            })
    void conditionsAreDecidedBeforeSparkSeesTheRows(String condition) {
        assertSame(condition);
        assertThat(plan("SELECT id FROM read WHERE " + condition)).doesNotContain("Filter (");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id = 1",
                "id IS NULL",
                "n > 4.5D",
                "n IN (5, null)",
                "n NOT IN (5, null)",
                "n % 2 = 1",
                "upper(t) = 'CROW'",
                "t RLIKE 'c.*'",
                "d > 1.505BD",
                "year(day) = 2024",
                "errors IS NULL",
                "size(errors) > 1",
                "length(t) = 4 AND n = 5",
                "n = id",
                "t <=> null"
            })
    void conditionsThatAreNotOursAreLeftToSpark(String condition) {
        assertSame(condition);
    }

    @Test
    void conditionsBeyondAHundredAreLeftToSpark() {
        StringBuilder many = new StringBuilder("t IS NOT NULL");
        StringBuilder nested = new StringBuilder("n = 5");
        for (int i = 0; i < 300; i++) {
            many.append(" AND n <> ").append(1000 + i);
            nested.append(" OR n = ").append(-i);
        }

        assertSame(many.toString());
        assertSame(nested.toString());
    }

    @Test
    void onlyTheColumnsThatAreWantedAreRead() {
        assertThat(plan("SELECT t FROM read WHERE n > 3"))
                .contains("BatchScan")
                .containsPattern("BatchScan.*\\[t#\\d+]")
                .contains("filter: ")
                .doesNotContain("day#");
        assertThat(rows("SELECT t, t, id FROM read WHERE n = -5")).containsExactly("[Crow,Crow,2]");
    }

    @Test
    void countsOfAllRowsAreMadeByTheRead() {
        assertThat(plan("SELECT count(*), count(n), count(t) FROM read WHERE n > 3"))
                .contains("counts only");
        assertThat(rows("SELECT count(*), count(n), count(t), count(1) FROM read"))
                .containsExactly("[8,6,7,8]");
        assertThat(rows("SELECT count(*) FROM read WHERE b")).containsExactly("[4]");
    }

    @Test
    void otherAggregatesAreLeftToSpark() {
        for (String query : List.of(
                "SELECT count(DISTINCT n), max(t), min(t), sum(n) FROM TABLE",
                "SELECT b, count(*), max(t) FROM TABLE GROUP BY b ORDER BY b",
                "SELECT count(errors) FROM TABLE",
                "SELECT count(*) FROM TABLE WHERE n % 5 = 0")) {
            assertThat(rows(query.replace("TABLE", "read"))).isEqualTo(rows(query.replace("TABLE", "held")));
        }
    }

    @Test
    void aLimitEndsTheRead() {
        assertThat(plan("SELECT id FROM read LIMIT 2")).contains("limit: 2");
        assertThat(rows("SELECT id FROM read LIMIT 2")).containsExactly("[1]", "[2]");
        assertThat(rows("SELECT id FROM read WHERE n = 5 LIMIT 1")).containsExactly("[1]");
        assertThat(rows("SELECT id FROM read LIMIT 0")).isEmpty();
        assertThat(rows("SELECT count(*) FROM (SELECT id FROM read LIMIT 3)")).containsExactly("[3]");
    }

    @Test
    void aReadThatAQueryHasTwiceIsTheSame() throws IOException {
        session.conf().set("spark.sql.adaptive.enabled", "false");
        // Of one partition alone, earlier versions of Spark exchange nothing.
        Files.writeString(directory.resolve("b.csv"), CONTENT);
        session.read()
                .format("millrace-csv")
                .schema(COLUMNS)
                .load(directory + "/*.csv")
                .createOrReplaceTempView("read");
        String twice =
                plan("SELECT n, count(*) FROM read GROUP BY n UNION ALL SELECT n, count(*) FROM read GROUP BY n");

        assertThat(twice).contains("ReusedExchange");
    }

    @Test
    void viewsThatAreMadeByStatementsHaveTheSameRows() {
        String options =
                " USING `millrace-csv` OPTIONS (path '" + directory.resolve("a.csv") + "', errorColumn 'errors')";
        session.sql("CREATE TEMPORARY VIEW judged" + options);
        session.sql("CREATE TEMPORARY VIEW declared (" + COLUMNS + ")" + options);

        assertThat(session.table("judged").schema().fieldNames()).contains("id", "at", "errors");
        assertThat(rows("SELECT * FROM declared")).isEqualTo(rows("SELECT * FROM read"));
        for (String condition : List.of(
                "id = 1",
                "n > 4 AND n <= 5 AND x >= 0.5 AND x < 1",
                "day = DATE '2024-02-29'",
                "at < TIMESTAMP '1400-01-01 00:00:00.000002Z'",
                "t LIKE 'c%' OR t IS NULL",
                "t LIKE 'c%' AND t LIKE '%w' AND t LIKE '%o%'",
                "t IN ('crow', 'Crow') AND d > 0",
                "b IS NULL AND n IS NULL")) {
            String query = " WHERE " + condition + " ORDER BY id, t";
            assertThat(rows("SELECT t, id, at FROM declared" + query))
                    .isEqualTo(rows("SELECT t, id, at FROM read" + query));
        }
    }

    @Test
    void theSizeOfTheFilesIsKnownToPlans() {
        String cost = session.sql("EXPLAIN COST SELECT * FROM read").first().getString(0);

        assertThat(cost).contains("sizeInBytes=").doesNotContain("sizeInBytes=8.0 EiB");
    }
}
