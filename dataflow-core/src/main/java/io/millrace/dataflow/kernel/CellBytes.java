package io.millrace.dataflow.kernel;

/**
 * The values that the bytes of cells stand for, without a string and without an object. What is decided here is what
 * {@link CellText} would say, which stays the only authority: what is not plain, and every misfit, is <em>undecided</em>,
 * and the caller asks {@link CellText#parser} about the cell's text.
 *
 * <p>Plain is what programs write: whole numbers of up to 19 digits, numbers with a point or an exponent, {@code
 * 2024-03-01}, {@code 2024-03-01T12:30:00.5Z} and the like with or without seconds, fraction and offset, and {@code
 * true} and {@code false} in any case.
 *
 * <p>A cell is the bytes from {@code from} to before {@code to}. Bytes of the array before the cell may be read, and
 * never matter: a cell that does not begin at the very start of its array is parsed faster.
 */
public final class CellBytes {
    /** An int64, timestamp or decimal that {@link CellText} must decide. It is the value of no decided cell. */
    public static final long UNDECIDED = Long.MIN_VALUE;

    /** A float64 that {@link CellText} must decide: the bits of a NaN that no text stands for. */
    public static final long UNDECIDED_FLOAT64 = NumberText.NOT_A_DOUBLE;

    /** A date that {@link CellText} must decide. It is the value of no decided cell. */
    public static final int UNDECIDED_DATE = Integer.MIN_VALUE;

    /** A bool that {@link CellText} must decide. */
    public static final int UNDECIDED_BOOL = -1;

    private static final long TEN_TO_8 = 100_000_000;
    private static final long TEN_TO_18 = TEN_TO_8 * TEN_TO_8 * 100;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

    private CellBytes() {}

    /** The whole number, or {@link #UNDECIDED}. */
    public static long int64(byte[] bytes, int from, int to) {
        if (from >= to) {
            return UNDECIDED;
        }
        byte first = bytes[from];
        int start = first == '-' || first == '+' ? from + 1 : from;
        long value = digits(bytes, start, to);
        if (to - start == 19) {
            long rest = digits(bytes, start + 1, to);
            int digit = bytes[start] - '0';
            // Beyond the range of a long the sum is negative.
            value = rest < 0 || digit < 0 || digit > 9 ? -1 : digit * TEN_TO_18 + rest;
        }
        return value < 0 ? UNDECIDED : first == '-' ? -value : value;
    }

    /** The bits of the nearest double, or {@link #UNDECIDED_FLOAT64}. */
    public static long float64Bits(byte[] bytes, int from, int to) {
        return RealBytes.parse(bytes, from, to);
    }

    /**
     * The decimal times ten to the power of {@code scale}, or {@link #UNDECIDED}.
     *
     * @param precision at most 18, as larger ones do not fit a long
     */
    public static long decimal(byte[] bytes, int from, int to, int precision, int scale) {
        return RealBytes.decimal(bytes, from, to, precision, scale);
    }

    /** The day since 1970-01-01, or {@link #UNDECIDED_DATE}. */
    public static int date(byte[] bytes, int from, int to) {
        return to - from == 10 ? day(bytes, from) : UNDECIDED_DATE;
    }

