package io.millrace.dataflow.expr;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Operations on dates and timestamps. Each gives null for null. A timestamp is taken in UTC, or in the zone of {@link
 * #inZone}.
 *
 * <p>Where clocks of a zone skip a local time, it is moved on by the length of the gap. Where they show it twice, the
 * first is meant; adding to a timestamp keeps its offset where it can.
 */
public final class TimeOps {
    private final Expr input;
    private final @Nullable String zone;

    TimeOps(Expr input, @Nullable String zone) {
        this.input = input;
        this.zone = zone;
    }

    /** The date of a year, month and day of the month. One that does not exist is a {@code DOMAIN} error. */
    public static Expr date(Object year, Object month, Object day) {
        return Expr.call("date", year, month, day);
    }

    /**
     * The timestamp of a date and a time of day in UTC. One that does not exist is a {@code DOMAIN} error. For the local
     * time of a zone call {@code timestamp} with its name for a seventh argument.
     */
    public static Expr timestamp(Object year, Object month, Object day, Object hour, Object minute, Object second) {
        return Expr.call("timestamp", year, month, day, hour, minute, second);
    }

    /**
     * The operations in the local time of a zone: {@code Europe/Berlin}, {@code +02:00}. A name that is not known is
     * refused when the step is added. For timestamps, and for texts that are read as timestamps: a date has no zone.
     */
    public TimeOps inZone(String name) {
        return new TimeOps(input, name);
    }

    /** The year, an int64. */
    public Expr year() {
        return zoned("year");
    }

    /** The quarter of the year, 1 to 4. */
    public Expr quarter() {
        return zoned("quarter");
    }

    /** The month, 1 to 12. */
    public Expr month() {
        return zoned("month");
    }

    /** The year that the week belongs to, as in ISO 8601. */
    public Expr weekYear() {
        return zoned("week_year");
    }

    /** The week, 1 to 53, as in ISO 8601: the first has the first Thursday of the year. */
    public Expr week() {
        return zoned("week");
    }

    /** The day of the year, 1 to 366. */
    public Expr dayOfYear() {
        return zoned("day_of_year");
    }

    /** The day of the month, 1 to 31. */
    public Expr day() {
        return zoned("day");
    }

    /** The day of the week, Monday 1 to Sunday 7, as in ISO 8601. */
    public Expr dayOfWeek() {
        return zoned("day_of_week");
    }

    /** The hour, 0 to 23; 0 for a date. */
    public Expr hour() {
        return zoned("hour");
    }

    /** The minute, 0 to 59; 0 for a date. */
    public Expr minute() {
        return zoned("minute");
    }

    /** The second, 0 to 59; 0 for a date. */
    public Expr second() {
        return zoned("second");
    }

    /** The microsecond of the second, 0 to 999999; 0 for a date. */
    public Expr microsecond() {
        return zoned("microsecond");
    }

    /** The start of the unit that it is in, a date of a date. A date takes units from the day on. */
    public Expr truncate(CalendarUnit unit) {
        return zoned("truncate_to", unit.unitName());
    }

    /**
     * {@code count} units later, earlier when negative. Units from the day on go by the calendar: a month after 31
     * January is the last of February. A date takes these alone. Beyond the range is an {@code OVERFLOW} error.
     */
    public Expr plus(Object count, CalendarUnit unit) {
        return zoned("plus_units", count, unit.unitName());
    }

    /**
     * The whole units from this until {@code end}, negative when {@code end} is earlier; what is left over is cut off.
     * Units from the day on go by the calendar. A date and a timestamp meet in timestamp.
     */
    public Expr until(Object end, CalendarUnit unit) {
        return zoned("units_between", end, unit.unitName());
    }

    /** The whole days from this until {@code end}, both as days in UTC; negative when {@code end} is earlier. */
    public Expr daysUntil(Object end) {
        return Expr.call("days_between", input, end);
    }

    /**
     * As text, by a pattern with the letters of {@link java.time.format.DateTimeFormatter} or, when there is a {@code %}
     * in it, those of {@code strftime}. Names are English; {@code yy} and {@code %y} are the last two digits. A pattern
     * with a letter that is not known is refused when the step is added.
     */
    public Expr format(String pattern) {
        return zoned("format_time", pattern);
    }

    /**
     * The timestamp that a text is, by the first of these patterns, written as for {@link #format}, that fits all of it.
     * A text without an offset is local time; one without a time of day is midnight. Two-digit years are 1950 to 2049.
     * What fits none, or does not exist, is a {@code CAST} error. A pattern that leaves open the day is refused.
     */
    public Expr parse(String pattern, String... further) {
        List<Object> arguments = new ArrayList<>(List.of(input, zone == null ? "UTC" : zone, pattern));
        arguments.addAll(List.of(further));
        return Expr.call("parse_timestamp", arguments.toArray());
    }

    /** The date that a text is, as {@link #parse} reads it; a time of day and an offset are read and passed over. */
    public Expr parseDate(String pattern, String... further) {
        List<Object> arguments = new ArrayList<>(List.of(input, pattern));
        arguments.addAll(List.of(further));
        return Expr.call("parse_date", arguments.toArray());
    }

    /** The day of a timestamp. */
    public Expr toDate() {
        return zoned("to_date");
    }

    /**
     * The timestamp so many units after the start of 1970 in UTC, of an int64 or, to the nearest microsecond, a float64.
     * The unit is a week or less. NaN is a {@code DOMAIN} error, beyond the range an {@code OVERFLOW} error.
     */
    public Expr fromUnix(CalendarUnit unit) {
        return Expr.call("from_unix", input, unit.unitName());
    }

    /** The whole units since the start of 1970 in UTC, rounded down, an int64. The unit is a week or less. */
    public Expr toUnix(CalendarUnit unit) {
        return Expr.call("to_unix", input, unit.unitName());
    }

    private Expr zoned(String function, Object... others) {
        List<Object> arguments = new ArrayList<>(List.of(input));
        arguments.addAll(List.of(others));
        if (zone != null) {
            arguments.add(zone);
        }
        return Expr.call(function, arguments.toArray());
    }
}
