package io.millrace.dataflow.local;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.Cells;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.jspecify.annotations.Nullable;

/** The sum in the type of the result: exact for whole numbers and decimals, as {@link CompensatedSum} for float64. */
final class SumAccumulator extends Accumulator {
    private final DataType type;
    private final String step;
    private final Total total = new Total();

    SumAccumulator(DataType type, String step) {
        this.type = type;
        this.step = step;
    }

    @Override
    void add(List<Cells> inputs, int row) {
        total.add(inputs.get(0).values(), row);
    }

    @Override
    void combine(Accumulator later) {
        total.add(((SumAccumulator) later).total);
    }

    @Override
    void clear() {
        total.clear();
    }

    @Override
    @Nullable
    Object value() {
        if (total.count == 0) {
            return null;
        }
        if (type instanceof DataType.Float64) {
            return total.real.value();
        }
        if (type instanceof DataType.Decimal decimal) {
            BigDecimal sum = total.decimal;
            return sum.precision() <= decimal.precision() ? sum : overflow(sum.toPlainString());
        }
        BigInteger sum = total.whole();
        return sum.bitLength() < Long.SIZE ? (Object) sum.longValue() : overflow(sum.toString());
    }

    private CellError overflow(String sum) {
        return new CellError(CellError.Code.OVERFLOW, sum, "", 0, step);
    }

    /** The sum of numbers of one type. */
    static final class Total {
        private long count;
        private final CompensatedSum real = new CompensatedSum();
        private BigDecimal decimal = BigDecimal.ZERO;
        /** 128 bits. */
        private long low;

        private long high;
        private boolean isReal;

        void add(FieldVector vector, int row) {
            count++;
            if (vector instanceof Float8Vector doubles) {
                isReal = true;
                real.add(doubles.get(row));
            } else if (vector instanceof BigIntVector longs) {
                long value = longs.get(row);
                addWhole(value, value >> (Long.SIZE - 1));
            } else {
                decimal = decimal.add(((DecimalVector) vector).getObjectNotNull(row));
            }
        }

        void add(Total other) {
            count += other.count;
            isReal |= other.isReal;
            real.add(other.real);
            decimal = decimal.add(other.decimal);
            addWhole(other.low, other.high);
        }

        private void addWhole(long otherLow, long otherHigh) {
            long sum = low + otherLow;
            high += otherHigh + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
            low = sum;
        }

        void clear() {
            count = 0;
            real.clear();
            decimal = BigDecimal.ZERO;
            low = 0;
            high = 0;
        }

        private BigInteger whole() {
            return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(new BigInteger(Long.toUnsignedString(low)));
        }

        /** The mean as float64; null of no value. */
        @Nullable
        Object mean() {
            if (count == 0) {
                return null;
            }
            double sum = isReal
                    ? real.value()
                    : decimal.signum() != 0 ? decimal.doubleValue() : new BigDecimal(whole()).doubleValue();
            return sum / count;
        }
    }
}
