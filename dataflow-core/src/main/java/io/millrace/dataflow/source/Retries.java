package io.millrace.dataflow.source;

import io.millrace.dataflow.error.DataflowException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The attempts at one piece of work: how many are left, and how long to wait before the next. */
final class Retries {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_OWN_PAUSE = Duration.ofSeconds(10);

    private final RemoteTarget target;
    private final SasPreflight.Purpose purpose;
    private final RemoteSettings settings;
    private final RemoteSettings.Checkpoint checkpoint;
    private int failures;

    Retries(
            RemoteTarget target,
            SasPreflight.Purpose purpose,
            RemoteSettings settings,
            RemoteSettings.Checkpoint checkpoint) {
        this.target = target;
        this.purpose = purpose;
        this.settings = settings;
        this.checkpoint = checkpoint;
    }

    /** A request that may fail in a way that passes. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws IOException;
    }

    /** Runs until it succeeds or no attempt is left. */
    <T> T run(Attempt<T> attempt) {
        while (true) {
            try {
                return attempt.run();
            } catch (IOException failure) {
                pauseAfter(failure);
            }
        }
    }

    /**
     * Returns when it is time for the next attempt.
     *
     * @throws DataflowException {@code SOURCE_UNREACHABLE} when there is none
     */
    void pauseAfter(IOException failure) {
        failures++;
        if (failures > RemoteSettings.RETRIES) {
            throw RemoteErrors.unreachable(target, purpose, failure, List.of("Tried " + failures + " times"));
        }
        Duration asked =
                failure instanceof RemoteErrors.Unavailable unavailable ? asked(unavailable.retryAfter()) : null;
        if (asked != null && asked.compareTo(RemoteSettings.LONGEST_PAUSE) > 0) {
            throw RemoteErrors.unreachable(
                    target, purpose, failure, List.of("The server asks to wait " + asked.toSeconds() + " s"));
        }
        settings.pause().pause(asked == null ? ownPause() : asked, checkpoint);
    }

    /** Doubles with every failure, between half of it and one and a half, so that many readers do not come at once. */
    private Duration ownPause() {
        double jitter = 0.5 + ThreadLocalRandom.current().nextDouble();
        long millis = Math.round((FIRST_PAUSE.toMillis() << (failures - 1)) * jitter);
        return Duration.ofMillis(Math.min(millis, LONGEST_OWN_PAUSE.toMillis()));
    }

    /** The pause that a server asks for, in seconds or until a time. */
    private @Nullable Duration asked(@Nullable String retryAfter) {
        if (retryAfter == null) {
            return null;
        }
        try {
            return Duration.ofSeconds(Math.max(0, Long.parseLong(retryAfter.strip())));
        } catch (NumberFormatException notSeconds) {
            try {
                ZonedDateTime until = ZonedDateTime.parse(retryAfter.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
                Duration left = Duration.between(settings.clock().instant(), until.toInstant());
                return left.isNegative() ? Duration.ZERO : left;
            } catch (DateTimeException notATime) {
                return null;
            }
        }
    }
}
