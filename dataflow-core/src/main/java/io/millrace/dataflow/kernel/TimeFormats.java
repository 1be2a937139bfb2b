package io.millrace.dataflow.kernel;

import io.millrace.dataflow.plan.TimePattern;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.CellError.Code;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.jspecify.annotations.Nullable;

/** Dates and times written and read by patterns. */
final class TimeFormats {
    private TimeFormats() {}

    static Kernel format(TypedExpr.Call call) {
        TimePattern pattern = TimePattern.of(Constants.text(call, 1));
        LocalClock clock = LocalClock.of(call, 2);
        boolean date = call.arguments().get(0).type() instanceof DataType.Date;
        return RowByRow.of("format_time", (arguments, row, target) -> {
            TemporalAccessor time;
            if (date) {
                time = LocalDate.ofEpochDay(TimeShifts.dayAt(arguments, 0, row));
            } else {
                long micros = TimeShifts.microsAt(arguments, 0, row);
                time = clock.time(micros).atOffset(clock.offset(micros)).atZoneSameInstant(clock.zone());
            }
            try {
                return TextParts.write(pattern.write(time), target, row);
            } catch (DateTimeException notInPattern) {
                return Code.DOMAIN;
            }
        });
    }

    static Kernel parseDate(TypedExpr.Call call) {
        List<TimePattern> patterns = patterns(call, 1);
        return RowByRow.ofText((arguments, row, target) -> {
            TemporalAccessor read = read(arguments.string(0, row), patterns);
            LocalDate date = read == null ? null : read.query(TemporalQueries.localDate());
            if (date == null) {
                return Code.CAST;
            }
            try {
                TimeShifts.setDay(target, row, date.toEpochDay());
                return null;
            } catch (ArithmeticException beyondRange) {
                return Code.CAST;
            }
        });
    }

    static Kernel parseTimestamp(TypedExpr.Call call) {
        LocalClock clock = LocalClock.of(call, 1);
        List<TimePattern> patterns = patterns(call, 2);
        return RowByRow.ofText((arguments, row, target) -> {
            TemporalAccessor read = read(arguments.string(0, row), patterns);
            LocalDate date = read == null ? null : read.query(TemporalQueries.localDate());
            if (read == null || date == null) {
                return Code.CAST;
            }
            LocalTime time = Objects.requireNonNullElse(read.query(TemporalQueries.localTime()), LocalTime.MIDNIGHT);
            if (time.get(ChronoField.NANO_OF_SECOND) % 1_000 != 0) {
                return Code.CAST;
            }
            try {
                long micros = instant(date.atTime(time), read.query(TemporalQueries.zone()), clock);
                ((TimeStampMicroTZVector) target).set(row, micros);
                return null;
            } catch (ArithmeticException beyondRange) {
                return Code.CAST;
            }
        });
    }

    private static long instant(LocalDateTime time, @Nullable ZoneId written, LocalClock clock) {
        return written == null
                ? clock.instant(time, null)
                : LocalClock.micros(time.atZone(written).toEpochSecond(), time.get(ChronoField.MICRO_OF_SECOND));
    }

    private static List<TimePattern> patterns(TypedExpr.Call call, int first) {
        List<TimePattern> patterns = new ArrayList<>();
        for (int i = first; i < call.arguments().size(); i++) {
            patterns.add(TimePattern.of(Constants.text(call, i)));
        }
        return patterns;
    }

    /** What the text says by the first pattern that fits, or null. */
    private static @Nullable TemporalAccessor read(String text, List<TimePattern> patterns) {
        for (TimePattern pattern : patterns) {
            Optional<TemporalAccessor> read = pattern.read(text);
            if (read.isPresent()) {
                return read.get();
            }
        }
        return null;
    }
}
