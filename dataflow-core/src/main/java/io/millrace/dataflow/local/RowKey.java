package io.millrace.dataflow.local;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.Cells;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * The values of some columns in one row as bytes that are equal exactly when the values are. Nulls equal each other,
 * errors of one text do, NaN equals NaN and -0.0 equals 0.0. Can be set again and again.
 */
final class RowKey {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte NULL = 0;
    private static final byte VALUE = 1;
    private static final byte ERROR = 2;

    private byte[] bytes = new byte[64];
    private int length;
    private boolean complete;

    /** The bytes, as many as {@link #length} says. They change when the key is set again. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Whether no value is null or an error. */
    boolean isComplete() {
        return complete;
    }

    int hash() {
        long hash = length;
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            hash = (hash ^ (long) LONG.get(bytes, i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        for (; i < length; i++) {
            hash = (hash ^ (bytes[i] & 0xFF)) * 0x9E3779B97F4A7C15L;
        }
        hash ^= hash >>> 29;
        hash *= 0xBF58476D1CE4E5B9L;
        return (int) (hash ^ (hash >>> 32));
    }

    /** Makes this the key of a row. */
    void set(List<Cells> columns, int row) {
        length = 0;
        complete = true;
        for (int i = 0; i < columns.size(); i++) {
            append(columns.get(i), row);
        }
    }

    /** Makes this the key of a number and a value. */
    void set(int number, Cells column, int row) {
        length = 0;
        complete = true;
        appendInt(number);
        append(column, row);
    }

    private void append(Cells column, int row) {
        FieldVector vector = column.values();
        if (vector.isNull(row)) {
            complete = false;
            appendAbsent(column, row);
        } else {
            appendValue(column.type(), vector, row);
        }
    }

    private void appendAbsent(Cells column, int row) {
        if (column.errors().has(row)) {
            byte[] text = column.errors().at(row).orElseThrow().text().getBytes(StandardCharsets.UTF_8);
            appendByte(ERROR);
            appendInt(text.length);
            reserve(text.length);
            System.arraycopy(text, 0, bytes, length, text.length);
            length += text.length;
        } else {
            appendByte(NULL);
        }
    }

    private void appendValue(DataType type, FieldVector vector, int row) {
        appendByte(VALUE);
        if (vector instanceof BaseVariableWidthVector variable) {
            int size = variable.getValueLength(row);
            appendInt(size);
            appendBytes(variable.getDataBuffer(), variable.getStartOffset(row), size);
        } else if (vector instanceof Float8Vector doubles) {
            // Adding zero turns -0.0 into 0.0; doubleToLongBits makes all NaN one.
            appendLong(Double.doubleToLongBits(doubles.get(row) + 0.0));
        } else if (vector instanceof BitVector bits) {
            appendByte((byte) bits.get(row));
        } else if (vector instanceof BaseFixedWidthVector fixed) {
            int width = fixed.getTypeWidth();
            if (width == Long.BYTES) {
                appendLong(fixed.getDataBuffer().getLong((long) row * Long.BYTES));
            } else {
                appendBytes(fixed.getDataBuffer(), (long) row * width, width);
            }
        } else if (type instanceof DataType.ListOf listType) {
            ListVector list = (ListVector) vector;
            int end = list.getElementEndIndex(row);
            appendInt(end - list.getElementStartIndex(row));
            for (int i = list.getElementStartIndex(row); i < end; i++) {
                appendPart(listType.element(), list.getDataVector(), i);
            }
        } else {
            for (var part : ((DataType.Struct) type).fields()) {
                appendPart(part.type(), ((StructVector) vector).getChild(part.name(), FieldVector.class), row);
            }
        }
    }

    private void appendPart(DataType type, FieldVector vector, int row) {
        if (vector.isNull(row)) {
            appendByte(NULL);
        } else {
            appendValue(type, vector, row);
        }
    }

    private void appendByte(byte value) {
        reserve(1);
        bytes[length++] = value;
    }

    private void appendInt(int value) {
        reserve(Integer.BYTES);
        INT.set(bytes, length, value);
        length += Integer.BYTES;
    }

    private void appendLong(long value) {
        reserve(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
    }

    private void appendBytes(ArrowBuf source, long from, int size) {
        reserve(size);
        source.getBytes(from, bytes, length, size);
        length += size;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
