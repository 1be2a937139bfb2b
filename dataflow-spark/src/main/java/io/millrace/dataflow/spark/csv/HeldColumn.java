package io.millrace.dataflow.spark.csv;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.types.UTF8String;

/** A few values without nulls, held as objects; for a struct, the columns of its fields. */
final class HeldColumn extends PlainColumn {
    private final Object[] values;
    private final ColumnVector[] children;

    private HeldColumn(DataType type, Object[] values, ColumnVector[] children) {
        super(type, 0);
        this.values = values;
        this.children = children;
    }

    /** Values as Spark has them inside: {@code Long} for a long, {@code UTF8String} for a string. */
    static HeldColumn of(DataType type, Object[] values) {
        return new HeldColumn(type, values, new ColumnVector[0]);
    }

    /** Structs of these fields. */
    static HeldColumn struct(DataType type, ColumnVector... fields) {
        return new HeldColumn(type, new Object[0], fields);
    }

    @Override
    public long getLong(int row) {
        return (Long) values[row];
    }

    @Override
    public UTF8String getUTF8String(int row) {
        return (UTF8String) values[row];
    }

    @Override
    public ColumnVector getChild(int ordinal) {
        return children[ordinal];
    }
}
