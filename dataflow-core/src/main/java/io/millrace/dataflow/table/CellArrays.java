package io.millrace.dataflow.table;

import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;

/**
 * Copies cells into arrays, for readers that know no Arrow. Every method writes the cells of one batch to its target
 * from position {@code start} on; a null and an error are written as the value that the method names.
 */
public final class CellArrays {
    /** What a null or an error becomes among times. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private static final long MICROS_A_DAY = 86_400_000_000L;
    private static final long MOST_DAYS = Long.MAX_VALUE / MICROS_A_DAY;

    private CellArrays() {}

    /** Cells of bool (1 for true, 0 for false), int64, float64 or decimal as doubles; NaN for a null or an error. */
    public static void numbers(Cells cells, double[] target, int start) {
        FieldVector vector = cells.values();
        int size = cells.size();
        if (vector instanceof Float8Vector doubles) {
            for (int row = 0; row < size; row++) {
                target[start + row] = doubles.isNull(row) ? Double.NaN : doubles.get(row);
            }
        } else if (vector instanceof BigIntVector longs) {
            for (int row = 0; row < size; row++) {
                target[start + row] = longs.isNull(row) ? Double.NaN : longs.get(row);
            }
        } else if (vector instanceof BitVector bits) {
            for (int row = 0; row < size; row++) {
                target[start + row] = bits.isNull(row) ? Double.NaN : bits.get(row);
            }
        } else if (vector instanceof DecimalVector decimals) {
            for (int row = 0; row < size; row++) {
                target[start + row] = decimals.isNull(row)
                        ? Double.NaN
                        : decimals.getObjectNotNull(row).doubleValue();
            }
        } else {
            throw new IllegalArgumentException("cells of " + cells.type() + " are not numbers");
        }
    }

    /**
     * Cells of date or timestamp as microseconds since 1970-01-01T00:00Z; {@link #NO_TIME} for a null or an error. A
     * date counts from its midnight in UTC; one beyond the range of microseconds counts as the last in range.
     */
    public static void times(Cells cells, long[] target, int start) {
        FieldVector vector = cells.values();
        int size = cells.size();
        if (vector instanceof TimeStampMicroTZVector micros) {
            for (int row = 0; row < size; row++) {
                target[start + row] = micros.isNull(row) ? NO_TIME : micros.get(row);
            }
        } else if (vector instanceof DateDayVector days) {
            for (int row = 0; row < size; row++) {
                target[start + row] = days.isNull(row)
                        ? NO_TIME
                        : Math.max(-MOST_DAYS, Math.min(MOST_DAYS, days.get(row))) * MICROS_A_DAY;
            }
        } else {
            throw new IllegalArgumentException("cells of " + cells.type() + " are not times");
        }
    }

    /** Cells of text as their numbers in {@code dictionary}, which takes up new ones; -1 for a null or an error. */
    public static void texts(Cells cells, TextDictionary dictionary, int[] target, int start) {
        if (!(cells.values() instanceof VarCharVector vector)) {
            throw new IllegalArgumentException("cells of " + cells.type() + " are not texts");
        }
        byte[] bytes = new byte[64];
        for (int row = 0; row < cells.size(); row++) {
            if (vector.isNull(row)) {
                target[start + row] = -1;
                continue;
            }
            int from = vector.getStartOffset(row);
            int length = vector.getEndOffset(row) - from;
            if (length > bytes.length) {
                bytes = new byte[Math.max(length, 2 * bytes.length)];
            }
            vector.getDataBuffer().getBytes(from, bytes, 0, length);
            target[start + row] = dictionary.code(bytes, length);
        }
    }
}
