package io.millrace.dataflow.kernel;

import io.millrace.dataflow.plan.TypedExpr;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * What clocks show in a zone. Going from what they show to an instant, a time that they skip is moved on by the length of
 * the gap, and of a time that they show twice the first is meant.
 */
final class LocalClock {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long SECONDS_PER_DAY = 86_400;

    private final ZoneId zone;
    private final ZoneRules rules;
    private final @Nullable ZoneOffset fixed;

    private LocalClock(ZoneId zone) {
        this.zone = zone;
        this.rules = zone.getRules();
        this.fixed = rules.isFixedOffset() ? rules.getOffset(Instant.EPOCH) : null;
    }

    /** The clock of the zone that the argument is; of UTC when the call has no such argument. */
    static LocalClock of(TypedExpr.Call call, int argument) {
        return new LocalClock(
                call.arguments().size() > argument ? ZoneId.of(Constants.text(call, argument)) : ZoneOffset.UTC);
    }

    ZoneId zone() {
        return zone;
    }

    /** The day since 1970 that an instant, in microseconds, is in. */
    long day(long micros) {
        return Math.floorDiv(second(micros), SECONDS_PER_DAY);
    }

    /** The microseconds since midnight. */
    long microOfDay(long micros) {
        return Math.floorMod(second(micros), SECONDS_PER_DAY) * MICROS_PER_SECOND
                + Math.floorMod(micros, MICROS_PER_SECOND);
    }

    /** Date and time of day. */
    LocalDateTime time(long micros) {
        return LocalDateTime.ofEpochSecond(
                second(micros), (int) Math.floorMod(micros, MICROS_PER_SECOND) * 1_000, ZoneOffset.UTC);
    }

    /** What to prefer when a time calculated from that instant is shown twice. */
    ZoneOffset offset(long micros) {
        return fixed != null ? fixed : rules.getOffset(Instant.ofEpochSecond(Math.floorDiv(micros, MICROS_PER_SECOND)));
    }

    /**
     * The instant, in microseconds, at which clocks show that time.
     *
     * @param preferred the offset of the time when it is shown twice, unless it is neither of the two
     * @throws ArithmeticException beyond the range of microseconds
     */
    long instant(LocalDateTime time, @Nullable ZoneOffset preferred) {
        long second = fixed != null
                ? time.toEpochSecond(fixed)
                : ZonedDateTime.ofLocal(time, zone, preferred).toEpochSecond();
        return micros(second, time.get(ChronoField.MICRO_OF_SECOND));
    }

    /**
     * An instant in microseconds.
     *
     * @throws ArithmeticException beyond the range
     */
    static long micros(long second, int microOfSecond) {
        // By way of the second above, as the least instant's own second is out of range.
        return second < 0
                ? Math.addExact(Math.multiplyExact(second + 1, MICROS_PER_SECOND), microOfSecond - MICROS_PER_SECOND)
                : Math.addExact(Math.multiplyExact(second, MICROS_PER_SECOND), microOfSecond);
    }

    private long second(long micros) {
        return Math.floorDiv(micros, MICROS_PER_SECOND) + offset(micros).getTotalSeconds();
    }
}
