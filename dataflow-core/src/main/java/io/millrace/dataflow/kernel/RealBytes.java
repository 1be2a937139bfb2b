package io.millrace.dataflow.kernel;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;

/** The bytes of cells as doubles and decimals. Gives what {@link NumberText} gives, or leaves it undecided. */
final class RealBytes {
    private static final long LARGEST_EXACT = 1L << 53;
    private static final long[] WHOLE_POWERS_OF_TEN = wholePowers();
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private RealBytes() {}

    private static long[] wholePowers() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    /** The bits of the nearest double, or {@link CellBytes#UNDECIDED_FLOAT64}. */
    static long parse(byte[] bytes, int from, int to) {
        if (from >= to) {
            return CellBytes.UNDECIDED_FLOAT64;
        }
        byte first = bytes[from];
        int start = first == '-' || first == '+' ? from + 1 : from;
        int length = to - start;
        double value;
        if (length > 0 && length <= 8 && to >= 8) {
            long word = Words.lastAfterZeros(Words.at(bytes, to - 8), length);
            long point = Words.find(word, '.');
            if (point != 0) {
                // Everything before the point moves one byte on, over the point.
                int shift = Long.numberOfTrailingZeros(point) - 7;
                long before = (1L << shift) - 1;
                word = (word & (-1L << shift << 8)) | ((word & before) << 8) | '0';
                if (length == 1 || !Words.isDigits(word)) {
                    return general(bytes, from, to);
                }
                value = Words.number(word) / POWERS_OF_TEN[7 - (shift >>> 3)];
            } else if (Words.isDigits(word)) {
                value = Words.number(word);
            } else {
                return general(bytes, from, to);
            }
        } else if (length > 8 && length <= 16 && to >= 16) {
            return parseLong(bytes, from, start, to);
        } else {
            return general(bytes, from, to);
        }
        return Double.doubleToRawLongBits(first == '-' ? -value : value);
    }

    /** A number of 9 to 16 bytes after its sign, at least 16 bytes from the start of the array. */
    private static long parseLong(byte[] bytes, int from, int start, int to) {
        long low = Words.lastAfterZeros(Words.at(bytes, to - 16), to - start - 8);
        long high = Words.at(bytes, to - 8);
        long pointHigh = Words.find(high, '.');
        long pointLow = Words.find(low, '.');
        int fraction = 0;
        if (pointHigh != 0) {
            int shift = Long.numberOfTrailingZeros(pointHigh) - 7;
            high = (high & (-1L << shift << 8)) | ((high & ((1L << shift) - 1)) << 8) | (low >>> 56);
            low = (low << 8) | '0';
            fraction = 7 - (shift >>> 3);
        } else if (pointLow != 0) {
            int shift = Long.numberOfTrailingZeros(pointLow) - 7;
            low = (low & (-1L << shift << 8)) | ((low & ((1L << shift) - 1)) << 8) | '0';
            fraction = 15 - (shift >>> 3);
        }
        if (!Words.isDigits(low) || !Words.isDigits(high)) {
            return general(bytes, from, to);
        }
        long mantissa = Words.number(low) * 100_000_000 + Words.number(high);
        if (mantissa > LARGEST_EXACT) {
            return general(bytes, from, to);
        }
        double value = mantissa / POWERS_OF_TEN[fraction];
        return Double.doubleToRawLongBits(bytes[from] == '-' ? -value : value);
    }

    /** A number of any length, byte by byte. */
    private static long general(byte[] bytes, int from, int to) {
        int i = bytes[from] == '-' || bytes[from] == '+' ? from + 1 : from;
        long mantissa = 0;
        boolean exact = true;
        int digits = 0;
        int point = -1;
        for (; i < to; i++) {
            byte c = bytes[i];
            if (c >= '0' && c <= '9') {
                digits++;
                exact &= mantissa <= (LARGEST_EXACT - 9) / 10;
                mantissa = exact ? mantissa * 10 + (c - '0') : mantissa;
            } else if (c == '.' && point < 0) {
                point = i;
            } else {
                break;
            }
        }
        if (digits == 0) {
            return CellBytes.UNDECIDED_FLOAT64;
        }
        int exponent = point >= 0 ? point + 1 - i : 0;
        if (i < to) {
            boolean negative = i + 1 < to && bytes[i + 1] == '-';
            int start = negative || (i + 1 < to && bytes[i + 1] == '+') ? i + 2 : i + 1;
            long written = CellBytes.digits(bytes, start, to);
            if ((bytes[i] | 0x20) != 'e' || written < 0 || written > 9_999) {
                return CellBytes.UNDECIDED_FLOAT64;
            }
            exponent += (int) (negative ? -written : written);
        }
        double value;
        if (exact && exponent >= -22 && exponent <= 22) {
            // Both operands are exact, so the one rounding of the result is the right one.
            value = exponent < 0 ? mantissa / POWERS_OF_TEN[-exponent] : mantissa * POWERS_OF_TEN[exponent];
            value = bytes[from] == '-' ? -value : value;
        } else {
            value = JavaDoubleParser.parseDouble(bytes, from, to - from);
        }
        return Double.isInfinite(value) ? CellBytes.UNDECIDED_FLOAT64 : Double.doubleToRawLongBits(value);
    }

    /** The unscaled decimal, or {@link CellBytes#UNDECIDED}. */
    static long decimal(byte[] bytes, int from, int to, int precision, int scale) {
        if (from >= to || to - from > 20 || precision > 18) {
            return CellBytes.UNDECIDED;
        }
        byte sign = bytes[from];
        int i = sign == '-' || sign == '+' ? from + 1 : from;
        long value = 0;
        int digits = 0;
        int point = -1;
        for (; i < to; i++) {
            byte c = bytes[i];
            if (c >= '0' && c <= '9') {
                digits++;
                value = value * 10 + (c - '0');
            } else if (c == '.' && point < 0) {
                point = i;
            } else {
                return CellBytes.UNDECIDED;
            }
        }
        if (digits == 0 || digits > 18) {
            return CellBytes.UNDECIDED;
        }
        int rest = scale - (point < 0 ? 0 : to - point - 1);
        for (; rest < 0; rest++) {
            long less = value / 10;
            if (less * 10 != value) {
                return CellBytes.UNDECIDED;
            }
            value = less;
        }
        for (; rest > 0 && value != 0; rest--) {
            if (value >= WHOLE_POWERS_OF_TEN[17]) {
                return CellBytes.UNDECIDED;
            }
            value *= 10;
        }
        return value >= WHOLE_POWERS_OF_TEN[precision] ? CellBytes.UNDECIDED : sign == '-' ? -value : value;
    }
}
