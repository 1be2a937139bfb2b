package io.millrace.dataflow.kernel;

/**
 * Which order of day and month the bytes of a date like {@code 3/4/2024} leave open. A year of two or four digits comes last, with
 * the same slash, point or dash on both of its sides; a time of the day may follow a space.
 */
public enum DateOrder {
    /** The first number can only be the day. */
    DAY_FIRST,
    /** The second number can only be the day. */
    MONTH_FIRST,
    /** Each of the two may be the day, and they are not the same. */
    EITHER,
    /** Day and month have the same number. */
    SAME,
    /** It is no such date. */
    NONE;

    /** The order of the bytes from {@code from} to before {@code to}. */
    public static DateOrder of(byte[] bytes, int from, int to) {
        if (to - from < 6 || !isDigit(bytes[from])) {
            return NONE;
        }
        int separator = isDigit(bytes[from + 1]) ? from + 2 : from + 1;
        byte mark = bytes[separator];
        if ((mark != '/' && mark != '.' && mark != '-') || !isDigit(bytes[separator + 1])) {
            return NONE;
        }
        int next = isDigit(bytes[separator + 2]) ? separator + 3 : separator + 2;
        if (next >= to || bytes[next] != mark) {
            return NONE;
        }
        int end = next + 1;
        while (end < to && isDigit(bytes[end])) {
            end++;
        }
        int year = end - next - 1;
        if ((year != 2 && year != 4) || !isTime(bytes, end, to)) {
            return NONE;
        }
        return of(number(bytes, from, separator), number(bytes, separator + 1, next));
    }

    private static DateOrder of(int first, int second) {
        if (first < 1 || second < 1 || first > 31 || second > 31 || (first > 12 && second > 12)) {
            return NONE;
        }
        if (first > 12) {
            return DAY_FIRST;
        }
        return second > 12 ? MONTH_FIRST : first == second ? SAME : EITHER;
    }

    /** Whether nothing follows, or a space and what may be a time. */
    private static boolean isTime(byte[] bytes, int from, int to) {
        if (from == to) {
            return true;
        }
        if (bytes[from] != ' ' || from + 4 > to || !isDigit(bytes[from + 1])) {
            return false;
        }
        for (int i = from + 1; i < to; i++) {
            byte c = bytes[i];
            boolean half = c == ' ' || (c | 0x20) == 'a' || (c | 0x20) == 'p' || (c | 0x20) == 'm';
            if (!isDigit(c) && c != ':' && c != '.' && !half) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] bytes, int from, int to) {
        int first = bytes[from] - '0';
        return to - from == 1 ? first : first * 10 + bytes[from + 1] - '0';
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
