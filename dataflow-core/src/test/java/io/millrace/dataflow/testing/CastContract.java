package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.DATE;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.TIMESTAMP;
import static io.millrace.dataflow.schema.DataTypes.decimal;
import static io.millrace.dataflow.testing.EngineFixture.error;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.plan.ColumnStep;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.CellError.Code;
import io.millrace.dataflow.table.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Conversions between types. */
interface CastContract extends EngineFixture {
    /** Casts the values, of which the ones that are errors afterwards must have these texts. */
    private TableAssert cast(DataType to, List<String> misfits, @Nullable Object... values) {
        TableAssert result = run(rows("x").of(values).cast("x", to)).hasTypes(to);
        assertThat(result.content().errors().stream().map(Table.LocatedError::error))
                .allSatisfy(each -> {
                    assertThat(each.code()).isEqualTo(Code.CAST);
                    assertThat(each.step()).isEqualTo("cast(x, " + to + ")");
                })
                .extracting(CellError::text)
                .containsExactlyElementsOf(misfits);
        return result;
    }

    private static List<String> none() {
        return List.of();
    }

    @Test
    @Checks(steps = ColumnStep.Cast.class)
    default void textIsParsedStrictly() {
        cast(
                        INT64,
                        List.of(" 1", "1.0", "1_000", "9223372036854775808", "", "12d"),
                        "-7",
                        "+7",
                        null,
                        " 1",
                        "1.0",
                        "1_000",
                        "9223372036854775808",
                        "",
                        "12d")
                .hasValues(-7, 7, null, null, null, null, null, null, null);
        cast(
                        FLOAT64,
                        List.of(" 1.0", "1,5", "12d", "0x1p3"),
                        "1.5",
                        "-1e3",
                        "NaN",
                        "-Infinity",
                        " 1.0",
                        "1,5",
                        "12d",
                        "0x1p3")
                .hasValues(1.5, -1000.0, Double.NaN, Double.NEGATIVE_INFINITY, null, null, null, null);
        cast(decimal(5, 2), List.of("1.234", "1000"), "1.2", "-999.99", "1.234", "1000")
                .hasValues(new BigDecimal("1.20"), new BigDecimal("-999.99"), null, null);
        cast(BOOL, List.of("yes", "1"), "true", "FALSE", "yes", "1").hasValues(true, false, null, null);
    }

    @Test
    @Checks(steps = ColumnStep.Cast.class)
    default void textOfTimesIsIso() {
        cast(DATE, List.of("2023-02-29", "01/02/2024"), "2024-02-29", "2023-02-29", "01/02/2024")
                .hasValues(LocalDate.of(2024, 2, 29), null, null);
        cast(TIMESTAMP, List.of("noon"), "2024-03-01T12:00:00Z", "2024-03-01 12:00:00.5+02:00", "noon")
                .hasValues(Instant.parse("2024-03-01T12:00:00Z"), Instant.parse("2024-03-01T10:00:00.5Z"), null);
    }

    @Test
    @Checks(steps = ColumnStep.Cast.class)
    default void everyTypeHasATextThatReadsBack() {
        cast(TEXT, none(), Long.MIN_VALUE, null).hasValues("-9223372036854775808", null);
        cast(TEXT, none(), 0.1, 1e300, Double.NaN, -0.0, 3.0).hasValues("0.1", "1.0E300", "NaN", "-0.0", "3.0");
        cast(TEXT, none(), new BigDecimal("12.50")).hasValues("12.50");
        cast(TEXT, none(), true, false).hasValues("true", "false");
        cast(TEXT, none(), LocalDate.of(2024, 3, 1)).hasValues("2024-03-01");
        cast(TEXT, none(), Instant.parse("2024-03-01T12:00:00.120Z")).hasValues("2024-03-01T12:00:00.12Z");
    }

    @Test
    @Checks(steps = ColumnStep.Cast.class)
    default void numbersBecomeEachOtherWhereTheValueStays() {
        cast(FLOAT64, none(), 1, Long.MAX_VALUE).hasValues(1.0, 0x1p63);
        cast(
                        INT64,
                        List.of("1.5", "NaN", "Infinity", "9.223372036854776E18"),
                        3.0,
                        -0.0,
                        1.5,
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        0x1p63,
                        -0x1p63)
                .hasValues(3, 0, null, null, null, null, Long.MIN_VALUE);
        cast(decimal(4, 1), List.of("0.25", "1234.5"), 0.5, 0.25, 1234.5, 100.0)
                .hasValues(new BigDecimal("0.5"), null, null, new BigDecimal("100.0"));
        cast(decimal(4, 1), List.of("1000"), 999, 1000).hasValues(new BigDecimal("999.0"), null);
        cast(INT64, List.of("1.50"), new BigDecimal("2.00"), new BigDecimal("1.50"))
                .hasValues(2, null);
        cast(FLOAT64, none(), new BigDecimal("2.25")).hasValues(2.25);
        cast(decimal(3, 1), List.of("1.25"), new BigDecimal("1.50"), new BigDecimal("1.25"))
                .hasValues(new BigDecimal("1.5"), null);
    }

    @Test
    @Checks(steps = ColumnStep.Cast.class)
    default void trueIsOneAndFalseIsZero() {
        cast(INT64, none(), true, false, null).hasValues(1, 0, null);
        cast(FLOAT64, none(), true, false).hasValues(1.0, 0.0);
        cast(BOOL, List.of("2"), 1, 0, 2).hasValues(true, false, null);
    }

    @Test
    @Checks(steps = ColumnStep.Cast.class)
    default void datesAndTimestampsMeetAtMidnightInUtc() {
        cast(TIMESTAMP, none(), LocalDate.of(1969, 12, 31)).hasValues(Instant.parse("1969-12-31T00:00:00Z"));
        cast(DATE, none(), Instant.parse("1969-12-31T23:59:59.999999Z"), Instant.parse("2024-03-01T00:00:00Z"))
                .hasValues(LocalDate.of(1969, 12, 31), LocalDate.of(2024, 3, 1));
    }

    @Test
    @Checks(steps = ColumnStep.Cast.class)
    default void theCastOfAnErrorIsThatError() {
        run(rows("x").of("abc", "1").cast("x", INT64).cast("x", FLOAT64).cast("x", TEXT))
                .hasRows(Arrays.asList((Object) null), Arrays.asList("1.0"))
                .hasErrors(error(Code.CAST, "abc", 1, "cast(x, int64)"));
    }

    @Test
    default void aCastInsideAnExpressionIsTheSame() {
        run(rows("x").of("1", "abc").withColumn("y", col("x").cast(INT64).plus(1)))
                .hasRows(Arrays.asList("1", 2), Arrays.asList("abc", null))
                .hasErrors(error(Code.CAST, "abc", 2, "withColumn(y, (cast(x as int64) + 1))"));
    }
}
