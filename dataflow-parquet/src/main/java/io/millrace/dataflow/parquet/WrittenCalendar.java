package io.millrace.dataflow.parquet;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.util.Calendar;
import java.util.Map;
import java.util.TimeZone;

/**
 * The calendar by which the writer of a file counted its days. It is that of ISO 8601, save in files of Spark before
 * version 3, and of later ones that were asked to write like it: there the days before 15 October 1582 are those of the
 * Julian calendar, and times are those of the clock in a zone. Such a file says so in its metadata, and its dates and times are read
 * as they were written down: the third of March 1500 stays that.
 */
record WrittenCalendar(boolean julianDates, boolean julianAncientTimes, TimeZone zone) {
    private static final String VERSION = "org.apache.spark.version";
    private static final String LEGACY_DATES = "org.apache.spark.legacyDateTime";
    private static final String LEGACY_ANCIENT_TIMES = "org.apache.spark.legacyINT96";
    private static final String ZONE = "org.apache.spark.timeZone";

    private static final long FIRST_GREGORIAN_DAY = LocalDate.of(1582, 10, 15).toEpochDay();
    /** Zones of the two libraries for times have been the same since 1900; a day more, for any offset. */
    private static final Instant SAME_SINCE = Instant.parse("1900-01-02T00:00:00Z");

    private static final long MILLIS_A_DAY = 86_400_000L;

    /** By what the footer of a file says. */
    static WrittenCalendar of(Map<String, String> metadata) {
        String version = metadata.getOrDefault(VERSION, "");
        boolean bySpark = !version.isEmpty();
        return new WrittenCalendar(
                bySpark && (version.compareTo("3.0.0") < 0 || metadata.containsKey(LEGACY_DATES)),
                bySpark && (version.compareTo("3.1.0") < 0 || metadata.containsKey(LEGACY_ANCIENT_TIMES)),
                TimeZone.getTimeZone(metadata.getOrDefault(ZONE, "UTC")));
    }

    /** The date of a day counted from 1 January 1970. */
    LocalDate date(long day) {
        if (!julianDates || day >= FIRST_GREGORIAN_DAY) {
            return LocalDate.ofEpochDay(day);
        }
        Calendar written = calendar(day * MILLIS_A_DAY, TimeZone.getTimeZone("UTC"));
        return LocalDate.of(written.get(Calendar.YEAR), written.get(Calendar.MONTH) + 1, 1)
                .with(ChronoField.ERA, written.get(Calendar.ERA))
                .plusDays(written.get(Calendar.DAY_OF_MONTH) - 1L);
    }

    /** The time that was meant by a timestamp of 64 bits. */
    Instant time(Instant counted) {
        return julianDates ? asWritten(counted) : counted;
    }

    /** The time that was meant by a timestamp of 96 bits. */
    Instant ancientTime(Instant counted) {
        return julianAncientTimes ? asWritten(counted) : counted;
    }

    private Instant asWritten(Instant counted) {
        if (!counted.isBefore(SAME_SINCE)) {
            return counted;
        }
        Calendar written = calendar(counted.toEpochMilli(), zone);
        LocalDateTime local = LocalDateTime.of(
                        written.get(Calendar.YEAR),
                        written.get(Calendar.MONTH) + 1,
                        1,
                        written.get(Calendar.HOUR_OF_DAY),
                        written.get(Calendar.MINUTE),
                        written.get(Calendar.SECOND),
                        counted.get(ChronoField.NANO_OF_SECOND))
                .with(ChronoField.ERA, written.get(Calendar.ERA))
                .plusDays(written.get(Calendar.DAY_OF_MONTH) - 1L);
        ZonedDateTime zoned = local.atZone(zone.toZoneId());
        return (written.get(Calendar.DST_OFFSET) == 0
                        ? zoned.withLaterOffsetAtOverlap()
                        : zoned.withEarlierOffsetAtOverlap())
                .toInstant();
    }

    private static Calendar calendar(long millis, TimeZone zone) {
        return new Calendar.Builder()
                .setCalendarType("gregory")
                .setTimeZone(zone)
                .setInstant(millis)
                .build();
    }
}
