package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.table.CellError.Code;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Functions of dates and times, by the calendar of {@code java.time}. */
final class Times {
    private static final BigInteger MICROS_PER_SECOND = BigInteger.valueOf(1_000_000);

    private Times() {}

    static Map<String, Functions.Body> all() {
        Map<String, Functions.Body> all = new TreeMap<>();
        all.put("year", part(LocalDateTime::getYear));
        all.put("quarter", part(time -> (time.getMonthValue() - 1) / 3 + 1));
        all.put("month", part(LocalDateTime::getMonthValue));
        all.put("week_year", part(time -> time.get(IsoFields.WEEK_BASED_YEAR)));
        all.put("week", part(time -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)));
        all.put("day_of_year", part(LocalDateTime::getDayOfYear));
        all.put("day", part(LocalDateTime::getDayOfMonth));
        all.put("day_of_week", part(time -> time.getDayOfWeek().getValue()));
        all.put("hour", part(LocalDateTime::getHour));
        all.put("minute", part(LocalDateTime::getMinute));
        all.put("second", part(LocalDateTime::getSecond));
        all.put("microsecond", part(time -> time.toLocalTime().toNanoOfDay() / 1000 % 1_000_000));
        all.put("truncate_to", ofRange(Code.OVERFLOW, Times::truncated));
        all.put("plus_units", ofRange(Code.OVERFLOW, Times::later));
        all.put("units_between", ofRange(Code.OVERFLOW, Times::between));
        all.put(
                "days_between",
                call -> ((LocalDate) call.value(1)).toEpochDay() - ((LocalDate) call.value(0)).toEpochDay());
        all.put("format_time", TimeForms::format);
        all.put("parse_date", TimeForms::parseDate);
        all.put("parse_timestamp", TimeForms::parseTimestamp);
        all.put("to_date", call -> local(call.value(0), zone(call, 1)).toLocalDate());
        all.put("from_unix", ofRange(Code.OVERFLOW, Times::fromUnix));
        all.put("to_unix", call -> micros((Instant) call.value(0))
                .subtract(floorRest(micros((Instant) call.value(0)), length(call.text(1))))
                .divide(length(call.text(1)))
                .longValueExact());
        all.put(
                "date",
                ofRange(Code.DOMAIN, call -> inRange(LocalDate.of(small(call, 0), small(call, 1), small(call, 2)))));
        all.put("timestamp", ofRange(Code.DOMAIN, call -> {
            LocalDate day = LocalDate.of(small(call, 0), small(call, 1), small(call, 2));
            LocalDateTime time = day.atTime(small(call, 3), small(call, 4), small(call, 5));
            return inRange(time.atZone(zone(call, 6)).toInstant());
        }));
        return all;
    }

    private static Functions.Body part(ToLongFunction<LocalDateTime> part) {
        return call -> part.applyAsLong(local(call.value(0), zone(call, 1)));
    }

    private static Functions.Body ofRange(Code code, Functions.Body body) {
        return call -> {
            try {
                return body.apply(call);
            } catch (DateTimeException | ArithmeticException beyond) {
                throw new Wrong(code);
            }
        };
    }

    private static int small(Call call, int index) {
        return Math.toIntExact(call.whole(index));
    }

    /** The zone that an argument is; UTC when there is no such argument. */
    static ZoneId zone(Call call, int index) {
        return call.size() > index ? ZoneId.of(call.text(index)) : ZoneOffset.UTC;
    }

    /** What calendar and clock show; midnight for a date. */
    static LocalDateTime local(Object time, ZoneId zone) {
        return time instanceof LocalDate date ? date.atStartOfDay() : LocalDateTime.ofInstant((Instant) time, zone);
    }

    private static BigInteger micros(Instant instant) {
        return BigInteger.valueOf(instant.getEpochSecond())
                .multiply(MICROS_PER_SECOND)
                .add(BigInteger.valueOf(instant.getNano() / 1000));
    }

    private static Instant instant(BigInteger micros) {
        return Instant.EPOCH.plus(micros.longValueExact(), ChronoUnit.MICROS);
    }

    /**
     * An instant that has a number of microseconds.
     *
     * @throws ArithmeticException otherwise
     */
    static Instant inRange(Instant instant) {
        return instant(micros(instant));
    }

    private static LocalDate inRange(LocalDate date) {
        Math.toIntExact(date.toEpochDay());
        return date;
    }

    private static BigInteger floorRest(BigInteger number, BigInteger divisor) {
        return number.mod(divisor);
    }

    /** The microseconds of units up to the week; 0 for longer ones. */
    private static BigInteger length(String unit) {
        long micros =
                switch (unit) {
                    case "microsecond" -> 1;
                    case "millisecond" -> 1_000;
                    case "second" -> 1_000_000;
                    case "minute" -> 60_000_000;
                    case "hour" -> 3_600_000_000L;
                    case "day" -> 24 * 3_600_000_000L;
                    case "week" -> 7 * 24 * 3_600_000_000L;
                    default -> 0;
                };
        return BigInteger.valueOf(micros);
    }

    private static boolean isOfClock(String unit) {
        return length(unit).signum() > 0 && !unit.equals("day") && !unit.equals("week");
    }

    private static ChronoUnit calendarUnit(String unit) {
        return switch (unit) {
            case "day" -> ChronoUnit.DAYS;
            case "week" -> ChronoUnit.WEEKS;
            case "month", "quarter" -> ChronoUnit.MONTHS;
            default -> ChronoUnit.YEARS;
        };
    }

    private static Object truncated(Call call) {
        String unit = call.text(1);
        ZoneId zone = zone(call, 2);
        LocalDateTime time = local(call.value(0), zone);
        if (isOfClock(unit)) {
            BigInteger ofDay = BigInteger.valueOf(time.toLocalTime().toNanoOfDay() / 1000);
            return instant(micros((Instant) call.value(0)).subtract(ofDay.mod(length(unit))));
        }
        LocalDate day = time.toLocalDate();
        LocalDate start =
                switch (unit) {
                    case "week" -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                    case "month" -> day.withDayOfMonth(1);
                    case "quarter" -> day.withDayOfMonth(1).minusMonths((day.getMonthValue() - 1) % 3);
                    case "year" -> day.withDayOfYear(1);
                    default -> day;
                };
        return call.value(0) instanceof LocalDate
                ? inRange(start)
                : inRange(start.atTime(LocalTime.MIDNIGHT).atZone(zone).toInstant());
    }

    private static Object later(Call call) {
        long count = call.whole(1);
        String unit = call.text(2);
        if (isOfClock(unit)) {
            return instant(micros((Instant) call.value(0))
                    .add(BigInteger.valueOf(count).multiply(length(unit))));
        }
        long units = unit.equals("quarter") ? Math.multiplyExact(count, 3) : count;
        if (call.value(0) instanceof LocalDate date) {
            return inRange(date.plus(units, calendarUnit(unit)));
        }
        ZonedDateTime time = ((Instant) call.value(0)).atZone(zone(call, 3));
        return inRange(time.plus(units, calendarUnit(unit)).toInstant());
    }

    private static long between(Call call) {
        String unit = call.text(2);
        if (isOfClock(unit) && call.value(0) instanceof Instant) {
            return micros((Instant) call.value(1))
                    .subtract(micros((Instant) call.value(0)))
                    .divide(length(unit))
                    .longValueExact();
        }
        LocalDateTime start = local(call.value(0), zone(call, 3));
        LocalDateTime end = local(call.value(1), zone(call, 3));
        if (isOfClock(unit)) {
            return BigInteger.valueOf(ChronoUnit.DAYS.between(start, end))
                    .multiply(length("day"))
                    .divide(length(unit))
                    .longValueExact();
        }
        return calendarUnit(unit).between(start, end) / (unit.equals("quarter") ? 3 : 1);
    }

    private static Instant fromUnix(Call call) {
        BigInteger length = length(call.text(1));
        if (call.value(0) instanceof Long count) {
            return instant(BigInteger.valueOf(count).multiply(length));
        }
        double micros = call.real(0) * length.doubleValue();
        if (Double.isNaN(micros)) {
            throw new Wrong(Code.DOMAIN);
        }
        if (micros < -0x1p63 || micros >= 0x1p63) {
            throw new Wrong(Code.OVERFLOW);
        }
        return Instant.EPOCH.plus(Math.round(micros), ChronoUnit.MICROS);
    }
}
