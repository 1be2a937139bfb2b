package io.millrace.dataflow.kernel;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.CellErrors;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;

/** The comparisons, and membership. All go by {@link CellOrder}. */
final class Comparisons {
    private Comparisons() {}

    /** A comparison that is true where the sign of the order is among those allowed. */
    static Kernel of(DataType type, boolean less, boolean equal, boolean greater) {
        if (type instanceof DataType.Int64) {
            return (arguments, target) -> compareInt64(arguments, (BitVector) target, less, equal, greater);
        }
        if (type instanceof DataType.Float64) {
            return (arguments, target) -> compareFloat64(arguments, (BitVector) target, less, equal, greater);
        }
        CellOrder order = CellOrder.of(type);
        return (arguments, target) -> {
            FieldVector left = arguments.vector(0);
            FieldVector right = arguments.vector(1);
            BitVector result = (BitVector) target;
            for (int row = 0; row < arguments.rows(); row++) {
                int i = arguments.row(0, row);
                int j = arguments.row(1, row);
                if (!left.isNull(i) && !right.isNull(j)) {
                    int sign = order.compare(left, i, right, j);
                    result.set(row, (sign < 0 ? less : sign > 0 ? greater : equal) ? 1 : 0);
                }
            }
            return arguments.errors();
        };
    }

    /** True where the first argument equals one of the others, null where it is null. */
    static Kernel in(DataType type) {
        CellOrder order = CellOrder.of(type);
        return (arguments, target) -> {
            BitVector result = (BitVector) target;
            CellErrors errors = arguments.errors();
            for (int row = 0; row < arguments.rows(); row++) {
                if (!arguments.isAbsent(0, row) && !errors.has(row)) {
                    result.set(row, isMember(order, arguments, row) ? 1 : 0);
                }
            }
            return errors;
        };
    }

    private static boolean isMember(CellOrder order, Arguments arguments, int row) {
        FieldVector value = arguments.vector(0);
        int i = arguments.row(0, row);
        for (int argument = 1; argument < arguments.size(); argument++) {
            int j = arguments.row(argument, row);
            FieldVector candidate = arguments.vector(argument);
            if (!candidate.isNull(j) && order.compare(value, i, candidate, j) == 0) {
                return true;
            }
        }
        return false;
    }

    private static CellErrors compareInt64(
            Arguments arguments, BitVector result, boolean less, boolean equal, boolean greater) {
        BigIntVector left = (BigIntVector) arguments.vector(0);
        BigIntVector right = (BigIntVector) arguments.vector(1);
        for (int row = 0; row < arguments.rows(); row++) {
            int i = arguments.row(0, row);
            int j = arguments.row(1, row);
            if (!left.isNull(i) && !right.isNull(j)) {
                int sign = Long.compare(left.get(i), right.get(j));
                result.set(row, (sign < 0 ? less : sign > 0 ? greater : equal) ? 1 : 0);
            }
        }
        return arguments.errors();
    }

    private static CellErrors compareFloat64(
            Arguments arguments, BitVector result, boolean less, boolean equal, boolean greater) {
        Float8Vector left = (Float8Vector) arguments.vector(0);
        Float8Vector right = (Float8Vector) arguments.vector(1);
        for (int row = 0; row < arguments.rows(); row++) {
            int i = arguments.row(0, row);
            int j = arguments.row(1, row);
            if (!left.isNull(i) && !right.isNull(j)) {
                int sign = CellOrder.compareDoubles(left.get(i), right.get(j));
                result.set(row, (sign < 0 ? less : sign > 0 ? greater : equal) ? 1 : 0);
            }
        }
        return arguments.errors();
    }
}
