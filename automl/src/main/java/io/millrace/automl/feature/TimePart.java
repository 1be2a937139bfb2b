package io.millrace.automl.feature;

import java.time.LocalDate;
import java.util.List;

/** A number read off a date or a time, in UTC. */
enum TimePart {
    /** Days since 1970-01-01, with the time of day as a fraction. */
    EPOCH_DAY("epoch_day", 16) {
        @Override
        double of(long micros, LocalDate date) {
            return (double) micros / MICROS_A_DAY;
        }
    },
    YEAR("year", 16) {
        @Override
        double of(long micros, LocalDate date) {
            return date.getYear();
        }
    },
    /** 1 to 12. */
    MONTH("month", 12) {
        @Override
        double of(long micros, LocalDate date) {
            return date.getMonthValue();
        }
    },
    /** 1 to 31. */
    DAY("day", 10) {
        @Override
        double of(long micros, LocalDate date) {
            return date.getDayOfMonth();
        }
    },
    /** Monday 1 to Sunday 7. */
    DAY_OF_WEEK("day_of_week", 7) {
        @Override
        double of(long micros, LocalDate date) {
            return date.getDayOfWeek().getValue();
        }
    },
    /** 1 to 366. */
    DAY_OF_YEAR("day_of_year", 24) {
        @Override
        double of(long micros, LocalDate date) {
            return date.getDayOfYear();
        }
    },
    /** 0 to 23. */
    HOUR("hour", 24) {
        @Override
        double of(long micros, LocalDate date) {
            return Math.floor((double) Math.floorMod(micros, MICROS_A_DAY) / MICROS_AN_HOUR);
        }
    },
    /** 0 to 1439. */
    MINUTE_OF_DAY("minute_of_day", 24) {
        @Override
        double of(long micros, LocalDate date) {
            return Math.floor((double) Math.floorMod(micros, MICROS_A_DAY) / MICROS_A_MINUTE);
        }
    };

    static final long MICROS_A_DAY = 86_400_000_000L;
    private static final long MICROS_AN_HOUR = MICROS_A_DAY / 24;
    private static final long MICROS_A_MINUTE = MICROS_AN_HOUR / 60;

    static final List<TimePart> OF_A_DATE = List.of(EPOCH_DAY, YEAR, MONTH, DAY, DAY_OF_WEEK, DAY_OF_YEAR);
    static final List<TimePart> OF_A_TIME =
            List.of(EPOCH_DAY, YEAR, MONTH, DAY, DAY_OF_WEEK, DAY_OF_YEAR, HOUR, MINUTE_OF_DAY);

    private final String partName;
    private final int segments;

    TimePart(String partName, int segments) {
        this.partName = partName;
        this.segments = segments;
    }

    /** The value of this part; {@code date} is the day of {@code micros}. */
    abstract double of(long micros, LocalDate date);

    /** The name in features. */
    String partName() {
        return partName;
    }

    /** The most segments of a piecewise linear function of this part. */
    int segments() {
        return segments;
    }
}
