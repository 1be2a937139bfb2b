package io.millrace.dataflow.local;

import io.millrace.dataflow.expr.SortKey.Direction;
import io.millrace.dataflow.expr.SortKey.Nulls;
import io.millrace.dataflow.kernel.CellOrder;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** The order of rows by the keys of a sort. Errors stand where nulls do. */
final class RowOrder {
    private final List<Operator.Sort.Key> keys;
    private final CellOrder[] orders;
    private final int[] signs;
    private final int[] nullSigns;

    RowOrder(List<Operator.Sort.Key> keys, Schema schema) {
        this.keys = keys;
        this.orders = new CellOrder[keys.size()];
        this.signs = new int[keys.size()];
        this.nullSigns = new int[keys.size()];
        for (int i = 0; i < keys.size(); i++) {
            Operator.Sort.Key key = keys.get(i);
            orders[i] = CellOrder.of(schema.field(key.index()).type());
            signs[i] = key.direction() == Direction.ASCENDING ? 1 : -1;
            nullSigns[i] = key.nulls() == Nulls.FIRST ? -1 : 1;
        }
    }

    /** The keys of a batch's rows, where they are one ascending number that is never null; null elsewhere. */
    long @Nullable [] numbers(Batch batch) {
        if (keys.size() == 1
                && signs[0] > 0
                && batch.cells(keys.get(0).index()).values() instanceof BigIntVector vector
                && vector.getNullCount() == 0) {
            long[] numbers = new long[batch.rowCount()];
            ColumnArrays.longs(vector, numbers.length, numbers);
            return numbers;
        }
        return null;
    }

    /** Negative, zero or positive as the left row is before, equal to or after the right one. */
    int compare(Batch left, int leftRow, Batch right, int rightRow) {
        for (int i = 0; i < orders.length; i++) {
            int column = keys.get(i).index();
            FieldVector leftVector = left.cells(column).values();
            FieldVector rightVector = right.cells(column).values();
            boolean leftNull = leftVector.isNull(leftRow);
            boolean rightNull = rightVector.isNull(rightRow);
            int compared = leftNull || rightNull
                    ? (leftNull && rightNull ? 0 : leftNull ? nullSigns[i] : -nullSigns[i])
                    : signs[i] * orders[i].compare(leftVector, leftRow, rightVector, rightRow);
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }
}
