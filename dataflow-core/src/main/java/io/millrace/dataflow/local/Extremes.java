package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.kernel.CellOrder;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.Cells;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.jspecify.annotations.Nullable;

/** Least and greatest values by {@link CellOrder}; of equal ones the first. */
final class Extremes {
    private Extremes() {}

    /** The least values when {@code sign} is -1, the greatest when it is 1. */
    static Aggregation of(DataType type, int sign, MemoryReservation memory) {
        if (type instanceof DataType.Float64) {
            return new OfDoubles(type, sign, memory);
        }
        boolean sized =
                type instanceof DataType.Text || type instanceof DataType.Binary || type instanceof DataType.Decimal;
        return sized ? new OfObjects(type, sign, memory) : new OfLongs(type, sign, memory);
    }

    private static final class OfLongs extends Aggregation {
        private final DataType type;
        private final int sign;
        private final BitSet known = new BitSet();
        private long[] values = new long[0];
        private long[] longs = new long[0];

        OfLongs(DataType type, int sign, MemoryReservation memory) {
            super(type, memory, Long.BYTES + 1);
            this.type = type;
            this.sign = sign;
        }

        @Override
        void resize(int groups) {
            values = Arrays.copyOf(values, groups);
        }

        @Override
        void add(Cells input, int row, int group) {
            add(read(input.values(), row), group);
        }

        private void add(long value, int group) {
            if (!known.get(group)) {
                known.set(group);
                values[group] = value;
            } else if (sign > 0 ? value > values[group] : value < values[group]) {
                values[group] = value;
            }
        }

        @Override
        void addValues(Cells input, int[] groups) {
            FieldVector vector = input.values();
            if (!(vector instanceof BigIntVector || vector instanceof TimeStampMicroTZVector)) {
                super.addValues(input, groups);
                return;
            }
            longs = longs.length < groups.length ? new long[groups.length] : longs;
            ColumnArrays.longs((BaseFixedWidthVector) vector, groups.length, longs);
            boolean someNull = vector.getNullCount() > 0;
            for (int row = 0; row < groups.length; row++) {
                if (!someNull || !vector.isNull(row)) {
                    add(longs[row], groups[row]);
                }
            }
        }

        @Override
        Aggregation lane(RowCounts rows, MemoryReservation memoryOfLane) {
            return new OfLongs(type, sign, memoryOfLane);
        }

        @Override
        void join(Aggregation lane) {
            OfLongs other = (OfLongs) lane;
            for (int group = other.known.nextSetBit(0); group >= 0; group = other.known.nextSetBit(group + 1)) {
                add(other.values[group], group);
            }
        }

        private static long read(FieldVector vector, int row) {
            if (vector instanceof BigIntVector numbers) {
                return numbers.get(row);
            }
            if (vector instanceof TimeStampMicroTZVector micros) {
                return micros.get(row);
            }
            return vector instanceof DateDayVector days ? days.get(row) : ((BitVector) vector).get(row);
        }

        @Override
        @Nullable
        Object value(int group) {
            if (!known.get(group)) {
                return null;
            }
            long value = values[group];
            if (type instanceof DataType.Bool) {
                return value != 0;
            }
            if (type instanceof DataType.Date) {
                return LocalDate.ofEpochDay(value);
            }
            return type instanceof DataType.Timestamp ? Instant.EPOCH.plus(value, ChronoUnit.MICROS) : (Object) value;
        }
    }

    private static final class OfDoubles extends Aggregation {
        private final int sign;
        private final BitSet known = new BitSet();
        private double[] values = new double[0];

        OfDoubles(DataType type, int sign, MemoryReservation memory) {
            super(type, memory, Double.BYTES + 1);
            this.sign = sign;
        }

        @Override
        void resize(int groups) {
            values = Arrays.copyOf(values, groups);
        }

        @Override
        void add(Cells input, int row, int group) {
            double value = ((Float8Vector) input.values()).get(row);
            if (!known.get(group) || CellOrder.compareDoubles(value, values[group]) == sign) {
                known.set(group);
                values[group] = value;
            }
        }

        @Override
        @Nullable
        Object value(int group) {
            return known.get(group) ? values[group] : null;
        }
    }

    /** Texts and binaries as bytes, decimals as they are. */
    private static final class OfObjects extends Aggregation {
        private static final int OBJECT_BYTES = 48;

        private final DataType type;
        private final int sign;
        private final MemoryReservation memory;
        private @Nullable Object[] values = new Object[0];

        OfObjects(DataType type, int sign, MemoryReservation memory) {
            super(type, memory, OBJECT_BYTES);
            this.type = type;
            this.sign = sign;
            this.memory = memory;
        }

        @Override
        void resize(int groups) {
            values = Arrays.copyOf(values, groups);
        }

        @Override
        void add(Cells input, int row, int group) {
            if (input.values() instanceof DecimalVector decimals) {
                BigDecimal value = decimals.getObjectNotNull(row);
                if (values[group] == null || value.compareTo((BigDecimal) values[group]) == sign) {
                    values[group] = value;
                }
                return;
            }
            byte[] value = bytes((BaseVariableWidthVector) input.values(), row);
            byte[] best = (byte[]) values[group];
            if (best == null || Integer.signum(Arrays.compareUnsigned(value, best)) == sign) {
                memory.reserve(value.length - (best == null ? 0L : best.length));
                values[group] = value;
            }
        }

        private static byte[] bytes(BaseVariableWidthVector vector, int row) {
            return vector instanceof VarCharVector texts ? texts.get(row) : ((VarBinaryVector) vector).get(row);
        }

        @Override
        @Nullable
        Object value(int group) {
            Object value = values[group];
            return type instanceof DataType.Text && value != null
                    ? new String((byte[]) value, StandardCharsets.UTF_8)
                    : value;
        }
    }
}
