package io.millrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code docs/semantics.md} says of Spark and DuckDB is what they answer. */
class PeersTest {
    private static final int SPARK = 2;
    private static final int DUCKDB = 3;
    private static final String FAILS = "fails";

    private static final String LARGEST = "cast(9223372036854775807 as bigint)";
    private static final String LEAST = "(cast(-9223372036854775807 as bigint) - 1)";

    private static SparkSession spark;
    private static Connection duckdb;

    @BeforeAll
    static void start() throws SQLException {
        spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.shuffle.partitions", "1")
                .getOrCreate();
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = duckdb.createStatement()) {
            statement.execute("set TimeZone = 'UTC'");
        }
    }

    @AfterAll
    static void stop() throws SQLException {
        spark.stop();
        duckdb.close();
    }

    @Test
    void theyAnswerWhatTheSemanticsPageSays() throws IOException {
        Map<String, List<String>> page = rowsOfThePage();
        SoftAssertions softly = new SoftAssertions();

        questions().forEach((of, sql) -> {
            assertThat(page).containsKey(of);
            softly.assertThat(sparkAnswers(sql[0]))
                    .as("Spark: " + of)
                    .isEqualTo(said(page.getOrDefault(of, List.of()), SPARK));
            softly.assertThat(duckdbAnswers(sql[sql.length - 1]))
                    .as("DuckDB: " + of)
                    .isEqualTo(said(page.getOrDefault(of, List.of()), DUCKDB));
        });

        softly.assertAll();
        assertThat(page.keySet())
                .as("rows of the page that no question stands for: what has no single answer")
                .filteredOn(of -> !questions().containsKey(of))
                .containsExactly("text of an instant", "order of groups", "order of a join", "`limit` without a sort");
    }

    /** What the page says of each case, by its first column: SQL for both, or for Spark and for DuckDB. */
    private static Map<String, String[]> questions() {
        Map<String, String[]> asked = new LinkedHashMap<>();
        ask(asked, "`null = null`", "select null = null");
        ask(asked, "`null and false`", "select cast(null as boolean) and false");
        ask(asked, "rows kept by `x <> 1` of 1, null, 2", "select x from (values (1),(null),(2)) t(x) where x <> 1");
        ask(
                asked,
                "rows kept by `not (x in (1, null))` of 1, null, 2",
                "select x from (values (1),(null),(2)) t(x) where not (x in (1, null))");
        ask(asked, "sum of no value", "select sum(x) from (values (cast(null as double))) t(x)");
        ask(
                asked,
                "rows of key null in a group-by",
                "select count(*) from (select x from (values (null),(null)) t(x) group by x) g");
        ask(
                asked,
                "pairs of 1, null joined with 1, null",
                "select count(*) from (values (1),(null)) l(x) join (values (1),(null)) r(y) on x = y");
        ask(asked, "2, null, 1 in ascending order", "select x from (values (2),(null),(1)) t(x) order by x");
        ask(asked, "2, null, 1 in descending order", "select x from (values (2),(null),(1)) t(x) order by x desc");
        ask(asked, "`concat('a', null)`", "select concat('a', null)");
        ask(asked, "`greatest(1, null)`", "select greatest(1, null)");
        ask(asked, "first of null, 1", "select first(x) from (values (null),(1)) t(x)");
        ask(asked, "an element beyond the end of a list", "select array(1, 2)[5]", "select [1, 2][6]");
        ask(asked, "`NaN = NaN`", "select cast('NaN' as double) = cast('NaN' as double)");
        ask(asked, "maximum of NaN, 1", "select max(x) from (values (cast('NaN' as double)),(1.0e0)) t(x)");
        ask(asked, "groups of NaN, NaN", groups("cast('NaN' as double)", "cast('NaN' as double)"));
        ask(asked, "groups of −0.0, 0.0", groups("cast('-0.0' as double)", "cast('0.0' as double)"));
        ask(asked, "square root of −1", "select sqrt(cast(-1 as double))");
        ask(asked, "logarithm of 0", "select ln(cast(0 as double))");
        ask(asked, "9223372036854775807 + 1", "select " + LARGEST + " + cast(1 as bigint)");
        ask(
                asked,
                "sum of 9223372036854775807, 1",
                "select sum(x) from (values (" + LARGEST + "),(cast(1 as bigint))) t(x)");
        ask(asked, "absolute value of −9223372036854775808", "select abs(" + LEAST + ")");
        ask(asked, "1 / 0", "select 1 / 0");
        ask(asked, "7 mod 0", "select 7 % 0");
        ask(asked, "−7 mod 3", "select -7 % 3");
        ask(asked, "−7 / 2, whole", "select -7 div 2", "select -7 // 2");
        ask(asked, "7 / 2", "select 7 / 2");
        ask(asked, "`round(-2.5)`", "select round(-2.5e0)");
        ask(asked, "`abc` to a whole number", "select cast('abc' as int)");
        ask(asked, "` 12 ` to a whole number", "select cast(' 12 ' as int)");
        ask(asked, "`12d` to a float", "select cast('12d' as double)");
        ask(asked, "1.9 to a whole number", "select cast(1.9e0 as int)");
        ask(asked, "1e20 to a whole number", "select cast(1e20 as bigint)");
        ask(asked, "`2024-02-30` to a date", "select cast('2024-02-30' as date)");
        ask(asked, "`1 = '1'`", "select 1 = '1'");
        ask(asked, "9007199254740993 = 9007199254740992.0", "select 9007199254740993 = 9007199254740992.0e0");
        ask(asked, "2024-01-31 and a month", "select date '2024-01-31' + interval 1 month");
        ask(asked, "2024-03-31 02:30 in Berlin, which clocks skip", inBerlin("2024-03-31 02:30:00"));
        ask(asked, "2024-10-27 02:30 in Berlin, which comes twice", inBerlin("2024-10-27 02:30:00"));
        ask(asked, "number of a Monday in its week", "select dayofweek(date '2024-01-01')");
        ask(
                asked,
                "whole months from 2024-01-31 to 2024-02-01",
                "select timestampdiff(month, timestamp '2024-01-31 00:00:00', timestamp '2024-02-01 00:00:00')",
                "select date_diff('month', date '2024-01-31', date '2024-02-01')");
        ask(asked, "`upper('ß')`", "select upper('ß')");
        ask(asked, "`length('😀')`", "select length('😀')");
        ask(asked, "`U+FFFF < '😀'`", "select '\uffff' < '😀'");
        ask(asked, "`'ab' = 'ab '`", "select 'ab' = 'ab '");
        ask(asked, "first character, by position", "select instr('abc', 'a')");
        ask(asked, "skewness of 1, 2, 4, 9", "select skewness(x)" + FOUR_VALUES);
        ask(
                asked,
                "the quarter quantile of 1, 2, 4, 9",
                "select percentile(x, 0.25)" + FOUR_VALUES,
                "select quantile_cont(x, 0.25)" + FOUR_VALUES);
        ask(asked, "standard deviation of one value", "select stddev(x) from (values (1.0e0)) t(x)");
        return asked;
    }

    private static final String FOUR_VALUES = " from (values (1.0e0),(2.0e0),(4.0e0),(9.0e0)) t(x)";

    private static String groups(String first, String second) {
        return "select count(*) from (select x from (values (" + first + "),(" + second + ")) t(x) group by x) g";
    }

    private static String[] inBerlin(String time) {
        return new String[] {
            "select to_utc_timestamp('" + time + "', 'Europe/Berlin')",
            "select timestamp '" + time + "' at time zone 'Europe/Berlin'"
        };
    }

    private static void ask(Map<String, String[]> asked, String of, String... sql) {
        assertThat(asked.put(of, sql)).as("asked twice: " + of).isNull();
    }

    private static String sparkAnswers(String sql) {
        try {
            List<String> values = new ArrayList<>();
            for (Row row : spark.sql(sql).collectAsList()) {
                values.add(String.valueOf(row.get(0)));
            }
            return joined(values);
        } catch (RuntimeException problem) {
            return FAILS;
        }
    }

    private static String duckdbAnswers(String sql) {
        try (Statement statement = duckdb.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(String.valueOf(rows.getObject(1)));
            }
            return joined(values);
        } catch (SQLException problem) {
            return FAILS;
        }
    }

    private static String joined(List<String> values) {
        return values.isEmpty() ? "none" : String.join(", ", values);
    }

    /** The answer that a cell begins with: what stands between its first pair of backticks, or its first word. */
    private static String said(List<String> row, int column) {
        String cell = row.get(column);
        return cell.startsWith("`") ? cell.substring(1, cell.indexOf('`', 1)) : cell.split("[ ;,]", 2)[0];
    }

    private static Map<String, List<String>> rowsOfThePage() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "semantics.md"));
        String section = page.substring(page.indexOf("## Beside Spark, DuckDB and pandas"));
        int next = section.indexOf("\n## ", 1);
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (String line :
                (next < 0 ? section : section.substring(0, next)).lines().toList()) {
            if (line.startsWith("| ") && !line.startsWith("| of |")) {
                List<String> cells =
                        List.of(line.substring(2, line.length() - 2).split(" \\| ", -1));
                assertThat(rows.put(cells.get(0), cells))
                        .as("two rows for " + cells.get(0))
                        .isNull();
            }
        }
        return rows;
    }
}
