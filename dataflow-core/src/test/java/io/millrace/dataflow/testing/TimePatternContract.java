package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.DATE;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.TIMESTAMP;
import static io.millrace.dataflow.testing.EngineFixture.error;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.TimeOps;
import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.table.CellError.Code;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Dates and times written and read by patterns. */
interface TimePatternContract extends EngineFixture {
    private TableAssert ofTimes(Expr expression, @Nullable Object... times) {
        return run(rows("t").of(times).withColumn("y", expression).select("y"));
    }

    private TableAssert ofText(Expr expression, @Nullable String... texts) {
        Dataflow input = rows("t: text").of((@Nullable Object[]) texts);
        return run(input.withColumn("y", expression).select("y"));
    }

    private static TimeOps time() {
        return col("t").time();
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }

    private static LocalDate on(String text) {
        return LocalDate.parse(text);
    }

    @Test
    @Checks(functions = Function.FORMAT_TIME)
    default void timesAreWrittenByPatterns() {
        Instant time = at("2024-03-01T15:04:05.000678Z");
        ofTimes(time().format("yyyy-MM-dd'T'HH:mm:ss.SSSSSS"), time, null)
                .hasTypes(TEXT)
                .hasValues("2024-03-01T15:04:05.000678", null);
        ofTimes(time().format("EEE, d MMM yy h 'o''clock' a"), time).hasValues("Fri, 1 Mar 24 3 o'clock PM");
        ofTimes(time().format("EEEE, d. MMMM yyyy D Q"), time).hasValues("Friday, 1. March 2024 61 1");
        ofTimes(time().format("YYYY-'W'ww"), on("2024-12-30"), on("2021-01-03")).hasValues("2025-W01", "2020-W53");
        ofTimes(time().format("%a %d %b %Y %I:%M:%S.%f %p %z 100%%"), time)
                .hasValues("Fri 01 Mar 2024 03:04:05.000678 PM +0000 100%");
        ofTimes(time().format("%A, %B %d, %y, %j"), on("1999-03-09")).hasValues("Tuesday, March 09, 99, 068");
        ofTimes(time().inZone("Europe/Berlin").format("%H:%M%z"), time).hasValues("16:04+0100");
        ofTimes(time().inZone("Asia/Kolkata").format("HH:mm XXX VV"), time).hasValues("20:34 +05:30 Asia/Kolkata");
    }

    @Test
    @Checks(functions = Function.FORMAT_TIME)
    default void whatAPatternCannotWriteIsAnErrorOfTheCell() {
        ofTimes(time().format("ddMMyyyyHHmmss").isError(), at("2024-03-01T15:04:05Z"))
                .hasValues(false);
        ofTimes(time().format("%Y"), LocalDate.of(12024, 1, 1)).hasValues("+12024");
        ofTimes(time().format("D2"), on("2024-01-01")).hasValues("12");
    }

