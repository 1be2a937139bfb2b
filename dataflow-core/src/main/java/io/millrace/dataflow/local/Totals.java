package io.millrace.dataflow.local;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.jspecify.annotations.Nullable;

/**
 * The sums of each group's values of one type, which the first value tells. Whole numbers are summed in 64 bits for as
 * long as none of the sums can need more, and from then on in 128.
 */
final class Totals {
    static final long BYTES_PER_GROUP = 3 * Long.BYTES;

    private enum Kind {
        UNKNOWN,
        WHOLE,
        REAL,
        DECIMAL
    }

    private final ValueCounts counts;
    /** By group, of whole numbers: the sum, or the lower half of its 128 bits. */
    private long[] lows = new long[0];

    /** By group: the upper half; null while sums have 64 bits. */
    private long @Nullable [] highs;

    /** While sums have 64 bits: none of them is further from 0. */
    private long reach;

    /** By group, of float64: the sum and the compensation. */
    private double[] reals = new double[0];

    private @Nullable BigDecimal[] decimals = new BigDecimal[0];
    private Kind kind = Kind.UNKNOWN;
    private int size;
    private long[] longs = new long[0];
    private double[] doubles = new double[0];

    Totals(@Nullable RowCounts rows) {
        this.counts = new ValueCounts(rows);
    }

    void resize(int groups) {
        size = groups;
        counts.resize(groups);
        resizeSums();
    }

    private void resizeSums() {
        if (kind == Kind.WHOLE) {
            lows = Arrays.copyOf(lows, size);
            long[] wide = highs;
            highs = wide == null ? null : Arrays.copyOf(wide, size);
        } else if (kind == Kind.REAL) {
            reals = Arrays.copyOf(reals, 2 * size);
        } else if (kind == Kind.DECIMAL) {
            decimals = Arrays.copyOf(decimals, size);
        }
    }

    long count(int group) {
        return counts.of(group);
    }

    long low(int group) {
        return lows[group];
    }

    /** Whether a sum is one of whole numbers and of 64 bits. */
    boolean fits(int group) {
        long[] wide = highs;
        return kind == Kind.WHOLE && (wide == null || wide[group] == lows[group] >> (Long.SIZE - 1));
    }

    /** Writes a sum of float64, or whole numbers that fit, divided by a number; false where there is none. */
    boolean writeReal(FieldVector target, int row, int group, long divisor) {
        if (count(group) == 0 || !(target instanceof Float8Vector result)) {
            return false;
        }
        if (kind == Kind.REAL) {
            result.set(row, real(group) / divisor);
            return true;
        }
        if (fits(group)) {
            result.set(row, (double) low(group) / divisor);
            return true;
        }
        return false;
    }

    private void learn(FieldVector vector) {
        if (kind == Kind.UNKNOWN) {
            kind = vector instanceof BigIntVector
                    ? Kind.WHOLE
                    : vector instanceof Float8Vector ? Kind.REAL : Kind.DECIMAL;
            resizeSums();
        }
    }

    /** Adds the values of some rows, passing over nulls. */
    void addAll(FieldVector vector, int[] groups) {
        learn(vector);
        counts.add(vector, groups);
        int rows = groups.length;
        boolean someNull = vector.getNullCount() > 0;
        if (kind == Kind.WHOLE) {
            longs = longs.length < rows ? new long[rows] : longs;
            ColumnArrays.longs((BigIntVector) vector, rows, longs);
            for (int row = 0; someNull && row < rows; row++) {
                longs[row] = vector.isNull(row) ? 0 : longs[row];
            }
            addWholes(rows, groups);
        } else if (kind == Kind.REAL) {
            doubles = doubles.length < rows ? new double[rows] : doubles;
            ColumnArrays.doubles((Float8Vector) vector, rows, doubles);
            for (int row = 0; someNull && row < rows; row++) {
                doubles[row] = vector.isNull(row) ? 0 : doubles[row];
            }
            addReals(doubles, groups, reals);
        } else {
            for (int row = 0; row < rows; row++) {
                if (!vector.isNull(row)) {
                    addDecimal((DecimalVector) vector, row, groups[row]);
                }
            }
        }
    }

    /** Adds one value. */
    void add(FieldVector vector, int row, int group) {
        learn(vector);
        counts.add(group);
        if (kind == Kind.WHOLE) {
            long value = ((BigIntVector) vector).get(row);
            reach(value ^ (value >> (Long.SIZE - 1)), 1);
            addWhole(value, group);
        } else if (kind == Kind.REAL) {
            addReal(((Float8Vector) vector).get(row), group, reals);
        } else {
            addDecimal((DecimalVector) vector, row, group);
        }
    }