    /** The microsecond since 1970-01-01T00:00:00Z, or {@link #UNDECIDED}. */
    public static long timestamp(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length < 16) {
            int day = length == 10 ? day(bytes, from) : UNDECIDED_DATE;
            return day == UNDECIDED_DATE ? UNDECIDED : day * MICROS_PER_DAY;
        }
        int day = day(bytes, from);
        byte separator = bytes[from + 10];
        if (day == UNDECIDED_DATE || (separator != 'T' && separator != ' ')) {
            return UNDECIDED;
        }
        int second;
        int i;
        if (length >= 19 && bytes[from + 16] == ':') {
            second = secondOfDay(Words.at(bytes, from + 11));
            i = from + 19;
        } else {
            // Eight bytes that end with the minutes, moved to where they are with seconds, and the seconds :00.
            second = secondOfDay((Words.at(bytes, from + 8) >>> 24) | (0x30303aL << 40));
            i = from + 16;
        }
        if (second < 0) {
            return UNDECIDED;
        }
        long micros = day * MICROS_PER_DAY + second * MICROS_PER_SECOND;
        if (i == to) {
            return micros;
        }
        if (i == from + 19 && bytes[i] == '.') {
            int end = ++i;
            while (end < to && bytes[end] >= '0' && bytes[end] <= '9') {
                end++;
            }
            int fraction = fraction(bytes, i, end);
            if (fraction < 0) {
                return UNDECIDED;
            }
            micros += fraction;
            i = end;
        }
        long offset = offset(bytes, i, to);
        return offset == UNDECIDED ? UNDECIDED : micros - offset * MICROS_PER_SECOND;
    }

    /** 1 for true, 0 for false, or {@link #UNDECIDED_BOOL}. */
    public static int bool(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length != 4 && length != 5) {
            return UNDECIDED_BOOL;
        }
        // A letter and its capital differ by one bit.
        int first = ((bytes[from] & 0xff) << 24)
                | ((bytes[from + 1] & 0xff) << 16)
                | ((bytes[from + 2] & 0xff) << 8)
                | (bytes[from + 3] & 0xff);
        int lower = first | 0x20202020;
        if (length == 4) {
            return lower == ('t' << 24 | 'r' << 16 | 'u' << 8 | 'e') ? 1 : UNDECIDED_BOOL;
        }
        boolean isFalse = lower == ('f' << 24 | 'a' << 16 | 'l' << 8 | 's') && (bytes[from + 4] | 0x20) == 'e';
        return isFalse ? 0 : UNDECIDED_BOOL;
    }

    /** The number that 1 to 18 digits write, or -1. */
    static long digits(byte[] bytes, int from, int to) {
        int count = to - from;
        if (count <= 0 || count > 18) {
            return -1;
        }
        if (count <= 8 && to >= 8) {
            long word = Words.lastAfterZeros(Words.at(bytes, to - 8), count);
            return Words.isDigits(word) ? Words.number(word) : -1;
        }
        if (count <= 8) {
            return digitByDigit(bytes, from, to);
        }
        long last = Words.at(bytes, to - 8);
        if (!Words.isDigits(last)) {
            return -1;
        }
        long before = count <= 16 ? digits(bytes, from, to - 8) : digitByDigit(bytes, from, to - 8);
        return before < 0 ? -1 : before * TEN_TO_8 + Words.number(last);
    }

    private static long digitByDigit(byte[] bytes, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** The day of the ten bytes {@code yyyy-MM-dd}. */
    private static int day(byte[] bytes, int from) {
        long word = Words.at(bytes, from);
        if ((word & 0xff0000ff00000000L) != 0x2d00002d00000000L) {
            return UNDECIDED_DATE;
        }
        long digits = (word & 0xffff_ffffL)
                | ((word >>> 8) & 0xffff_0000_0000L)
                | ((bytes[from + 8] & 0xffL) << 48)
                | ((bytes[from + 9] & 0xffL) << 56);
        if (!Words.isDigits(digits)) {
            return UNDECIDED_DATE;
        }
        int number = (int) Words.number(digits);
        int year = number / 10_000;
        int monthAndDay = number - year * 10_000;
        int month = monthAndDay / 100;
        long day = TimeText.epochDay(year, month, monthAndDay - month * 100);
        return day == TimeText.NOT_A_TIME ? UNDECIDED_DATE : (int) day;
    }

    /** The second of the eight bytes {@code HH:mm:ss}, or -1. */
    private static int secondOfDay(long word) {
        if ((word & 0xff0000ff0000L) != 0x3a00003a0000L) {
            return -1;
        }
        long digits = 0x3030L
                | ((word & 0xffffL) << 16)
                | ((word << 8) & 0xffff_0000_0000L)
                | (word & 0xffff_0000_0000_0000L);
        if (!Words.isDigits(digits)) {
            return -1;
        }
        int number = (int) Words.number(digits);
        int hour = number / 10_000;
        int minute = number / 100 - hour * 100;
        int second = number % 100;
        return hour > 23 || minute > 59 || second > 59 ? -1 : hour * 3600 + minute * 60 + second;
    }

    /** The microseconds that 1 to 18 digits of a fraction write, or -1; those beyond the sixth must be zeros. */
    private static int fraction(byte[] bytes, int from, int to) {
        int used = Math.min(from + 6, to);
        long value = digits(bytes, from, used);
        if (value < 0 || (used < to && digits(bytes, used, to) != 0)) {
            return -1;
        }
        for (int i = used - from; i < 6; i++) {
            value *= 10;
        }
        return (int) value;
    }

    /** The seconds east of UTC of {@code Z}, {@code ±hh}, {@code ±hhmm}, {@code ±hh:mm} or nothing, or {@link #UNDECIDED}. */
    private static long offset(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length == 0 || (length == 1 && bytes[from] == 'Z')) {
            return 0;
        }
        boolean colon = length == 6 && bytes[from + 3] == ':';
        if (!(colon || length == 3 || length == 5) || (bytes[from] != '+' && bytes[from] != '-')) {
            return UNDECIDED;
        }
        long hours = digits(bytes, from + 1, from + 3);
        long minutes = length == 3 ? 0 : digits(bytes, to - 2, to);
        if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > 18 * 60) {
            return UNDECIDED;
        }
        long seconds = hours * 3600 + minutes * 60;
        return bytes[from] == '-' ? -seconds : seconds;
    }
}
