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
        @Nullable
        Object value(int group) {
            if (totals.counts[group] == 0) {
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
        @Nullable
        Object value(int group) {
            return totals.counts[group] == 0 ? null : totals.real(group) / totals.counts[group];
        }
    }

    /** The sums of each group's values of one type, which the first value tells. */
    private static final class Totals {
        static final long BYTES_PER_GROUP = 3 * Long.BYTES;

        private long[] counts = new long[0];
        /** Of float64: the sum and the compensation. */
        private double[] sums = new double[0];

        private double[] lost = new double[0];
        /** Of int64: the lower and upper half of 128 bits. */
        private long[] low = new long[0];

        private long[] high = new long[0];
        private @Nullable BigDecimal[] decimals = new BigDecimal[0];
        private Kind kind = Kind.UNKNOWN;
        private int size;

        private enum Kind {
            UNKNOWN,
            WHOLE,
            REAL,
            DECIMAL
        }

        void resize(int groups) {
            size = groups;
            counts = Arrays.copyOf(counts, groups);
            resizeSums();
        }

        private void resizeSums() {
            if (kind == Kind.WHOLE) {
                low = Arrays.copyOf(low, size);
                high = Arrays.copyOf(high, size);
            } else if (kind == Kind.REAL) {
                sums = Arrays.copyOf(sums, size);
                lost = Arrays.copyOf(lost, size);
            } else if (kind == Kind.DECIMAL) {
                decimals = Arrays.copyOf(decimals, size);
            }
        }

        void add(FieldVector vector, int row, int group) {
            if (kind == Kind.UNKNOWN) {
                kind = vector instanceof BigIntVector
                        ? Kind.WHOLE
                        : vector instanceof Float8Vector ? Kind.REAL : Kind.DECIMAL;
                resizeSums();
            }
            counts[group]++;
            if (kind == Kind.WHOLE) {
                addWhole(((BigIntVector) vector).get(row), group);
            } else if (kind == Kind.REAL) {
                addReal(((Float8Vector) vector).get(row), group);
            } else {
                BigDecimal value = ((DecimalVector) vector).getObjectNotNull(row);
                BigDecimal sum = decimals[group];
                decimals[group] = sum == null ? value : sum.add(value);
            }
        }

        private void addWhole(long value, int group) {
            long sum = low[group] + value;
            long carry = Long.compareUnsigned(sum, low[group]) < 0 ? 1 : 0;
            high[group] += (value >> (Long.SIZE - 1)) + carry;
            low[group] = sum;
        }

        private void addReal(double value, int group) {
            double before = sums[group];
            double sum = before + value;
            lost[group] += Math.abs(before) >= Math.abs(value) ? (before - sum) + value : (value - sum) + before;
            sums[group] = sum;
        }

        /** The sum of whole numbers or decimals. */
        BigDecimal exact(int group) {
            if (kind == Kind.DECIMAL) {
                return Objects.requireNonNull(decimals[group]);
            }
            BigInteger upper = BigInteger.valueOf(high[group]).shiftLeft(Long.SIZE);
            BigInteger lower = new BigInteger(Long.toUnsignedString(low[group]));
            return new BigDecimal(upper.add(lower));
        }

        /** The sum as float64. */
        double real(int group) {
            if (kind != Kind.REAL) {
                return exact(group).doubleValue();
            }
            double sum = sums[group] + lost[group];
            // Beyond the range, and for infinite values, the compensation means nothing.
            return Double.isNaN(sum) ? sums[group] : sum;
        }
    }
}
