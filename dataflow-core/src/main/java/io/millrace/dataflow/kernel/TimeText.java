package io.millrace.dataflow.kernel;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/** Parses and formats days and instants of ISO 8601. */
final class TimeText {
    /** What the parsers return for a misfit. One instant has that number too, and so {@link #isTimestamp} is asked. */
    static final long NOT_A_TIME = Long.MIN_VALUE;

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final int[] DAYS_BEFORE_MONTH = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

    private TimeText() {}

    /** The day since 1970-01-01 of the date in the first {@code end} characters, or {@link #NOT_A_TIME}. */
    static long parseDate(String text, int end) {
        if (end == 10 && text.charAt(4) == '-' && text.charAt(7) == '-') {
            int century = twoDigits(text, 0);
            int yearOfCentury = twoDigits(text, 2);
            int month = twoDigits(text, 5);
            int day = twoDigits(text, 8);
            if ((century | yearOfCentury | month | day) < 0) {
                return NOT_A_TIME;
            }
            return epochDay(century * 100 + yearOfCentury, month, day);
        }
        boolean signed = end > 10 && end <= 16 && (text.charAt(0) == '-' || text.charAt(0) == '+');
        return signed ? parseLongDate(text.substring(0, end)) : NOT_A_TIME;
    }

    /** The microsecond since 1970-01-01T00:00:00Z; {@link #NOT_A_TIME} for a misfit, and for the least one of all. */
    static long parseTimestamp(String text) {
        return parseTimestamp(text, NOT_A_TIME);
    }

    /** Whether what {@link #parseTimestamp} gave for a text is the microsecond that the text means. */
    static boolean isTimestamp(String text, long micros) {
        return micros != NOT_A_TIME || parseTimestamp(text, 0) == NOT_A_TIME;
    }

    private static long parseTimestamp(String text, long misfit) {
        int length = text.length();
        int separator = text.indexOf('T');
        if (separator < 0) {
            separator = text.indexOf(' ');
        }
        int dateEnd = separator < 0 ? length : separator;
        long day = parseDate(text, dateEnd);
        if (day == NOT_A_TIME) {
            return misfit;
        }
        if (separator < 0) {
            return micros(day * SECONDS_PER_DAY, 0, misfit);
        }
        int i = separator + 1;
        if (length < i + 5 || text.charAt(i + 2) != ':') {
            return misfit;
        }
        int hour = twoDigits(text, i);
        int minute = twoDigits(text, i + 3);
        int second = 0;
        int fraction = 0;
        i += 5;
        if (i < length && text.charAt(i) == ':') {
            if (length < i + 3) {
                return misfit;
            }
            second = twoDigits(text, i + 1);
            i += 3;
            if (i < length && text.charAt(i) == '.') {
                int start = ++i;
                for (; i < length && text.charAt(i) >= '0' && text.charAt(i) <= '9'; i++) {
                    int digit = text.charAt(i) - '0';
                    if (i - start < 6) {
                        fraction = fraction * 10 + digit;
                    } else if (digit != 0) {
                        return misfit;
                    }
                }
                if (i == start) {
                    return misfit;
                }
                for (int digits = i - start; digits < 6; digits++) {
                    fraction *= 10;
                }
            }
        }
        int offset = parseOffset(text, i);
        if ((hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59 || offset == Integer.MIN_VALUE) {
            return misfit;
        }
        return micros(day * SECONDS_PER_DAY + hour * 3600L + minute * 60L + second - offset, fraction, misfit);
    }

    /** An instant in UTC, its fraction without trailing zeros. */
    static String formatTimestamp(long micros) {
        long seconds = Math.floorDiv(micros, MICROS_PER_SECOND);
        int fraction = (int) Math.floorMod(micros, MICROS_PER_SECOND);
        int secondOfDay = (int) Math.floorMod(seconds, SECONDS_PER_DAY);
        StringBuilder text = new StringBuilder(27);
        text.append(LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_PER_DAY)));
        appendTwoDigits(text.append('T'), secondOfDay / 3600);
        appendTwoDigits(text.append(':'), secondOfDay / 60 % 60);
        appendTwoDigits(text.append(':'), secondOfDay % 60);
        if (fraction != 0) {
            text.append('.');
            for (int unit = 100_000; fraction > 0; unit /= 10) {
                text.append((char) ('0' + fraction / unit));
                fraction %= unit;
            }
        }
        return text.append('Z').toString();
    }

    /** The microsecond of an instant that a vector holds, which has no finer part. */
    static long micros(Instant instant) {
        return instant.getEpochSecond() * MICROS_PER_SECOND + instant.getNano() / 1000;
    }

    private static long micros(long seconds, int fraction, long misfit) {
        try {
            // By way of the second above, as the least instant's own second is out of range.
            return seconds < 0
                    ? Math.addExact(Math.multiplyExact(seconds + 1, MICROS_PER_SECOND), fraction - MICROS_PER_SECOND)
                    : Math.addExact(Math.multiplyExact(seconds, MICROS_PER_SECOND), fraction);
        } catch (ArithmeticException beyondRange) {
            return misfit;
        }
    }

    /** The seconds east of UTC written from {@code start} to the end of the text; 0 for none, the least int for a misfit. */
    private static int parseOffset(String text, int start) {
        int rest = text.length() - start;
        if (rest == 0 || (rest == 1 && text.charAt(start) == 'Z')) {
            return 0;
        }
        char sign = text.charAt(start);
        boolean colon = rest == 6 && text.charAt(start + 3) == ':';
        if ((sign != '+' && sign != '-') || !(colon || rest == 3 || rest == 5)) {
            return Integer.MIN_VALUE;
        }
        int hours = twoDigits(text, start + 1);
        int minutes = rest == 3 ? 0 : twoDigits(text, start + (colon ? 4 : 3));
        if ((hours | minutes) < 0 || minutes > 59 || hours * 60 + minutes > 18 * 60) {
            return Integer.MIN_VALUE;
        }
        int seconds = hours * 3600 + minutes * 60;
        return sign == '-' ? -seconds : seconds;
    }

    private static long parseLongDate(String text) {
        try {
            return LocalDate.parse(text).toEpochDay();
        } catch (DateTimeException misfit) {
            return NOT_A_TIME;
        }
    }

    /** The day since 1970-01-01 of a year from 0 to 9999, or {@link #NOT_A_TIME} when there is no such day. */
    static long epochDay(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1) {
            return NOT_A_TIME;
        }
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        int last = month == 2 ? (leap ? 29 : 28) : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
        if (day > last) {
            return NOT_A_TIME;
        }
        long before = 365L * year + (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
        return before - 719_528 + DAYS_BEFORE_MONTH[month - 1] + (leap && month > 2 ? 1 : 0) + day - 1;
    }

    /** The number of two digits at {@code start}, or -1. */
    private static int twoDigits(String text, int start) {
        int tens = text.charAt(start) - '0';
        int ones = text.charAt(start + 1) - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }

    private static void appendTwoDigits(StringBuilder text, int number) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
