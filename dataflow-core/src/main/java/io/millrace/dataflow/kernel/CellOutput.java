package io.millrace.dataflow.kernel;

import io.millrace.dataflow.schema.DataType;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;

/**
 * A growing array of UTF-8 text, to which cells are appended as {@link CellText#format} gives them, without a string on
 * the way wherever the value is a usual one. Used by one thread.
 */
public final class CellOutput {
    private static final long[] POWERS = new long[19];
    /** Both digits of each number below 100, the first in the low byte. */
    private static final short[] PAIRS = new short[100];

    /** A whole number of a float64 beyond it is no longer exact, and is written with an exponent anyway. */
    private static final double LARGEST_PLAIN = 1e7;

    private static final double LEAST_PLAIN = 1e-3;
    /** With as many decimals a number below the largest plain one has no more than 15 digits, which a double tells apart. */
    private static final int MOST_DECIMALS = 8;

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long SECONDS_PER_DAY = 86_400;
    /** The days from the first of March of the year 0 to 1970. */
    private static final long DAYS_BEFORE_EPOCH = 719_468;

    private static final long DAYS_OF_ERA = 146_097;
    private static final long FIRST_PLAIN_DAY = LocalDate.of(0, 1, 1).toEpochDay();
    private static final long LAST_PLAIN_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
        for (int i = 0; i < PAIRS.length; i++) {
            PAIRS[i] = (short) (('0' + i / 10) | ('0' + i % 10) << 8);
        }
    }

    private byte[] bytes;
    private int size;

    /** Nothing, with room for so many bytes. */
    public CellOutput(int capacity) {
        bytes = new byte[capacity];
    }

    /** What is appended: the first {@link #size} bytes. Replaced when the array grows. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes were appended. */
    public int size() {
        return size;
    }

    /** Takes back all but the first bytes. */
    public void cut(int newSize) {
        size = newSize;
    }

    /** Makes room for so many more bytes. */
    public void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }

    /** Appends a byte. */
    public void put(byte value) {
        ensure(1);
        bytes[size++] = value;
    }

    /** Appends some bytes. */
    public void put(byte[] source, int from, int to) {
        ensure(to - from);
        System.arraycopy(source, from, bytes, size, to - from);
        size += to - from;
    }

    /** Appends a text. */
    public void put(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        put(encoded, 0, encoded.length);
    }

    /** Appends cells of one type. */
    @FunctionalInterface
    public interface Appender {
        /** Appends a cell that is not null. */
        void append(CellOutput output, FieldVector vector, int row);
    }

    /** What appends the cells of a type. Thread-safe. */
    public static Appender appender(DataType type) {
        if (type instanceof DataType.Text) {
            return (output, vector, row) -> output.putText((VarCharVector) vector, row);
        }
        if (type instanceof DataType.Int64) {
            return (output, vector, row) -> output.putInt64(((BigIntVector) vector).get(row));
        }
        if (type instanceof DataType.Float64) {
            return (output, vector, row) -> output.putFloat64(((Float8Vector) vector).get(row));
        }
        if (type instanceof DataType.Bool) {
            return (output, vector, row) -> output.putBool(((BitVector) vector).get(row) != 0);
        }
        if (type instanceof DataType.Timestamp) {
            return (output, vector, row) -> output.putTimestamp(((TimeStampMicroTZVector) vector).get(row));
        }
        if (type instanceof DataType.Date) {
            return (output, vector, row) -> output.putDate(((DateDayVector) vector).get(row));
        }
        if (type instanceof DataType.Decimal decimal && decimal.precision() <= 18) {
            return (output, vector, row) -> output.putDecimal((DecimalVector) vector, row, decimal.scale());
        }
        return (output, vector, row) -> output.put(CellText.format(type, vector, row));
    }

    private void putText(VarCharVector vector, int row) {
        int from = vector.getStartOffset(row);
        int length = vector.getEndOffset(row) - from;
        ensure(length);
        vector.getDataBuffer().getBytes(from, bytes, size, length);
        size += length;
    }

    private void putBool(boolean value) {
        ensure(5);
        if (value) {
            bytes[size++] = 't';
            bytes[size++] = 'r';
            bytes[size++] = 'u';
        } else {
            bytes[size++] = 'f';
            bytes[size++] = 'a';
            bytes[size++] = 'l';
            bytes[size++] = 's';
        }
        bytes[size++] = 'e';
    }

    /** Appends a whole number. */
    void putInt64(long value) {
        ensure(20);
        if (value < 0) {
            if (value == Long.MIN_VALUE) {
                put(Long.toString(value));
                return;
            }
            bytes[size++] = '-';
            putDigits(-value);
        } else {
            putDigits(value);
        }
    }

    private void putDigits(long value) {
        int digits = 1;
        while (digits < POWERS.length && value >= POWERS[digits]) {
            digits++;
        }
        putDigits(value, digits);
    }

    /** Appends the last digits of a number that is not negative, with zeros before it. There is room for them. */
    private void putDigits(long value, int digits) {
        long rest = value;
        int at = size + digits;
        while (at - size >= 2) {
            int pair = PAIRS[(int) (rest % 100)];
            rest /= 100;
            bytes[--at] = (byte) (pair >> 8);
            bytes[--at] = (byte) pair;
        }
        if (at > size) {
            bytes[--at] = (byte) ('0' + rest % 10);
        }
        size += digits;
    }

    /**
     * Appends a number. The fewest decimals that give the number back are those that {@link Double#toString} prints, as
     * no other decimal of 15 digits is as near to it.
     */
    void putFloat64(double value) {
        double size = Math.abs(value);
        if (size >= LEAST_PLAIN && size < LARGEST_PLAIN) {
            for (int decimals = 1; decimals <= MOST_DECIMALS; decimals++) {
                double scaled = size * POWERS[decimals];
                long digits = Math.round(scaled);
                if ((double) digits / POWERS[decimals] == size) {
                    putDecimal(value < 0 ? -digits : digits, decimals);
                    return;
                }
            }
        }
        put(Double.toString(value));
    }

    private void putDecimal(DecimalVector vector, int row, int scale) {
        // The low half of 128 bits has all of a number of 18 digits; the high one is its sign.
        ArrowBuf buffer = vector.getDataBuffer();
        putDecimal(buffer.getLong((long) row * DecimalVector.TYPE_WIDTH), scale);
    }

    private void putDecimal(long unscaled, int scale) {
        if (scale == 0) {
            putInt64(unscaled);
            return;
        }
        ensure(22);
        if (unscaled < 0) {
            bytes[size++] = '-';
        }
        long digits = Math.abs(unscaled);
        putDigits(digits / POWERS[scale]);
        bytes[size++] = '.';
        putDigits(digits % POWERS[scale], scale);
    }

    private void putDate(long day) {
        if (day < FIRST_PLAIN_DAY || day > LAST_PLAIN_DAY) {
            put(LocalDate.ofEpochDay(day).toString());
            return;
        }
        ensure(10);
        // Years that begin in March have the day that comes and goes at their end.
        long fromMarch = day + DAYS_BEFORE_EPOCH;
        long era = Math.floorDiv(fromMarch, DAYS_OF_ERA);
        long dayOfEra = fromMarch - era * DAYS_OF_ERA;
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long monthFromMarch = (5 * dayOfYear + 2) / 153;
        long dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        long month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        putDigits(year, 4);
        bytes[size++] = '-';
        putDigits(month, 2);
        bytes[size++] = '-';
        putDigits(dayOfMonth, 2);
    }

    private void putTimestamp(long micros) {
        long seconds = Math.floorDiv(micros, MICROS_PER_SECOND);
        long fraction = micros - seconds * MICROS_PER_SECOND;
        long day = Math.floorDiv(seconds, SECONDS_PER_DAY);
        long second = seconds - day * SECONDS_PER_DAY;
        putDate(day);
        ensure(17);
        bytes[size++] = 'T';
        putDigits(second / 3600, 2);
        bytes[size++] = ':';
        putDigits(second / 60 % 60, 2);
        bytes[size++] = ':';
        putDigits(second % 60, 2);
        if (fraction != 0) {
            bytes[size++] = '.';
            int digits = 6;
            while (fraction % 10 == 0) {
                fraction /= 10;
                digits--;
            }
            putDigits(fraction, digits);
        }
        bytes[size++] = 'Z';
    }
}
