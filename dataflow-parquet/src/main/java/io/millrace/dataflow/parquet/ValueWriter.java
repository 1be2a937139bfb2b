package io.millrace.dataflow.parquet;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Batch;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Objects;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Hands the cells of rows to Parquet. A null is a field that is not there. */
final class ValueWriter {
    private static final int DECIMAL_BYTES = 16;

    private @Nullable RecordConsumer consumer;

    void to(RecordConsumer target) {
        consumer = target;
    }

    void row(Schema schema, Batch batch, int row) {
        RecordConsumer out = Objects.requireNonNull(consumer, "prepared before the first row");
        out.startMessage();
        for (int column = 0; column < schema.size(); column++) {
            field(schema.field(column), column, batch.cells(column).values(), row, out);
        }
        out.endMessage();
    }

    private static void field(Field field, int index, FieldVector vector, int row, RecordConsumer out) {
        if (!vector.isNull(row)) {
            out.startField(field.name(), index);
            value(field.type(), vector, row, out);
            out.endField(field.name(), index);
        }
    }

    private static void value(DataType type, FieldVector vector, int row, RecordConsumer out) {
        if (type instanceof DataType.Bool) {
            out.addBoolean(((BitVector) vector).get(row) != 0);
        } else if (type instanceof DataType.Int64) {
            out.addLong(((BigIntVector) vector).get(row));
        } else if (type instanceof DataType.Float64) {
            out.addDouble(((Float8Vector) vector).get(row));
        } else if (type instanceof DataType.Decimal) {
            out.addBinary(decimal(((DecimalVector) vector).getObjectNotNull(row)));
        } else if (type instanceof DataType.Text) {
            out.addBinary(Binary.fromConstantByteArray(((VarCharVector) vector).get(row)));
        } else if (type instanceof DataType.Date) {
            out.addInteger(((DateDayVector) vector).get(row));
        } else if (type instanceof DataType.Timestamp) {
            out.addLong(((TimeStampMicroTZVector) vector).get(row));
        } else if (type instanceof DataType.Binary) {
            out.addBinary(Binary.fromConstantByteArray(((VarBinaryVector) vector).get(row)));
        } else if (type instanceof DataType.ListOf list) {
            list(list, (ListVector) vector, row, out);
        } else {
            out.startGroup();
            int index = 0;
            for (Field part : ((DataType.Struct) type).fields()) {
                FieldVector child = (FieldVector) ((StructVector) vector).getChildByOrdinal(index);
                field(part, index, child, row, out);
                index++;
            }
            out.endGroup();
        }
    }

    private static void list(DataType.ListOf type, ListVector vector, int row, RecordConsumer out) {
        out.startGroup();
        int start = vector.getElementStartIndex(row);
        int end = vector.getElementEndIndex(row);
        if (end > start) {
            Field element = Field.optional("element", type.element());
            out.startField("list", 0);
            for (int i = start; i < end; i++) {
                out.startGroup();
                field(element, 0, vector.getDataVector(), i, out);
                out.endGroup();
            }
            out.endField("list", 0);
        }
        out.endGroup();
    }

    /** The unscaled value in 16 bytes, the sign carried to the front. */
    private static Binary decimal(BigDecimal value) {
        byte[] digits = value.unscaledValue().toByteArray();
        byte[] bytes = new byte[DECIMAL_BYTES];
        Arrays.fill(bytes, (byte) (digits[0] < 0 ? -1 : 0));
        System.arraycopy(digits, 0, bytes, DECIMAL_BYTES - digits.length, digits.length);
        return Binary.fromConstantByteArray(bytes);
    }
}
