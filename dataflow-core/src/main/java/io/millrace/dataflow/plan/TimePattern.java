package io.millrace.dataflow.plan;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How dates and times are written: a pattern with the letters of {@link DateTimeFormatter}, or, when it holds a {@code
 * %}, with those of {@code strftime}. English names; weeks as in ISO 8601; two-digit years from 1950 to 2049. Means the
 * same under every locale of the machine.
 *
 * <p>Numbers are written with as many digits as the pattern has. When read, a number of a {@code strftime} letter may
 * have fewer where no other number touches it.
 */
public final class TimePattern {
    private static final LocalDateTime SAMPLE = LocalDateTime.of(2001, 11, 23, 15, 47, 28, 987_654_000);

    private final DateTimeFormatter printer;
    private final DateTimeFormatter parser;
    private final boolean hasTime;
    private final boolean hasOffset;
    private final boolean needsOffset;

    private TimePattern(List<TimeField> fields) {
        printer = formatter(fields, true);
        parser = formatter(fields, false);
        hasTime = fields.stream().anyMatch(TimeField::isTime);
        hasOffset = fields.stream().anyMatch(TimeField::isOffset);
        needsOffset = fields.stream().anyMatch(TimeField.Offset.class::isInstance);
    }

    /**
     * The pattern that is written so.
     *
     * @throws IllegalArgumentException for a letter that is not known, with the reason and its position
     */
    public static TimePattern of(String pattern) {
        return new TimePattern(
                pattern.indexOf('%') >= 0 ? StrftimeLetters.fields(pattern) : JavaTimeLetters.fields(pattern));
    }

    private static DateTimeFormatter formatter(List<TimeField> fields, boolean printing) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
        for (int i = 0; i < fields.size(); i++) {
            boolean touched = (i > 0 && fields.get(i - 1).isNumber())
                    || (i + 1 < fields.size() && fields.get(i + 1).isNumber());
            TimeField.Place place =
                    printing ? TimeField.Place.PRINTED : touched ? TimeField.Place.TOUCHED : TimeField.Place.APART;
            fields.get(i).appendTo(builder, place);
        }
        return builder.toFormatter(Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT)
                .withChronology(IsoChronology.INSTANCE);
    }

    /**
     * Writes a date or time.
     *
     * @throws DateTimeException when it does not have what the pattern asks for
     */
    public String write(TemporalAccessor time) {
        return printer.format(time);
    }

    /** What a text says when all of it fits, and there is such a date and time; else empty. */
    public Optional<TemporalAccessor> read(String text) {
        try {
            TemporalAccessor read = parser.parse(text);
            return needsOffset && !read.isSupported(ChronoField.OFFSET_SECONDS) ? Optional.empty() : Optional.of(read);
        } catch (DateTimeException misfit) {
            return Optional.empty();
        }
    }

    /** Whether it has a time of day. */
    public boolean hasTime() {
        return hasTime;
    }

    /** Whether it has an offset from UTC, or a zone. */
    public boolean hasOffset() {
        return hasOffset;
    }

    /** What the pattern leaves open of what it should tell when it is read: "the day", "the time of day"; or none. */
    List<String> unknowns() {
        List<String> unknowns = new ArrayList<>();
        Optional<TemporalAccessor> again = read(printer.format(SAMPLE.atZone(ZoneOffset.UTC)));
        if (again.isEmpty()) {
            return List.of("where its numbers end");
        }
        TemporalAccessor read = again.get();
        if (read.query(TemporalQueries.localDate()) == null) {
            unknowns.add("the day");
        }
        if (hasTime && read.query(TemporalQueries.localTime()) == null) {
            unknowns.add("the time of day");
        }
        return unknowns;
    }
}
