package io.millrace.dataflow.spark.csv;

import java.math.BigDecimal;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * The values of an Arrow vector as a column of Spark, or of some of its rows. Reads the memory of the vector where it is, and
 * copies no text: valid until the vector is closed. Spark asks for no value of a row that is null.
 *
 * <p>Not Spark's own column over Arrow, which is made for the version of Arrow that Spark has.
 */
abstract class CellColumn extends PlainColumn {
    private final FieldVector vector;
    private final long validity;
    private final boolean mayBeNull;
    private final int @Nullable [] rows;

    private CellColumn(DataType type, FieldVector vector, int @Nullable [] rows) {
        super(type, 0);
        this.vector = vector;
        this.validity = vector.getValidityBufferAddress();
        this.mayBeNull = vector.getNullCount() > 0;
        this.rows = rows;
    }

    /**
     * A column of Spark.
     *
     * @param type what Spark sees: the type of the vector, or a narrower one that all of its values fit
     * @param rows the rows of the vector that there are, in order; null for all
     */
    static CellColumn of(DataType type, FieldVector vector, int @Nullable [] rows) {
        if (vector instanceof BaseVariableWidthVector bytes) {
            return new OfBytes(type, bytes, rows);
        }
        if (vector instanceof Float8Vector doubles) {
            return new OfDoubles(type, doubles, rows);
        }
        if (vector instanceof BitVector bits) {
            return new OfBits(type, bits, rows);
        }
        if (vector instanceof ListVector lists) {
            return new OfLists((ArrayType) type, lists, rows);
        }
        if (vector instanceof DateDayVector days) {
            return new OfDays(type, days, rows);
        }
        return vector instanceof DecimalVector decimals
                ? new OfDecimals(type, decimals, rows)
                : new OfLongs(type, vector, rows);
    }

    /** The row of the vector that a row of the column is. */
    final int row(int row) {
        int[] some = rows;
        return some == null ? row : some[row];
    }

    @Override
    public final boolean isNullAt(int row) {
        if (!mayBeNull) {
            return false;
        }
        int at = row(row);
        return (Platform.getByte(null, validity + (at >> 3)) >> (at & 7) & 1) == 0;
    }

    @Override
    public final boolean hasNull() {
        return mayBeNull && numNulls() > 0;
    }

    @Override
    public final int numNulls() {
        int size = rows == null ? vector.getValueCount() : rows.length;
        int nulls = 0;
        for (int row = 0; mayBeNull && row < size; row++) {
            nulls += isNullAt(row) ? 1 : 0;
        }
        return nulls;
    }

    /** Of int64 and timestamp. */
    private static final class OfLongs extends CellColumn {
        private final long address;

        OfLongs(DataType type, FieldVector vector, int @Nullable [] rows) {
            super(type, vector, rows);
            address = vector.getDataBufferAddress();
        }

        @Override
        public long getLong(int row) {
            return Platform.getLong(null, address + 8L * row(row));
        }

        @Override
        public int getInt(int row) {
            return (int) getLong(row);
        }

        @Override
        public short getShort(int row) {
            return (short) getLong(row);
        }

        @Override
        public byte getByte(int row) {
            return (byte) getLong(row);
        }
    }

    private static final class OfDoubles extends CellColumn {
        private final long address;

        OfDoubles(DataType type, Float8Vector vector, int @Nullable [] rows) {
            super(type, vector, rows);
            address = vector.getDataBufferAddress();
        }

        @Override
        public double getDouble(int row) {
            return Platform.getDouble(null, address + 8L * row(row));
        }

        @Override
        public float getFloat(int row) {
            return (float) getDouble(row);
        }
    }

    private static final class OfBits extends CellColumn {
        private final long address;

        OfBits(DataType type, BitVector vector, int @Nullable [] rows) {
            super(type, vector, rows);
            address = vector.getDataBufferAddress();
        }

        @Override
        public boolean getBoolean(int row) {
            int at = row(row);
            return (Platform.getByte(null, address + (at >> 3)) >> (at & 7) & 1) != 0;
        }
    }

    private static final class OfDays extends CellColumn {
        private final long address;

        OfDays(DataType type, DateDayVector vector, int @Nullable [] rows) {
            super(type, vector, rows);
            address = vector.getDataBufferAddress();
        }

        @Override
        public int getInt(int row) {
            return Platform.getInt(null, address + 4L * row(row));
        }
    }

    private static final class OfDecimals extends CellColumn {
        private final DecimalVector vector;
        private final long address;

        OfDecimals(DataType type, DecimalVector vector, int @Nullable [] rows) {
            super(type, vector, rows);
            this.vector = vector;
            address = vector.getDataBufferAddress();
        }

        @Override
        public @Nullable Decimal getDecimal(int row, int precision, int scale) {
            if (isNullAt(row)) {
                return null;
            }
            if (precision <= Decimal.MAX_LONG_DIGITS()) {
                long low = Platform.getLong(null, address + (long) DecimalVector.TYPE_WIDTH * row(row));
                return Decimal.createUnsafe(low, precision, scale);
            }
            BigDecimal value = vector.getObjectNotNull(row(row));
            return Decimal.apply(value, precision, scale);
        }
    }

    private static final class OfLists extends CellColumn {
        private final ListVector vector;
        private final CellColumn elements;

        OfLists(ArrayType type, ListVector vector, int @Nullable [] rows) {
            super(type, vector, rows);
            this.vector = vector;
            this.elements = CellColumn.of(type.elementType(), vector.getDataVector(), null);
        }

        @Override
        public @Nullable ColumnarArray getArray(int row) {
            if (isNullAt(row)) {
                return null;
            }
            int from = vector.getElementStartIndex(row(row));
            return new ColumnarArray(elements, from, vector.getElementEndIndex(row(row)) - from);
        }
    }

    /** Of text and binary. */
    private static final class OfBytes extends CellColumn {
        private final long offsets;
        private final long address;

        OfBytes(DataType type, BaseVariableWidthVector vector, int @Nullable [] rows) {
            super(type, vector, rows);
            offsets = vector.getOffsetBufferAddress();
            address = vector.getDataBufferAddress();
        }

        @Override
        public @Nullable UTF8String getUTF8String(int row) {
            if (isNullAt(row)) {
                return null;
            }
            long at = offsets + 4L * row(row);
            int from = Platform.getInt(null, at);
            return UTF8String.fromAddress(null, address + from, Platform.getInt(null, at + 4) - from);
        }

        @Override
        public byte @Nullable [] getBinary(int row) {
            if (isNullAt(row)) {
                return null;
            }
            long at = offsets + 4L * row(row);
            int from = Platform.getInt(null, at);
            byte[] bytes = new byte[Platform.getInt(null, at + 4) - from];
            Platform.copyMemory(null, address + from, bytes, Platform.BYTE_ARRAY_OFFSET, bytes.length);
            return bytes;
        }
    }
}
