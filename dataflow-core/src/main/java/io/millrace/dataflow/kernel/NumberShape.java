package io.millrace.dataflow.kernel;

/**
 * Whether bytes are a plain number, found without computing it: an optional minus, digits without a leading zero that
 * says nothing, and at most one point among them.
 */
public enum NumberShape {
    /** At most 15 digits, so that both an int64 and a float64 hold it exactly. */
    WHOLE,
    /** At least one digit, and a point before, between or after the digits; within the range of a double. */
    FRACTION,
    /** Everything else: longer whole numbers, leading zeros, exponents, names, and what is no number. */
    OTHER;

    private static final int MOST_DIGITS = 15;
    /** A fraction of so many bytes is within the range of a double. */
    private static final int LONGEST = 300;

    /** The shape of the bytes from {@code from} to before {@code to}. Bytes of the array before them never matter. */
    public static NumberShape of(byte[] bytes, int from, int to) {
        int start = from < to && bytes[from] == '-' ? from + 1 : from;
        int length = to - start;
        if (length <= 0 || (length > 1 && bytes[start] == '0' && isDigit(bytes[start + 1]))) {
            return OTHER;
        }
        if (length <= 8 && to >= 8) {
            long word = Words.lastAfterZeros(Words.at(bytes, to - 8), length);
            if (Words.isDigits(word)) {
                return WHOLE;
            }
            long points = Words.find(word, '.');
            boolean isFraction = isSingle(points) && length > 1 && Words.isDigits(withoutPoint(word, points));
            return isFraction ? FRACTION : OTHER;
        }
        if (length > 8 && length <= 16 && to >= 16) {
            long low = Words.lastAfterZeros(Words.at(bytes, to - 16), length - 8);
            long high = Words.at(bytes, to - 8);
            long lowPoints = Words.find(low, '.');
            long highPoints = Words.find(high, '.');
            if (!Words.isDigits(withoutPoint(low, lowPoints)) || !Words.isDigits(withoutPoint(high, highPoints))) {
                return OTHER;
            }
            if ((lowPoints | highPoints) == 0) {
                return length <= MOST_DIGITS ? WHOLE : OTHER;
            }
            boolean isFraction = highPoints == 0 ? isSingle(lowPoints) : lowPoints == 0 && isSingle(highPoints);
            return isFraction ? FRACTION : OTHER;
        }
        return byteByByte(bytes, start, to);
    }

    private static NumberShape byteByByte(byte[] bytes, int start, int to) {
        if (to - start > LONGEST) {
            return OTHER;
        }
        int points = 0;
        for (int i = start; i < to; i++) {
            if (bytes[i] == '.') {
                points++;
            } else if (!isDigit(bytes[i])) {
                return OTHER;
            }
        }
        int digits = to - start - points;
        if (points == 0) {
            return digits <= MOST_DIGITS ? WHOLE : OTHER;
        }
        return points == 1 && digits > 0 ? FRACTION : OTHER;
    }

    /** Whether one byte is marked and no other. */
    private static boolean isSingle(long marks) {
        return marks != 0 && (marks & (marks - 1)) == 0;
    }

    /** The word with a digit 0, which is two more than a point, in place of each point. */
    private static long withoutPoint(long word, long points) {
        return word + (points >>> 6);
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
