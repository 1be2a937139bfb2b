package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.Cells;
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
 * Sums and means. Whole numbers and decimals are summed exactly, so that only a result beyond the range of its type is
 * an error, whatever the order of the rows; float64 is summed with Neumaier's compensation.
 */
final class Sums {
    private Sums() {}

    /** The sum in the type of the result. */
    static Aggregation sum(DataType type, String step, MemoryReservation memory) {
        return new Sum(type, step, memory);
    }

    /** The mean as float64. */
    static Aggregation mean(MemoryReservation memory) {
        return new Mean(memory);
    }

    private static final class Sum extends Aggregation {
        private final DataType type;
        private final String step;
        private final Totals totals = new Totals();

        Sum(DataType type, String step, MemoryReservation memory) {
            super(type, memory, Totals.BYTES_PER_GROUP);
            this.type = type;
            this.step = step;
        }

        @Override
        void resize(int groups) {
            totals.resize(groups);
        }

        @Override
        void add(Cells input, int row, int group) {
            totals.add(input.values(), row, group);
        }

        @Override
        void addValues(Cells input, int[] groups) {
            if (!totals.addAll(input.values(), groups)) {
                super.addValues(input, groups);
            }
        }

        @Override
        boolean write(FieldVector target, int row, int group) {
            if (totals.count(group) > 0 && totals.kind == Totals.Kind.WHOLE && totals.fits(group)) {
                ((BigIntVector) target).set(row, totals.low(group));
                return true;
            }
            return totals.writeReal(target, row, group, 1);
        }

        @Override
        @Nullable
        Object value(int group) {
            if (totals.count(group) == 0) {
                return null;
            }
            if (type instanceof DataType.Float64) {
                return totals.real(group);
            }
            BigDecimal sum = totals.exact(group);
            if (type instanceof DataType.Decimal decimal) {
                return sum.precision() <= decimal.precision() ? sum : overflow(sum);
            }
            return sum.toBigInteger().bitLength() < Long.SIZE ? (Object) sum.longValueExact() : overflow(sum);
        }

        private CellError overflow(BigDecimal sum) {
            return new CellError(CellError.Code.OVERFLOW, sum.toPlainString(), "", 0, step);
        }
    }

    private static final class Mean extends Aggregation {
        private final Totals totals = new Totals();

        Mean(MemoryReservation memory) {
            super(DataTypes.FLOAT64, memory, Totals.BYTES_PER_GROUP);
        }

        @Override
        void resize(int groups) {
            totals.resize(groups);
        }

        @Override
        void add(Cells input, int row, int group) {
            totals.add(input.values(), row, group);
        }

        @Override
        void addValues(Cells input, int[] groups) {
            if (!totals.addAll(input.values(), groups)) {
                super.addValues(input, groups);
            }
        }

        @Override
        boolean write(FieldVector target, int row, int group) {
            return totals.writeReal(target, row, group, totals.count(group));
        }

        @Override
        @Nullable
        Object value(int group) {
            return totals.count(group) == 0 ? null : totals.real(group) / totals.count(group);
        }
    }

    /** The sums of each group's values of one type, which the first value tells. */
    private static final class Totals {
        static final long BYTES_PER_GROUP = 3 * Long.BYTES;

        private enum Kind {
            UNKNOWN,
            WHOLE,
            REAL,
            DECIMAL
        }

        private static final int COUNT = 0;
        private static final int LOW = 1;
        private static final int HIGH = 2;
        private static final int WIDTH = 3;

        /** By group: the count of values; of int64, the lower and the upper half of 128 bits. In one place of memory. */
        private long[] wholes = new long[0];

        /** By group, of float64: the sum and the compensation. */
        private double[] reals = new double[0];

        private @Nullable BigDecimal[] decimals = new BigDecimal[0];
        private Kind kind = Kind.UNKNOWN;
        private int size;
        private long[] longs = new long[0];
        private double[] doubles = new double[0];

        void resize(int groups) {
            size = groups;
            resizeSums();
        }

        private void resizeSums() {
            wholes = Arrays.copyOf(wholes, WIDTH * size);
            if (kind == Kind.REAL) {
                reals = Arrays.copyOf(reals, 2 * size);
            } else if (kind == Kind.DECIMAL) {
                decimals = Arrays.copyOf(decimals, size);
            }
        }

        long count(int group) {
            return wholes[WIDTH * group + COUNT];
        }

        long low(int group) {
            return wholes[WIDTH * group + LOW];
        }

        /** Whether a sum of whole numbers is one of 64 bits. */
        boolean fits(int group) {
            return wholes[WIDTH * group + HIGH] == low(group) >> (Long.SIZE - 1);
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
            if (kind == Kind.WHOLE && fits(group)) {
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

        /** Adds all values of a vector of int64 or float64 without nulls; false for another one. */
        boolean addAll(FieldVector vector, int[] groups) {
            if (vector.getNullCount() > 0) {
                return false;
            }
            learn(vector);
            int rows = groups.length;
            if (kind == Kind.WHOLE) {
                longs = longs.length < rows ? new long[rows] : longs;
                ColumnArrays.longs((BigIntVector) vector, rows, longs);
                addWholes(longs, groups, wholes);
            } else if (kind == Kind.REAL) {
                doubles = doubles.length < rows ? new double[rows] : doubles;
                ColumnArrays.doubles((Float8Vector) vector, rows, doubles);
                addReals(doubles, groups);
            }
            return kind != Kind.DECIMAL;
        }

        private static void addWholes(long[] values, int[] groups, long[] sums) {
            for (int row = 0; row < groups.length; row++) {
                addWhole(values[row], WIDTH * groups[row], sums);
            }
        }

        private void addReals(double[] values, int[] groups) {
            for (int row = 0; row < groups.length; row++) {
                wholes[WIDTH * groups[row]]++;
                addReal(values[row], groups[row]);
            }
        }

        void add(FieldVector vector, int row, int group) {
            learn(vector);
            if (kind == Kind.WHOLE) {
                addWhole(((BigIntVector) vector).get(row), WIDTH * group, wholes);
                return;
            }
            wholes[WIDTH * group]++;
            if (kind == Kind.REAL) {
                addReal(((Float8Vector) vector).get(row), group);
            } else {
                BigDecimal value = ((DecimalVector) vector).getObjectNotNull(row);
                BigDecimal sum = decimals[group];
                decimals[group] = sum == null ? value : sum.add(value);
            }
        }

        private static void addWhole(long value, int place, long[] sums) {
            long before = sums[place + LOW];
            long sum = before + value;
            // The carry of 64 bits: set where the bits of the terms, or of either and not the sum, are.
            long carry = ((before & value) | ((before | value) & ~sum)) >>> (Long.SIZE - 1);
            sums[place + COUNT]++;
            sums[place + LOW] = sum;
            sums[place + HIGH] += (value >> (Long.SIZE - 1)) + carry;
        }

        private void addReal(double value, int group) {
            double before = reals[2 * group];
            double sum = before + value;
            reals[2 * group + 1] +=
                    Math.abs(before) >= Math.abs(value) ? (before - sum) + value : (value - sum) + before;
            reals[2 * group] = sum;
        }

        /** The sum of whole numbers or decimals. */
        BigDecimal exact(int group) {
            if (kind == Kind.DECIMAL) {
                return Objects.requireNonNull(decimals[group]);
            }
            BigInteger upper = BigInteger.valueOf(wholes[WIDTH * group + HIGH]).shiftLeft(Long.SIZE);
            BigInteger lower = new BigInteger(Long.toUnsignedString(low(group)));
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
}
