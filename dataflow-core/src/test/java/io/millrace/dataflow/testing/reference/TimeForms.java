package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.table.CellError.Code;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Dates and times as texts by patterns. */
final class TimeForms {
    private TimeForms() {}

    /**
     * What a text says.
     *
     * @param zone the offset or zone that is written in it, or null
     */
    record Said(LocalDate day, LocalTime time, @Nullable ZoneId zone) {}

    static String format(Call call) {
        Object value = call.value(0);
        ZoneId zone = Times.zone(call, 2);
        ZonedDateTime time = value instanceof LocalDate date ? date.atStartOfDay(zone) : ((Instant) value).atZone(zone);
        String pattern = call.text(1);
        try {
            return pattern.contains("%")
                    ? Strftime.write(pattern, time)
                    : javaPattern(pattern).format(time);
        } catch (DateTimeException notInPattern) {
            throw new Wrong(Code.DOMAIN);
        }
    }

    static LocalDate parseDate(Call call) {
        LocalDate day = said(call, 1).day();
        if (day.toEpochDay() != (int) day.toEpochDay()) {
            throw new Wrong(Code.CAST, call.text(0));
        }
        return day;
    }

    static Instant parseTimestamp(Call call) {
        Said said = said(call, 2);
        LocalDateTime time = said.day().atTime(said.time());
        ZoneId zone = said.zone() == null ? ZoneId.of(call.text(1)) : said.zone();
        if (said.time().toNanoOfDay() % 1000 != 0) {
            throw new Wrong(Code.CAST, call.text(0));
        }
        try {
            return Times.inRange(time.atZone(zone).toInstant());
        } catch (ArithmeticException beyondRange) {
            throw new Wrong(Code.CAST, call.text(0));
        }
    }

    private static Said said(Call call, int firstPattern) {
        for (int i = firstPattern; i < call.size(); i++) {
            String pattern = call.text(i);
            try {
                Optional<Said> said = pattern.contains("%")
                        ? Strftime.read(pattern, call.text(0))
                        : Optional.of(read(pattern, call.text(0)));
                if (said.isPresent()) {
                    return said.get();
                }
            } catch (DateTimeException misfit) {
                // The next pattern may fit.
            }
        }
        throw new Wrong(Code.CAST, call.text(0));
    }

    private static Said read(String pattern, String text) {
        TemporalAccessor read = javaPattern(pattern).parse(text);
        LocalTime time = read.query(TemporalQueries.localTime());
        return new Said(
                LocalDate.from(read), time == null ? LocalTime.MIDNIGHT : time, read.query(TemporalQueries.zone()));
    }

    /** A pattern without names, whose year needs no era. */
    private static DateTimeFormatter javaPattern(String pattern) {
        String letters = pattern.replaceAll("'[^']*'", "");
        if (!letters.matches("[yMdHmsSXa\\P{Alpha}&&[^\\[\\]{}#]]*") || pattern.contains("MMM")) {
            throw new NotInReference("the pattern " + pattern);
        }
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern.replace('y', 'u'))
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT)
                .withChronology(IsoChronology.INSTANCE);
    }
}