    private void addDecimal(DecimalVector vector, int row, int group) {
        BigDecimal value = vector.getObjectNotNull(row);
        BigDecimal sum = decimals[group];
        decimals[group] = sum == null ? value : sum.add(value);
    }

    private void addWholes(int rows, int[] groups) {
        long bits = 0;
        for (int row = 0; row < rows; row++) {
            bits |= longs[row] ^ (longs[row] >> (Long.SIZE - 1));
        }
        reach(bits, rows);
        if (highs == null) {
            addNarrow(longs, groups, lows);
        } else {
            for (int row = 0; row < rows; row++) {
                addWhole(longs[row], groups[row]);
            }
        }
    }

    private static void addNarrow(long[] values, int[] groups, long[] sums) {
        for (int row = 0; row < groups.length; row++) {
            sums[groups[row]] += values[row];
        }
    }

    /** Sees that so many more values have room, of which each has at most these bits besides the sign. */
    private void reach(long bits, long values) {
        if (highs != null) {
            return;
        }
        int width = Long.SIZE - Long.numberOfLeadingZeros(bits);
        int of = Long.SIZE - Long.numberOfLeadingZeros(values);
        long more = width + of < Long.SIZE - 1 ? values << width : Long.MAX_VALUE;
        widenBeyond(more);
    }

    private void widenBeyond(long more) {
        reach = reach > Long.MAX_VALUE - more ? Long.MAX_VALUE : reach + more;
        if (reach == Long.MAX_VALUE) {
            highs = widened();
        }
    }

    private long[] widened() {
        long[] wide = highs;
        if (wide == null) {
            wide = new long[lows.length];
            for (int group = 0; group < wide.length; group++) {
                wide[group] = lows[group] >> (Long.SIZE - 1);
            }
        }
        return wide;
    }

    private void addWhole(long value, int group) {
        long before = lows[group];
        lows[group] = before + value;
        long[] wide = highs;
        if (wide != null) {
            wide[group] += (value >> (Long.SIZE - 1)) + carry(before, value);
        }
    }

    /** The carry of 64 bits: set where the bits of the terms, or of either and not the sum, are. */
    private static long carry(long before, long value) {
        return ((before & value) | ((before | value) & ~(before + value))) >>> (Long.SIZE - 1);
    }

    private static void addReals(double[] values, int[] groups, double[] sums) {
        for (int row = 0; row < groups.length; row++) {
            addReal(values[row], groups[row], sums);
        }
    }

    private static void addReal(double value, int group, double[] sums) {
        double before = sums[2 * group];
        double sum = before + value;
        sums[2 * group + 1] += Math.abs(before) >= Math.abs(value) ? (before - sum) + value : (value - sum) + before;
        sums[2 * group] = sum;
    }

    /** Adds the sums of other whole numbers of the same groups. */
    void join(Totals other) {
        if (other.kind == Kind.UNKNOWN) {
            return;
        }
        kind = other.kind;
        size = Math.max(size, other.size);
        counts.join(other.counts);
        resizeSums();
        long[] otherWide = other.highs;
        if (otherWide == null) {
            if (highs == null) {
                widenBeyond(other.reach);
            }
            for (int group = 0; group < other.lows.length; group++) {
                addWhole(other.lows[group], group);
            }
            return;
        }
        long[] wide = widened();
        highs = wide;
        for (int group = 0; group < other.lows.length; group++) {
            long before = lows[group];
            lows[group] = before + other.lows[group];
            wide[group] += otherWide[group] + carry(before, other.lows[group]);
        }
    }

    /** The sum of whole numbers or decimals. */
    BigDecimal exact(int group) {
        if (kind == Kind.DECIMAL) {
            return Objects.requireNonNull(decimals[group]);
        }
        long[] wide = highs;
        long high = wide == null ? lows[group] >> (Long.SIZE - 1) : wide[group];
        BigInteger upper = BigInteger.valueOf(high).shiftLeft(Long.SIZE);
        BigInteger lower = new BigInteger(Long.toUnsignedString(lows[group]));
        return new BigDecimal(upper.add(lower));
    }

    /** The sum as float64. */
    double real(int group) {
        if (kind != Kind.REAL) {
            return exact(group).doubleValue();
        }
        double sum = reals[2 * group] + reals[2 * group + 1];
        // Beyond the range, and for infinite values, the compensation means nothing.
        return Double.isNaN(sum) ? reals[2 * group] : sum;
    }
}
