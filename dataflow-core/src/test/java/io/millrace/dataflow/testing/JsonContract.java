package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.decimal;
import static io.millrace.dataflow.schema.DataTypes.listOf;
import static io.millrace.dataflow.schema.DataTypes.parse;
import static io.millrace.dataflow.testing.EngineFixture.error;
import static io.millrace.dataflow.testing.Rows.rows;

import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.CellError.Code;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Text of JSON. */
interface JsonContract extends EngineFixture {
    private TableAssert parsed(DataType type, @Nullable String... texts) {
        return run(rows("x: text").of((Object[]) texts).parseJsonColumn("x", type));
    }

    private void assertMisfits(DataType type, String... texts) {
        TableAssert result = parsed(type, texts);
        String step = "withColumn(x, parse_json(x, '" + type + "'))";
        result.hasValues(new Object[texts.length]);
        for (int i = 0; i < texts.length; i++) {
            org.assertj.core.api.Assertions.assertThat(
                            result.content().errors().get(i).error())
                    .isEqualTo(error(Code.CAST, texts[i], i + 1, step));
        }
    }

    @Test
    @Checks(functions = Function.PARSE_JSON)
    default void jsonBecomesValuesOfTheTypeDeclared() {
        parsed(
                        parse("struct<id: int64, tags: list<text>, at: timestamp>"),
                        " {\"id\": 7, \"tags\": [\"a\", null], \"at\": \"2024-03-01T12:00:00Z\", \"more\": [{}]} ",
                        "{}",
                        "null",
                        null)
                .hasNoErrors()
                .hasValues(
                        Map.of("id", 7L, "tags", Arrays.asList("a", null), "at", Instant.parse("2024-03-01T12:00:00Z")),
                        nothing("id", "tags", "at"),
                        null,
                        null);
    }

    private static Map<String, @Nullable Object> nothing(String... names) {
        Map<String, @Nullable Object> nothing = new java.util.HashMap<>();
        for (String name : names) {
            nothing.put(name, null);
        }
        return nothing;
    }

    @Test
    @Checks(functions = Function.PARSE_JSON)
    default void wholeNumbersAreExact() {
        parsed(listOf(INT64), "[9007199254740993, -9223372036854775808, 1.0, 1e3]")
                .hasValues(List.of(9007199254740993L, Long.MIN_VALUE, 1L, 1000L));
        parsed(decimal(38, 2), "123456789012345678901234567890123456.78")
                .hasValues(new BigDecimal("123456789012345678901234567890123456.78"));
        assertMisfits(INT64, "9223372036854775808", "1.5", "1e999999999", "\"1\"", "true");
        assertMisfits(FLOAT64, "1e400", "\"1\"", "NaN");
        assertMisfits(decimal(3, 1), "100", "0.01", "1e999999999");
    }

    @Test
    @Checks(functions = Function.PARSE_JSON)
    default void whatIsNoJsonIsAnError() {
        assertMisfits(listOf(INT64), "", " ", "[1", "[1,]", "[1] 2", "[1}", "nul", "{\"a\": 1}", "['1']", "[01]");
    }

    @Test
    @Checks(functions = Function.PARSE_JSON)
    default void aKeyThatIsThereTwiceIsAnErrorWherever() {
        assertMisfits(parse("struct<a: int64>"), "{\"a\":1,\"a\":1}", "{\"b\":{\"c\":1,\"c\":2}}");
    }

    @Test
    @Checks(functions = Function.PARSE_JSON)
    default void deepNestingIsAnErrorAndNoOverflow() {
        String deep = "[".repeat(100_000);
        assertMisfits(parse("struct<a: int64>"), "{\"b\":" + deep, "{\"b\":" + deep + "]".repeat(100_000) + "}", deep);
        assertMisfits(TEXT, deep);
        parsed(parse("struct<a: int64>"), "{\"b\":" + "[".repeat(150) + "]".repeat(150) + ",\"a\":1}")
                .hasValues(Map.of("a", 1));
    }

    @Test
    @Checks(functions = Function.PARSE_JSON)
    default void textTakesAnyValueAsItIsWritten() {
        parsed(listOf(TEXT), "[\"a\\u00e9\\\"\", 1.50, true, null, { \"b\" : [1, 2] }]")
                .hasValues(Arrays.asList("aé\"", "1.50", "true", null, "{ \"b\" : [1, 2] }"));
    }

    @Test
    @Checks(functions = Function.TO_JSON)
    default void valuesOfEveryTypeAreWrittenAsJson() {
        run(rows("x: struct<a: list<float64>, \"b\"\"c\": text>")
                        .of(Map.of("a", List.of(1.5, Double.NaN), "b\"c", "x\n"), null)
                        .withColumn("x", col("x").toJson()))
                .hasValues("{\"a\":[1.5,\"NaN\"],\"b\\\"c\":\"x\\u000a\"}", null);
        run(rows("x").of("a\"b", null).withColumn("x", col("x").toJson())).hasValues("\"a\\\"b\"", null);
        run(rows("x").of(1, 2).withColumn("x", col("x").toJson())).hasValues("1", "2");
        run(rows("x").of(Instant.EPOCH).withColumn("x", col("x").toJson())).hasValues("\"1970-01-01T00:00:00Z\"");
    }
}
