package io.millrace.dataflow.expr;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A unit of time. Those up to the hour have a fixed length; a week begins on Monday, a quarter in January. */
public enum CalendarUnit {
    /** A millionth of a second. */
    MICROSECOND(1, 0),
    /** A thousandth of a second. */
    MILLISECOND(1_000, 0),
    /** A second. */
    SECOND(1_000_000, 0),
    /** 60 seconds. */
    MINUTE(60_000_000, 0),
    /** 60 minutes. */
    HOUR(3_600_000_000L, 0),
    /** A day of the calendar, which a zone may make longer or shorter than 24 hours. */
    DAY(86_400_000_000L, 0),
    /** Seven days, from Monday. */
    WEEK(604_800_000_000L, 0),
    /** A month of the calendar. */
    MONTH(0, 1),
    /** Three months. */
    QUARTER(0, 3),
    /** A year of the calendar. */
    YEAR(0, 12);

    private final long micros;
    private final int months;

    CalendarUnit(long micros, int months) {
        this.micros = micros;
        this.months = months;
    }

    /** The unit of this name in lower case, or empty. */
    public static Optional<CalendarUnit> named(String name) {
        return Arrays.stream(values())
                .filter(unit -> unit.unitName().equals(name))
                .findFirst();
    }

    /** Every name, from the smallest unit to the greatest. */
    public static List<String> names() {
        return Arrays.stream(values()).map(CalendarUnit::unitName).toList();
    }

    /** The name in expressions, in lower case. */
    public String unitName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its months; 0 for those of a fixed number of days or less. */
    public int months() {
        return months;
    }

    /** Whether it is made of whole days. */
    public boolean isDateBased() {
        return compareTo(DAY) >= 0;
    }

    /** Its microseconds, a day having 24 hours; 0 for months and what is made of them. */
    public long micros() {
        return micros;
    }
}
