package io.millrace.dataflow.spark.csv;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** A column of Spark that owns no memory, and that is asked for values of its own type alone. */
class PlainColumn extends ColumnVector {
    private final int nulls;

    PlainColumn(DataType type, int nulls) {
        super(type);
        this.nulls = nulls;
    }

    @Override
    public boolean hasNull() {
        return nulls > 0;
    }

    @Override
    public int numNulls() {
        return nulls;
    }

    @Override
    public boolean isNullAt(int row) {
        return false;
    }

    @Override
    public boolean getBoolean(int row) {
        throw wrong("boolean");
    }

    @Override
    public byte getByte(int row) {
        throw wrong("byte");
    }

    @Override
    public short getShort(int row) {
        throw wrong("short");
    }

    @Override
    public int getInt(int row) {
        throw wrong("int");
    }

    @Override
    public long getLong(int row) {
        throw wrong("long");
    }

    @Override
    public float getFloat(int row) {
        throw wrong("float");
    }

    @Override
    public double getDouble(int row) {
        throw wrong("double");
    }

    @Override
    public @Nullable Decimal getDecimal(int row, int precision, int scale) {
        throw wrong("decimal");
    }

    @Override
    public @Nullable UTF8String getUTF8String(int row) {
        throw wrong("string");
    }

    @Override
    public byte @Nullable [] getBinary(int row) {
        throw wrong("binary");
    }

    @Override
    public @Nullable ColumnarArray getArray(int row) {
        throw wrong("array");
    }

    @Override
    public ColumnarMap getMap(int row) {
        throw wrong("map");
    }

    @Override
    public ColumnVector getChild(int ordinal) {
        throw wrong("struct");
    }

    private UnsupportedOperationException wrong(String asked) {
        return new UnsupportedOperationException("a column of " + type.simpleString() + " has no " + asked);
    }

    /** Frees nothing: whoever made the column does. Spark calls it after each batch, or never. */
    @Override
    public void close() {}
}
