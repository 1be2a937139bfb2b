package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.Expr.lit;
import static io.millrace.dataflow.expr.Expr.when;
import static io.millrace.dataflow.schema.DataTypes.BINARY;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.TIMESTAMP;
import static io.millrace.dataflow.schema.DataTypes.listOf;
import static io.millrace.dataflow.testing.EngineFixture.error;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.UserFunction;
import io.millrace.dataflow.plan.ColumnStep;
import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.plan.SourceStep;
import io.millrace.dataflow.table.CellError.Code;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that are given from outside, and which of them no cell can hold. */
interface LiteralContract extends EngineFixture {
    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    @Checks(steps = SourceStep.Values.class)
    default void bytesAreValuesOfTypeBinary() {
        Dataflow known = rows("b").of(bytes(0, 255), null, bytes());

        run(known.cast("b", TEXT)).hasValues("00ff", null, "");
        run(known.withColumn("is", col("b").eq(bytes(0, 255))).select("is")).hasValues(true, null, false);
        run(known.fillNull("b", bytes(1)).withColumn("t", col("b").cast(TEXT)).select("t"))
                .hasValues("00ff", "01", "");
        run(known.withColumn("b", when(col("b").isNull()).then(bytes(7)).otherwise(col("b")))
                        .cast("b", TEXT))
                .hasValues("00ff", "07", "");
        run(known.withColumn("l", Expr.list(col("b"), lit(bytes(9))))
                        .select("l")
                        .cast("l", listOf(TEXT)))
                .hasTypes(listOf(TEXT))
                .hasRowCount(3);
        run(known.select("b").limit(0)).hasTypes(BINARY);
    }

    @Test
    @Checks(steps = SourceStep.Values.class)
    default void bytesAreSavedInHexadecimalDigits() {
        Dataflow known = rows("b").of(bytes(0, 255)).filter(col("b").eq(bytes(0, 255)));

        run(Dataflow.fromJson(known.toJson(), Path.of("")).cast("b", TEXT)).hasValues("00ff");
    }

    @Test
    @Checks(functions = Function.LOOK_UP)
    default void bytesAreKeysByTheirContent() {
        Expr named = new Expr.Call("look_up", List.of(col("b"), lit(bytes(1)), lit("one"), lit(bytes(2)), lit("two")));

        run(rows("b").of(bytes(2), bytes(3), bytes(1)).withColumn("b", named)).hasValues("two", null, "one");
    }

    @Test
    default void aUserFunctionMayGiveBytes() {
        UserFunction first = UserFunction.of(
                "first byte",
                BINARY,
                row -> bytes(String.valueOf(row.value("t")).charAt(0)));

        run(rows("t").of("ab").withColumn("t", Expr.user(first, "t")).cast("t", TEXT))
                .hasValues("61");
    }

    @Test
    @Checks(steps = ColumnStep.Cast.class)
    default void theLeastAndTheGreatestTimestampHaveTextsThatReadBackEqual() {
        Instant least = Instant.EPOCH.plus(Long.MIN_VALUE, ChronoUnit.MICROS);
        Instant greatest = Instant.EPOCH.plus(Long.MAX_VALUE, ChronoUnit.MICROS);
        Dataflow ends = rows("t").of(least, greatest);

        run(ends.cast("t", TEXT)).hasValues("-290308-12-21T19:59:05.224192Z", "+294247-01-10T04:00:54.775807Z");
        run(ends.cast("t", TEXT).cast("t", TIMESTAMP)).hasNoErrors().hasValues(least, greatest);
        run(rows("t")
                        .of("-290308-12-21T19:59:05.224191Z", "+294247-01-10T04:00:54.775808Z")
                        .cast("t", TIMESTAMP))
                .hasValues(null, null)
                .hasErrorCodes("CAST", "CAST");
    }

    @Test
    default void valuesThatNoCellCanHoldAreRefused() {
        assertThatThrownBy(() -> lit("a\ud83d"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("text has half of a pair of surrogates at index 1");
        assertThatThrownBy(() -> rows("d").of(LocalDate.MAX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a date is from -5877641-06-23 to +5881580-07-11: +999999999-12-31");
        assertThatThrownBy(() -> lit(Instant.MIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a timestamp is from -290308-12-21T19:59:05.224192Z to +294247-01-10T04:00:54.775807Z: "
                        + "-1000000000-01-01T00:00:00Z");
        assertThatThrownBy(() -> lit(new BigDecimal("1e100")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a decimal has at most 38 digits: 1E+100");
    }

    @Test
    @Checks(functions = Function.PARSE_JSON)
    default void halfOfAPairInJsonIsAnErrorAndNoQuestionMark(@TempDir Path directory) throws IOException {
        String half = "[\"\\ud83d\"]";
        String whole = "[\"\\ud83d\\udc26\"]";
        Path file = Files.writeString(
                directory.resolve("half.jsonl"), "{\"t\": \"\\ud83d\"}\n{\"t\": \"\\ud83d\\udc26\"}\n");

        run(rows("t")
                        .of(half, whole)
                        .withColumn("t", col("t").parseJson(listOf(TEXT)))
                        .explode("t"))
                .hasValues(null, "\ud83d\udc26")
                .hasErrors(error(Code.CAST, half, 1, "withColumn(t, parse_json(t, 'list<text>'))"));
        run(Dataflow.readJsonLines(file.toString()))
                .hasValues(null, "\ud83d\udc26")
                .hasErrorCodes("CAST");
    }
}
