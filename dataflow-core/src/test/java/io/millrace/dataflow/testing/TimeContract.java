package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.CalendarUnit.DAY;
import static io.millrace.dataflow.expr.CalendarUnit.HOUR;
import static io.millrace.dataflow.expr.CalendarUnit.MICROSECOND;
import static io.millrace.dataflow.expr.CalendarUnit.MILLISECOND;
import static io.millrace.dataflow.expr.CalendarUnit.MINUTE;
import static io.millrace.dataflow.expr.CalendarUnit.MONTH;
import static io.millrace.dataflow.expr.CalendarUnit.QUARTER;
import static io.millrace.dataflow.expr.CalendarUnit.SECOND;
import static io.millrace.dataflow.expr.CalendarUnit.WEEK;
import static io.millrace.dataflow.expr.CalendarUnit.YEAR;
import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.DATE;
import static io.millrace.dataflow.schema.DataTypes.INT64;
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

/** Dates and times by the calendar, in UTC and in zones. */
interface TimeContract extends EngineFixture {
    private TableAssert ofTimes(Expr expression, @Nullable Object... times) {
        return run(rows("t").of(times).withColumn("y", expression).select("y"));
    }

    private TableAssert ofPairs(Expr expression, @Nullable Object... pairs) {
        return run(rows("a", "b").of(pairs).withColumn("y", expression).select("y"));
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
    @Checks(functions = {Function.MINUTE, Function.SECOND, Function.MICROSECOND})
    default void smallPartsOfTimes() {
        Instant early = at("1969-12-31T23:59:58.999999Z");
        ofTimes(time().minute(), early, at("2024-01-01T10:07:00Z"), null)
                .hasTypes(INT64)
                .hasValues(59, 7, null);
        ofTimes(time().second(), early).hasValues(58);
        ofTimes(time().microsecond(), early).hasValues(999_999);
        ofTimes(time().minute(), on("2024-01-01")).hasValues(0);
        ofTimes(time().second(), on("2024-01-01")).hasValues(0);
        ofTimes(time().microsecond(), on("2024-01-01")).hasValues(0);
    }

    @Test
    @Checks(functions = {Function.QUARTER, Function.WEEK, Function.WEEK_YEAR, Function.DAY_OF_YEAR})
    default void partsOfTheYear() {
        Object[] days = {on("2024-12-30"), on("2021-01-03"), on("2020-12-31"), on("2024-04-01"), null};
        ofTimes(time().quarter(), days).hasTypes(INT64).hasValues(4, 1, 4, 2, null);
        ofTimes(time().week(), days).hasValues(1, 53, 53, 14, null);
        ofTimes(time().weekYear(), days).hasValues(2025, 2020, 2020, 2024, null);
        ofTimes(time().dayOfYear(), days).hasValues(365, 3, 366, 92, null);
        ofTimes(time().quarter(), at("2024-06-30T23:59:59Z")).hasValues(2);
    }

    @Test
    @Checks(functions = {Function.YEAR, Function.DAY, Function.HOUR, Function.MINUTE, Function.WEEK})
    default void partsInAZoneAreThoseOfItsClocks() {
        Instant newYear = at("2023-12-31T23:30:00Z");
        Instant summer = at("2024-07-01T22:15:00Z");
        ofTimes(time().inZone("Europe/Berlin").year(), newYear, null).hasValues(2024, null);
        ofTimes(time().inZone("Europe/Berlin").hour(), newYear, summer).hasValues(0, 0);
        ofTimes(time().inZone("Europe/Berlin").day(), newYear, summer).hasValues(1, 2);
        ofTimes(time().inZone("Asia/Kolkata").minute(), newYear).hasValues(0);
        ofTimes(time().inZone("-03:30").hour(), newYear).hasValues(20);
        ofTimes(time().inZone("Europe/Berlin").week(), newYear).hasValues(1);
    }

    @Test
    @Checks(functions = Function.HOUR)
    default void zonesThatNobodyKnowsAreRefused() {
        assertThatThrownBy(() -> rows("t")
                        .of(at("2024-01-01T00:00:00Z"))
                        .withColumn("y", time().inZone("Europe/Berlim").hour()))
                .hasMessageContaining("INVALID_ARGUMENT: Cannot use 'Europe/Berlim' as the zone in hour(t,"
                        + " 'Europe/Berlim'): no zone has that name")
                .hasMessageContaining("Did you mean 'Europe/Berlin'?");
        assertThatThrownBy(() -> rows("t")
                        .of(on("2024-01-01"))
                        .withColumn("y", time().inZone("Europe/Berlin").hour()))
                .hasMessageContaining("TYPE_MISMATCH: Cannot apply 'hour' to (date, text) in hour(t, 'Europe/Berlin')");
    }

    @Test
    @Checks(functions = Function.TRUNCATE_TO)
    default void truncationGoesToTheStartOfTheUnit() {
        Instant time = at("2024-05-16T17:38:42.123456Z");
        ofTimes(time().truncate(MICROSECOND), time).hasTypes(TIMESTAMP).hasValues(time);
        ofTimes(time().truncate(MILLISECOND), time).hasValues(at("2024-05-16T17:38:42.123Z"));
        ofTimes(time().truncate(SECOND), time, at("1969-12-31T23:59:59.5Z"), null)
                .hasValues(at("2024-05-16T17:38:42Z"), at("1969-12-31T23:59:59Z"), null);
        ofTimes(time().truncate(MINUTE), time).hasValues(at("2024-05-16T17:38:00Z"));
        ofTimes(time().truncate(HOUR), time).hasValues(at("2024-05-16T17:00:00Z"));
        ofTimes(time().truncate(DAY), time).hasValues(at("2024-05-16T00:00:00Z"));
        ofTimes(time().truncate(WEEK), time).hasValues(at("2024-05-13T00:00:00Z"));
        ofTimes(time().truncate(MONTH), time).hasValues(at("2024-05-01T00:00:00Z"));
        ofTimes(time().truncate(QUARTER), time).hasValues(at("2024-04-01T00:00:00Z"));
        ofTimes(time().truncate(YEAR), time).hasValues(at("2024-01-01T00:00:00Z"));
        ofTimes(time().truncate(WEEK), on("2024-05-19"), on("0000-01-01"))
                .hasTypes(DATE)
                .hasValues(on("2024-05-13"), on("-0001-12-27"));
    }

    @Test
    @Checks(functions = Function.TRUNCATE_TO)
    default void truncationInAZoneFollowsItsClocks() {
        ofTimes(time().inZone("Europe/Berlin").truncate(DAY), at("2024-07-01T22:15:00Z"))
                .hasValues(at("2024-07-01T22:00:00Z"));
        ofTimes(time().inZone("Asia/Kolkata").truncate(HOUR), at("2024-07-01T22:15:00Z"))
                .hasValues(at("2024-07-01T21:30:00Z"));
        // Clocks in Beirut go from midnight to one o'clock.
        ofTimes(time().inZone("Asia/Beirut").truncate(DAY), at("2024-03-31T10:00:00Z"))
                .hasValues(at("2024-03-30T22:00:00Z"));
        // The second half past two of that night stays in the second hour from two.
        ofTimes(time().inZone("Europe/Berlin").truncate(HOUR), at("2024-10-27T01:30:00Z"))
                .hasValues(at("2024-10-27T01:00:00Z"));
    }

    @Test
    @Checks(functions = {Function.TRUNCATE_TO, Function.PLUS_UNITS})
    default void unitsAreLiteralsThatFitTheirTime() {
        assertThatThrownBy(() -> rows("t").of(on("2024-01-01")).withColumn("y", time().truncate(HOUR)))
                .hasMessageContaining(
                        "INVALID_ARGUMENT: Cannot use 'hour' as the unit in truncate_to(t, 'hour'): a date"
                                + " has no time of day");
        assertThatThrownBy(() ->
                        rows("t").of(on("2024-01-01")).withColumn("y", Expr.call("plus_units", col("t"), 1, "days")))
                .hasMessageContaining("INVALID_ARGUMENT: Cannot use 'days' as the unit in plus_units(t, 1, 'days'): it"
                        + " must be one of microsecond, millisecond, second, minute, hour, day, week, month, quarter,"
                        + " year");
    }

    @Test
    @Checks(functions = Function.PLUS_UNITS)
    default void addingUnitsGoesByTheCalendar() {
        ofTimes(time().plus(1, MONTH), on("2024-01-31"), on("2023-01-31"), null)
                .hasTypes(DATE)
                .hasValues(on("2024-02-29"), on("2023-02-28"), null);
        ofTimes(time().plus(-1, YEAR), on("2024-02-29")).hasValues(on("2023-02-28"));
        ofTimes(time().plus(2, QUARTER), on("2023-08-31")).hasValues(on("2024-02-29"));
        ofTimes(time().plus(300, QUARTER), on("2000-01-01")).hasValues(on("2075-01-01"));
        ofTimes(time().plus(2, WEEK), on("2024-02-20")).hasValues(on("2024-03-05"));
        ofTimes(time().plus(90, MINUTE), at("2024-02-29T23:00:00Z"))
                .hasTypes(TIMESTAMP)
                .hasValues(at("2024-03-01T00:30:00Z"));
        ofTimes(time().plus(1, MONTH), at("2024-01-31T12:00:00.000001Z")).hasValues(at("2024-02-29T12:00:00.000001Z"));
        run(rows("t", "n")
                        .of(on("2024-01-01"), 1, on("2024-01-01"), null)
                        .withColumn("y", time().plus(col("n"), DAY))
                        .select("y"))
                .hasValues(on("2024-01-02"), null);
    }

    @Test
    @Checks(functions = Function.PLUS_UNITS)
    default void addingUnitsInAZoneFollowsItsClocks() {
        // The night of 31 March 2024 has no time from two to three o'clock.
        Instant before = at("2024-03-30T01:30:00Z");
        ofTimes(time().inZone("Europe/Berlin").plus(1, DAY), before).hasValues(at("2024-03-31T01:30:00Z"));
        ofTimes(time().inZone("Europe/Berlin").plus(24, HOUR), before).hasValues(at("2024-03-31T01:30:00Z"));
        ofTimes(time().inZone("Europe/Berlin").plus(2, DAY), before).hasValues(at("2024-04-01T00:30:00Z"));
        // Nor is it known which half past two of 27 October is meant, unless one comes from the other side.
        ofTimes(time().inZone("Europe/Berlin").plus(1, DAY), at("2024-10-26T00:30:00Z"))
                .hasValues(at("2024-10-27T00:30:00Z"));
        ofTimes(time().inZone("Europe/Berlin").plus(-1, DAY), at("2024-10-28T01:30:00Z"))
                .hasValues(at("2024-10-27T01:30:00Z"));
    }

    @Test
    @Checks(functions = Function.PLUS_UNITS)
    default void timesBeyondTheRangeAreErrors() {
        ofTimes(time().plus(Long.MAX_VALUE, DAY), on("2024-01-01"), on("1969-01-01"))
                .hasValues(null, null)
                .hasErrors(
                        error(
                                Code.OVERFLOW,
                                "plus_units(2024-01-01, 9223372036854775807, day)",
                                1,
                                "withColumn(y, plus_units(t, 9223372036854775807, 'day'))"),
                        error(
                                Code.OVERFLOW,
                                "plus_units(1969-01-01, 9223372036854775807, day)",
                                2,
                                "withColumn(y, plus_units(t, 9223372036854775807, 'day'))"));
        ofTimes(time().plus(300_000, YEAR), at("2024-01-01T00:00:00Z"))
                .hasErrors(error(
                        Code.OVERFLOW,
                        "plus_units(2024-01-01T00:00:00Z, 300000, year)",
                        1,
                        "withColumn(y, plus_units(t, 300000, 'year'))"));
        ofTimes(time().plus(Long.MAX_VALUE, HOUR).isError(), at("2024-01-01T00:00:00Z"))
                .hasValues(true);
    }

    @Test
    @Checks(functions = Function.UNITS_BETWEEN)
    default void wholeUnitsBetweenTimes() {
        ofPairs(
                        col("a").time().until(col("b"), MONTH),
                        on("2024-01-31"),
                        on("2024-02-29"),
                        on("2024-01-29"),
                        on("2024-02-29"),
                        on("2024-03-15"),
                        on("2024-01-16"),
                        null,
                        on("2024-01-16"))
                .hasTypes(INT64)
                .hasValues(0, 1, -1, null);
        Object[] times = {at("2024-01-01T00:00:00Z"), at("2024-01-15T23:59:59.999999Z")};
        ofPairs(col("a").time().until(col("b"), WEEK), times).hasValues(2);
        ofPairs(col("a").time().until(col("b"), DAY), times).hasValues(14);
        ofPairs(col("a").time().until(col("b"), HOUR), times).hasValues(359);
        ofPairs(col("b").time().until(col("a"), DAY), times).hasValues(-14);
        ofPairs(col("a").time().until(col("b"), YEAR), on("2020-02-29"), on("2024-02-28"))
                .hasValues(3);
        ofPairs(col("a").time().until(col("b"), HOUR), on("2024-01-01"), on("2024-01-03"))
                .hasValues(48);
        ofPairs(col("a").time().until(col("b"), HOUR), on("2024-01-01"), at("2024-01-01T05:30:00Z"))
                .hasValues(5);
        // A day of 23 hours is a day to the clocks.
        Object[] night = {at("2024-03-30T11:00:00Z"), at("2024-03-31T10:00:00Z")};
        ofPairs(col("a").time().inZone("Europe/Berlin").until(col("b"), DAY), night)
                .hasValues(1);
        ofPairs(col("a").time().until(col("b"), DAY), night).hasValues(0);
    }

    @Test
    @Checks(functions = Function.UNITS_BETWEEN)
    default void unitsBetweenTimesFurtherApartThanMicrosecondsCount() {
        Object[] ends = {at("-290308-12-21T19:59:05.224193Z"), at("+294247-01-10T04:00:54.775807Z")};
        ofPairs(col("a").time().until(col("b"), HOUR), ends).hasValues(5_124_095_576L);
        ofPairs(col("b").time().until(col("a"), HOUR), ends).hasValues(-5_124_095_576L);
        ofPairs(col("a").time().until(col("b"), MICROSECOND), ends)
                .hasErrors(error(
                        Code.OVERFLOW,
                        "units_between(-290308-12-21T19:59:05.224193Z, +294247-01-10T04:00:54.775807Z, microsecond)",
                        1,
                        "withColumn(y, units_between(a, b, 'microsecond'))"));
    }

    @Test
    @Checks(functions = Function.UNITS_BETWEEN)
    default void unitsBetweenTimesAreCutTowardsZeroOnBothSidesOfTheEpoch() {
        Object[] apart = {at("1969-12-31T22:30:00.5Z"), at("1970-01-01T01:15:00Z")};
        ofPairs(col("a").time().until(col("b"), HOUR), apart).hasValues(2);
        ofPairs(col("b").time().until(col("a"), HOUR), apart).hasValues(-2);
        Object[] near = {at("1969-12-31T23:59:59.5Z"), at("1970-01-01T00:59:59Z")};
        ofPairs(col("a").time().until(col("b"), HOUR), near).hasValues(0);
        ofPairs(col("b").time().until(col("a"), HOUR), near).hasValues(0);
    }

    @Test
    @Checks(functions = Function.TO_DATE)
    default void aTimestampHasADayInEveryZone() {
        Object[] times = {at("2024-01-01T23:30:00Z"), null};
        ofTimes(time().toDate(), times).hasTypes(DATE).hasValues(on("2024-01-01"), null);
        ofTimes(time().inZone("Europe/Berlin").toDate(), times).hasValues(on("2024-01-02"), null);
        ofTimes(time().inZone("America/New_York").toDate(), at("2024-01-01T04:59:59Z"))
                .hasValues(on("2023-12-31"));
    }

    @Test
    @Checks(functions = {Function.FROM_UNIX, Function.TO_UNIX})
    default void timesSince1970() {
        ofTimes(time().fromUnix(SECOND), 1_700_000_000, -1, null)
                .hasTypes(TIMESTAMP)
                .hasValues(at("2023-11-14T22:13:20Z"), at("1969-12-31T23:59:59Z"), null);
        ofTimes(time().fromUnix(MILLISECOND), 1_700_000_000_123L).hasValues(at("2023-11-14T22:13:20.123Z"));
        ofTimes(time().fromUnix(SECOND), 1.5, -0.25, Double.NaN, 1e300)
                .hasValues(at("1970-01-01T00:00:01.5Z"), at("1969-12-31T23:59:59.75Z"), null, null)
                .hasErrors(
                        error(Code.DOMAIN, "from_unix(NaN, second)", 3, "withColumn(y, from_unix(t, 'second'))"),
                        error(Code.OVERFLOW, "from_unix(1.0E300, second)", 4, "withColumn(y, from_unix(t, 'second'))"));
        ofTimes(time().fromUnix(SECOND), Long.MAX_VALUE)
                .hasErrors(error(
                        Code.OVERFLOW,
                        "from_unix(9223372036854775807, second)",
                        1,
                        "withColumn(y, from_unix(t, 'second'))"));
        ofTimes(time().toUnix(SECOND), at("1969-12-31T23:59:59.5Z"), at("1970-01-02T00:00:00Z"), null)
                .hasTypes(INT64)
                .hasValues(-1, 86_400, null);
        ofTimes(time().toUnix(DAY), at("1970-01-02T00:00:00Z")).hasValues(1);
        assertThatThrownBy(() -> rows("t").of(1).withColumn("y", time().fromUnix(MONTH)))
                .hasMessageContaining("INVALID_ARGUMENT: Cannot use 'month' as the unit in from_unix(t, 'month'): its"
                        + " length is not fixed");
    }

    @Test
    @Checks(functions = {Function.DATE, Function.TIMESTAMP})
    default void datesAndTimestampsAreMadeOfNumbers() {
        Dataflow days = rows("y", "m", "d").of(2024, 2, 29, 2023, 2, 29, 2024, null, 1, 2024, 13, 1);
        run(days.withColumn("r", TimeOps.date(col("y"), col("m"), col("d"))).select("r"))
                .hasTypes(DATE)
                .hasValues(on("2024-02-29"), null, null, null)
                .hasErrors(
                        error(Code.DOMAIN, "date(2023, 2, 29)", 2, "withColumn(r, date(y, m, d))"),
                        error(Code.DOMAIN, "date(2024, 13, 1)", 4, "withColumn(r, date(y, m, d))"));
        ofTimes(TimeOps.timestamp(2024, 3, 1, col("t"), 30, 15), 7, 24)
                .hasTypes(TIMESTAMP)
                .hasValues(at("2024-03-01T07:30:15Z"), null)
                .hasErrors(error(
                        Code.DOMAIN,
                        "timestamp(2024, 3, 1, 24, 30, 15)",
                        2,
                        "withColumn(y, timestamp(2024, 3, 1, t, 30, 15))"));
        ofTimes(Expr.call("timestamp", 2024, 3, 31, col("t"), 30, 0, "Europe/Berlin"), 1, 2, 3)
                .hasValues(at("2024-03-31T00:30:00Z"), at("2024-03-31T01:30:00Z"), at("2024-03-31T01:30:00Z"));
    }
}
