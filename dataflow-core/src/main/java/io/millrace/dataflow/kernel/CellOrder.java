package io.millrace.dataflow.kernel;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema.Field;
import org.apache.arrow.memory.util.ByteFunctionHelpers;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * The order of the values of a type. False is before true, NaN equals NaN and is above every number, -0.0 equals 0.0,
 * text is compared by its UTF-8 bytes, lists and structs part by part with nulls first. Consistent with the equality
 * of keys.
 */
@FunctionalInterface
public interface CellOrder {
    /** Negative, zero or positive as the left value is before, equal to or after the right one. Neither is null. */
    int compare(FieldVector left, int leftRow, FieldVector right, int rightRow);

    /** The order of a type. */
    static CellOrder of(DataType type) {
        return type.accept(CellOrders.INSTANCE);
    }

    /** The order of two float64 values. */
    static int compareDoubles(double left, double right) {
        if (left < right) {
            return -1;
        }
        if (left > right) {
            return 1;
        }
        return left == right ? 0 : Boolean.compare(Double.isNaN(left), Double.isNaN(right));
    }
}

/** The orders by type. */
final class CellOrders implements DataType.Visitor<CellOrder> {
    static final CellOrders INSTANCE = new CellOrders();

    @Override
    public CellOrder visit(DataType.Bool type) {
        return (left, i, right, j) -> Integer.compare(((BitVector) left).get(i), ((BitVector) right).get(j));
    }

    @Override
    public CellOrder visit(DataType.Int64 type) {
        return (left, i, right, j) -> Long.compare(((BigIntVector) left).get(i), ((BigIntVector) right).get(j));
    }

    @Override
    public CellOrder visit(DataType.Float64 type) {
        return (left, i, right, j) ->
                CellOrder.compareDoubles(((Float8Vector) left).get(i), ((Float8Vector) right).get(j));
    }

    @Override
    public CellOrder visit(DataType.Decimal type) {
        return (left, i, right, j) ->
                ((DecimalVector) left).getObjectNotNull(i).compareTo(((DecimalVector) right).getObjectNotNull(j));
    }

    @Override
    public CellOrder visit(DataType.Text type) {
        return CellOrders::compareBytes;
    }

    @Override
    public CellOrder visit(DataType.Date type) {
        return (left, i, right, j) -> Integer.compare(((DateDayVector) left).get(i), ((DateDayVector) right).get(j));
    }

    @Override
    public CellOrder visit(DataType.Timestamp type) {
        return (left, i, right, j) ->
                Long.compare(((TimeStampMicroTZVector) left).get(i), ((TimeStampMicroTZVector) right).get(j));
    }

    @Override
    public CellOrder visit(DataType.Binary type) {
        return CellOrders::compareBytes;
    }

    @Override
    public CellOrder visit(DataType.ListOf type) {
        CellOrder elements = CellOrder.of(type.element());
        return (left, i, right, j) -> {
            ListVector leftList = (ListVector) left;
            ListVector rightList = (ListVector) right;
            int a = leftList.getElementStartIndex(i);
            int b = rightList.getElementStartIndex(j);
            int leftEnd = leftList.getElementEndIndex(i);
            int rightEnd = rightList.getElementEndIndex(j);
            while (a < leftEnd && b < rightEnd) {
                int compared = compareNullable(elements, leftList.getDataVector(), a, rightList.getDataVector(), b);
                if (compared != 0) {
                    return compared;
                }
                a++;
                b++;
            }
            return Integer.compare(leftEnd - a, rightEnd - b);
        };
    }

    @Override
    public CellOrder visit(DataType.Struct type) {
        return (left, i, right, j) -> {
            for (Field part : type.fields()) {
                FieldVector a = ((StructVector) left).getChild(part.name(), FieldVector.class);
                FieldVector b = ((StructVector) right).getChild(part.name(), FieldVector.class);
                int compared = compareNullable(CellOrder.of(part.type()), a, i, b, j);
                if (compared != 0) {
                    return compared;
                }
            }
            return 0;
        };
    }

    private static int compareNullable(CellOrder order, FieldVector left, int i, FieldVector right, int j) {
        boolean leftNull = left.isNull(i);
        boolean rightNull = right.isNull(j);
        return leftNull || rightNull ? Boolean.compare(rightNull, leftNull) : order.compare(left, i, right, j);
    }

    private static int compareBytes(FieldVector left, int i, FieldVector right, int j) {
        BaseVariableWidthVector a = (BaseVariableWidthVector) left;
        BaseVariableWidthVector b = (BaseVariableWidthVector) right;
        return ByteFunctionHelpers.compare(
                a.getDataBuffer(),
                a.getStartOffset(i),
                a.getEndOffset(i),
                b.getDataBuffer(),
                b.getStartOffset(j),
                b.getEndOffset(j));
    }
}