    @Test
    @Checks(functions = Function.FORMAT_TIME)
    default void patternsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> rows("t").of(on("2024-01-01")).withColumn("y", time().format("yyyy-MM-ddx")))
                .hasMessageContaining("INVALID_ARGUMENT: Cannot use 'yyyy-MM-ddx' as the pattern in format_time(t,"
                        + " 'yyyy-MM-ddx'): a date has no time of day");
        assertThatThrownBy(() -> rows("t").of(on("2024-01-01")).withColumn("y", time().format("yyyy-bb")))
                .hasMessageContaining("INVALID_ARGUMENT: Cannot use 'yyyy-bb' as the pattern in format_time(t,"
                        + " 'yyyy-bb'): 'bb' at position 5 is no letter or number of letters of");
        assertThatThrownBy(() -> rows("t").of(on("2024-01-01")).withColumn("y", time().format("%Y-%Q")))
                .hasMessageContaining("INVALID_ARGUMENT: Cannot use '%Y-%Q' as the pattern in format_time(t, '%Y-%Q'):"
                        + " '%Q' at position 3 is none of % with Y y m b B d H I M S f p z a A j %");
        assertThatThrownBy(() -> rows("t").of(on("2024-01-01")).withColumn("y", time().format("yyyy'x")))
                .hasMessageContaining("the quote at position 4 is not closed");
        assertThatThrownBy(() -> rows("t").of(on("2024-01-01")).withColumn("y", time().format("yyyy[-MM")))
                .hasMessageContaining("'[' is not closed");
        assertThatThrownBy(() -> rows("t").of(on("2024-01-01")).withColumn("y", time().format("yyyy]")))
                .hasMessageContaining("']' at position 4 is out of place");
    }

    @Test
    @Checks(functions = Function.PARSE_DATE)
    default void datesAreReadByTheFirstPatternThatFits() {
        ofText(time().parseDate("%d.%m.%Y", "%m/%d/%Y", "%B %d, %Y"), "1.3.2024", "3/1/2024", "march 1, 2024", null)
                .hasTypes(DATE)
                .hasValues(on("2024-03-01"), on("2024-03-01"), on("2024-03-01"), null);
        ofText(time().parseDate("dd/MM/yyyy"), "01/03/2024", "31/04/2024", "1/3/2024", "01/03/2024 ")
                .hasValues(on("2024-03-01"), null, null, null)
                .hasErrors(
                        error(Code.CAST, "31/04/2024", 2, "withColumn(y, parse_date(t, 'dd/MM/yyyy'))"),
                        error(Code.CAST, "1/3/2024", 3, "withColumn(y, parse_date(t, 'dd/MM/yyyy'))"),
                        error(Code.CAST, "01/03/2024 ", 4, "withColumn(y, parse_date(t, 'dd/MM/yyyy'))"));
        ofText(time().parseDate("%Y%m%d"), "20240301", "2024031").hasValues(on("2024-03-01"), null);
        ofText(time().parseDate("yyyyMMdd"), "20240301").hasValues(on("2024-03-01"));
        ofText(time().parseDate("yyyy-MM-dd HH:mm x"), "2024-03-01 23:30 -05").hasValues(on("2024-03-01"));
    }

    @Test
    @Checks(functions = Function.PARSE_DATE)
    default void yearsOfTwoDigitsAreFrom1950To2049() {
        ofText(time().parseDate("%d/%m/%y"), "01/01/50", "01/01/99", "01/01/00", "01/01/49")
                .hasValues(on("1950-01-01"), on("1999-01-01"), on("2000-01-01"), on("2049-01-01"));
        ofText(time().parseDate("dd/MM/yy"), "01/01/50", "01/01/49").hasValues(on("1950-01-01"), on("2049-01-01"));
    }

    @Test
    @Checks(functions = Function.PARSE_TIMESTAMP)
    default void timestampsAreReadInUtcOrTheirOwnOffset() {
        ofText(
                        time().parse("%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %I:%M %p", "%d %b %Y %H:%M %z", "%Y-%m-%d"),
                        "2024-03-01 15:04:05.25",
                        "2024-03-01 3:04 pm",
                        "01 Mar 2024 15:04 +0530",
                        "01 Mar 2024 15:04 +05:30",
                        "01 Mar 2024 15:04 Z",
                        "01 Mar 2024 15:04 -08",
                        "01 Mar 2024 15:04 ",
                        "2024-03-01",
                        null)
                .hasTypes(TIMESTAMP)
                .hasValues(
                        at("2024-03-01T15:04:05.25Z"),
                        at("2024-03-01T15:04:00Z"),
                        at("2024-03-01T09:34:00Z"),
                        at("2024-03-01T09:34:00Z"),
                        at("2024-03-01T15:04:00Z"),
                        at("2024-03-01T23:04:00Z"),
                        null,
                        at("2024-03-01T00:00:00Z"),
                        null);
        ofText(time().parse("yyyy-MM-dd HH:mm[:ss[.SSS]]"), "2024-03-01 15:04", "2024-03-01 15:04:05.250")
                .hasValues(at("2024-03-01T15:04:00Z"), at("2024-03-01T15:04:05.25Z"));
        ofText(
                        time().parse("yyyy-MM-dd HH:mm:ss.SSSSSSSSS"),
                        "2024-03-01 15:04:05.250000000",
                        "2024-03-01 15:04:05.000000001")
                .hasValues(at("2024-03-01T15:04:05.25Z"), null);
        ofText(time().parse("%Y-%m-%d %H:%M"), "2024-03-01 24:00", "2024-03-01 12:60")
                .hasErrors(
                        error(
                                Code.CAST,
                                "2024-03-01 24:00",
                                1,
                                "withColumn(y, parse_timestamp(t, 'UTC', '%Y-%m-%d %H:%M'))"),
                        error(
                                Code.CAST,
                                "2024-03-01 12:60",
                                2,
                                "withColumn(y, parse_timestamp(t, 'UTC', '%Y-%m-%d %H:%M'))"));
    }

    @Test
    @Checks(functions = Function.PARSE_TIMESTAMP)
    default void localTimesOfAZoneHaveGapsAndOverlaps() {
        ofText(
                        time().inZone("Europe/Berlin").parse("yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm XXX"),
                        "2024-07-01 12:00",
                        "2024-03-31 02:30",
                        "2024-10-27 02:30",
                        "2024-10-27 02:30 +01:00")
                .hasValues(
                        at("2024-07-01T10:00:00Z"),
                        at("2024-03-31T01:30:00Z"),
                        at("2024-10-27T00:30:00Z"),
                        at("2024-10-27T01:30:00Z"));
        ofText(time().parse("yyyy-MM-dd HH:mm VV"), "2024-07-01 12:00 America/New_York")
                .hasValues(at("2024-07-01T16:00:00Z"));
    }

    @Test
    @Checks(functions = {Function.PARSE_DATE, Function.PARSE_TIMESTAMP})
    default void patternsThatLeaveTheTimeOpenAreRefused() {
        Dataflow texts = rows("t").of("x");
        assertThatThrownBy(() -> texts.withColumn("y", time().parseDate("%m/%Y")))
                .hasMessageContaining(
                        "INVALID_ARGUMENT: Cannot use '%m/%Y' as the pattern in parse_date(t, '%m/%Y'): it"
                                + " leaves open the day");
        assertThatThrownBy(() -> texts.withColumn("y", time().parse("%Y-%m-%d", "%I:%M")))
                .hasMessageContaining("INVALID_ARGUMENT: Cannot use '%I:%M' as the pattern in parse_timestamp(t, 'UTC',"
                        + " '%Y-%m-%d', '%I:%M'): it leaves open the day and the time of day");
        assertThatThrownBy(() -> texts.withColumn("y", Expr.call("parse_date", col("t"), col("t"))))
                .hasMessageContaining(
                        "INVALID_ARGUMENT: Cannot use t as the pattern in parse_date(t, t): it must be a literal");
    }
}
