package io.millrace.dataflow.spark;

import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;

/**
 * Sort keys as bytes whose unsigned order is the order of the rows, so that no comparison of Spark's own takes part in
 * it: nulls and errors first or last, NaN above every number, -0.0 equal to 0.0, text by its UTF-8 bytes.
 */
final class SortBytes {
    private static final int NULL_FIRST = 0;
    private static final int VALUE = 1;
    private static final int NULL_LAST = 2;

    private final List<Operator.Sort.Key> keys;
    private final List<Part> parts = new ArrayList<>();

    SortBytes(Schema schema, List<Operator.Sort.Key> keys) {
        this.keys = keys;
        keys.forEach(key -> parts.add(schema.field(key.index()).type().accept(PartOfType.INSTANCE)));
    }

    /** Writes the keys of a row. */
    void write(Batch batch, int row, RowBuffer out) {
        for (int i = 0; i < keys.size(); i++) {
            Operator.Sort.Key key = keys.get(i);
            FieldVector vector = batch.cells(key.index()).values();
            if (vector.isNull(row)) {
                out.putByte(key.nulls() == SortKey.Nulls.FIRST ? NULL_FIRST : NULL_LAST);
                continue;
            }
            out.putByte(VALUE);
            int start = out.size();
            parts.get(i).write(vector, row, out);
            if (key.direction() == SortKey.Direction.DESCENDING) {
                out.invertFrom(start);
            }
        }
    }

    /** Writes a value of one type, so that no value's bytes begin with those of another. */
    @FunctionalInterface
    private interface Part {
        void write(FieldVector vector, int row, RowBuffer out);
    }

    private static final class PartOfType implements DataType.Visitor<Part> {
        private static final PartOfType INSTANCE = new PartOfType();

        @Override
        public Part visit(DataType.Bool type) {
            return (vector, row, out) -> out.putByte(((BitVector) vector).get(row));
        }

        @Override
        public Part visit(DataType.Int64 type) {
            return (vector, row, out) -> out.putLong(((BigIntVector) vector).get(row) ^ Long.MIN_VALUE);
        }

        @Override
        public Part visit(DataType.Float64 type) {
            return (vector, row, out) -> out.putLong(ordered(((Float8Vector) vector).get(row)));
        }

        /** Bits whose unsigned order is that of the numbers. */
        private static long ordered(double value) {
            long bits = Double.doubleToLongBits(value == 0.0 ? 0.0 : value);
            return bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
        }

        @Override
        public Part visit(DataType.Decimal type) {
            return (vector, row, out) -> {
                ArrowBuf buffer = vector.getDataBuffer();
                long start = (long) row * DecimalVector.TYPE_WIDTH;
                out.putLong(buffer.getLong(start + Long.BYTES) ^ Long.MIN_VALUE);
                out.putLong(buffer.getLong(start));
            };
        }

        @Override
        public Part visit(DataType.Text type) {
            return PartOfType::writeBytes;
        }

        @Override
        public Part visit(DataType.Date type) {
            return (vector, row, out) -> out.putInt(((DateDayVector) vector).get(row) ^ Integer.MIN_VALUE);
        }

        @Override
        public Part visit(DataType.Timestamp type) {
            return (vector, row, out) -> out.putLong(((TimeStampMicroTZVector) vector).get(row) ^ Long.MIN_VALUE);
        }

        @Override
        public Part visit(DataType.Binary type) {
            return PartOfType::writeBytes;
        }

        @Override
        public Part visit(DataType.ListOf type) {
            throw new IllegalArgumentException("no sort key is a " + type);
        }

        @Override
        public Part visit(DataType.Struct type) {
            throw new IllegalArgumentException("no sort key is a " + type);
        }

        /** The bytes with a 1 after every 0, then two zeros. */
        private static void writeBytes(FieldVector vector, int row, RowBuffer out) {
            BaseVariableWidthVector values = (BaseVariableWidthVector) vector;
            ArrowBuf buffer = values.getDataBuffer();
            long end = values.getEndOffset(row);
            for (long i = values.getStartOffset(row); i < end; i++) {
                byte next = buffer.getByte(i);
                out.putByte(next);
                if (next == 0) {
                    out.putByte(1);
                }
            }
            out.putByte(0);
            out.putByte(0);
        }
    }
}
