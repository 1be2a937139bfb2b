package io.millrace.dataflow.kernel;

import io.millrace.dataflow.expr.CalendarUnit;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.CellError.Code;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;

/**
 * Dates and times moved by units, cut to units, and their distance in units. Units up to the hour have their length on
 * every day; those from the day on are of the calendar of the zone. A result beyond the range is an {@code OVERFLOW}.
 */
final class TimeShifts {
    private static final int DAYS_PER_WEEK = 7;

    private TimeShifts() {}

    /** The start of the unit. */
    static Kernel truncate(TypedExpr.Call call) {
        CalendarUnit unit = unit(call, 1);
        LocalClock clock = LocalClock.of(call, 2);
        return of(
                "truncate_to",
                call,
                (day, arguments, row) -> start(LocalDate.ofEpochDay(day), unit).toEpochDay(),
                (micros, arguments, row) -> {
                    if (!unit.isDateBased()) {
                        return Math.subtractExact(micros, clock.microOfDay(micros) % unit.micros());
                    }
                    LocalDate start = start(LocalDate.ofEpochDay(clock.day(micros)), unit);
                    return clock.instant(start.atStartOfDay(), null);
                });
    }

    /** So many units later; a day that the month does not have is its last. */
    static Kernel plus(TypedExpr.Call call) {
        CalendarUnit unit = unit(call, 2);
        LocalClock clock = LocalClock.of(call, 3);
        return of(
                "plus_units",
                call,
                (day, arguments, row) ->
                        ((LocalDate) later(LocalDate.ofEpochDay(day), arguments.int64(1, row), unit)).toEpochDay(),
                (micros, arguments, row) -> {
                    long count = arguments.int64(1, row);
                    if (!unit.isDateBased()) {
                        return Math.addExact(micros, Math.multiplyExact(count, unit.micros()));
                    }
                    LocalDateTime time = (LocalDateTime) later(clock.time(micros), count, unit);
                    return clock.instant(time, clock.offset(micros));
                });
    }

    /** Whole units from the first to the second, cut towards zero. */
    static Kernel between(TypedExpr.Call call) {
        CalendarUnit unit = unit(call, 2);
        LocalClock clock = LocalClock.of(call, 3);
        boolean date = call.arguments().get(0).type() instanceof DataType.Date;
        return RowByRow.of("units_between", (arguments, row, target) -> {
            try {
                long count = date
                        ? betweenDays(dayAt(arguments, 0, row), dayAt(arguments, 1, row), unit)
                        : betweenInstants(microsAt(arguments, 0, row), microsAt(arguments, 1, row), unit, clock);
                ((BigIntVector) target).set(row, count);
                return null;
            } catch (ArithmeticException beyondRange) {
                return Code.OVERFLOW;
            }
        });
    }

    static CalendarUnit unit(TypedExpr.Call call, int argument) {
        return CalendarUnit.named(Constants.text(call, argument)).orElseThrow();
    }

    static long microsAt(Arguments arguments, int argument, int row) {
        return ((TimeStampMicroTZVector) arguments.vector(argument)).get(arguments.row(argument, row));
    }

    static long dayAt(Arguments arguments, int argument, int row) {
        return ((DateDayVector) arguments.vector(argument)).get(arguments.row(argument, row));
    }

    private static Kernel of(String name, TypedExpr.Call call, Shift ofDay, Shift ofInstant) {
        boolean date = call.type() instanceof DataType.Date;
        return RowByRow.of(name, (arguments, row, target) -> {
            try {
                if (date) {
                    setDay(target, row, ofDay.apply(dayAt(arguments, 0, row), arguments, row));
                } else {
                    ((TimeStampMicroTZVector) target)
                            .set(row, ofInstant.apply(microsAt(arguments, 0, row), arguments, row));
                }
                return null;
            } catch (ArithmeticException | DateTimeException beyondRange) {
                return Code.OVERFLOW;
            }
        });
    }

    /**
     * Writes a day.
     *
     * @throws ArithmeticException beyond the range
     */
    static void setDay(FieldVector target, int row, long day) {
        ((DateDayVector) target).set(row, Math.toIntExact(day));
    }

    private static LocalDate start(LocalDate date, CalendarUnit unit) {
        return switch (unit) {
            case WEEK -> date.minusDays(date.getDayOfWeek().getValue() - 1L);
            case MONTH -> date.withDayOfMonth(1);
            case QUARTER -> LocalDate.of(date.getYear(), (date.getMonthValue() - 1) / 3 * 3 + 1, 1);
            case YEAR -> date.withDayOfYear(1);
            default -> date;
        };
    }

    private static Temporal later(Temporal time, long count, CalendarUnit unit) {
        return unit.months() > 0
                ? time.plus(Math.multiplyExact(count, unit.months()), ChronoUnit.MONTHS)
                : time.plus(
                        unit == CalendarUnit.WEEK ? Math.multiplyExact(count, DAYS_PER_WEEK) : count, ChronoUnit.DAYS);
    }

    private static long betweenDays(long start, long end, CalendarUnit unit) {
        if (unit.months() > 0) {
            return ChronoUnit.MONTHS.between(LocalDate.ofEpochDay(start), LocalDate.ofEpochDay(end)) / unit.months();
        }
        return unit.isDateBased()
                ? (end - start) / (unit.micros() / TimeFunctions.MICROS_PER_DAY)
                : Math.multiplyExact(end - start, TimeFunctions.MICROS_PER_DAY / unit.micros());
    }

    private static long betweenInstants(long start, long end, CalendarUnit unit, LocalClock clock) {
        if (!unit.isDateBased()) {
            return wholeUnits(start, end, unit.micros());
        }
        LocalDateTime from = clock.time(start);
        LocalDateTime to = clock.time(end);
        if (unit.months() > 0) {
            return ChronoUnit.MONTHS.between(from, to) / unit.months();
        }
        long days = ChronoUnit.DAYS.between(from, to);
        return unit == CalendarUnit.WEEK ? days / DAYS_PER_WEEK : days;
    }

    /**
     * Whole units between two numbers, cut towards zero. The difference of the numbers may be beyond the range, as that of a
     * very early time from a very late one is.
     *
     * @throws ArithmeticException when the number of units is beyond the range
     */
    private static long wholeUnits(long start, long end, long unit) {
        long count = Math.subtractExact(Math.floorDiv(end, unit), Math.floorDiv(start, unit));
        long rest = Math.floorMod(end, unit) - Math.floorMod(start, unit);
        if (count > 0 && rest < 0) {
            return count - 1;
        }
        return count < 0 && rest > 0 ? count + 1 : count;
    }

    @FunctionalInterface
    private interface Shift {
        long apply(long value, Arguments arguments, int row);
    }
}
