package io.millrace.dataflow.kernel;

import io.millrace.dataflow.table.CellError.Code;
import java.util.function.LongBinaryOperator;
import org.apache.arrow.vector.BigIntVector;

/** Operations on the 64 bits of an int64, the sign among them. */
final class Bits {
    private Bits() {}

    static Kernel and() {
        return binary("bit_and", (a, b) -> a & b);
    }

    static Kernel or() {
        return binary("bit_or", (a, b) -> a | b);
    }

    static Kernel xor() {
        return binary("bit_xor", (a, b) -> a ^ b);
    }

    static Kernel not() {
        return RowByRow.of("bit_not", (arguments, row, target) -> {
            ((BigIntVector) target).set(row, ~arguments.int64(0, row));
            return null;
        });
    }

    static Kernel shiftLeft() {
        return shift("shift_left", (a, b) -> a << b);
    }

    /** The sign moves in from the left. */
    static Kernel shiftRight() {
        return shift("shift_right", (a, b) -> a >> b);
    }

    private static Kernel binary(String name, LongBinaryOperator function) {
        return RowByRow.of(name, (arguments, row, target) -> {
            ((BigIntVector) target).set(row, function.applyAsLong(arguments.int64(0, row), arguments.int64(1, row)));
            return null;
        });
    }

    private static Kernel shift(String name, LongBinaryOperator function) {
        return RowByRow.of(name, (arguments, row, target) -> {
            long distance = arguments.int64(1, row);
            if (distance < 0 || distance > 63) {
                return Code.DOMAIN;
            }
            ((BigIntVector) target).set(row, function.applyAsLong(arguments.int64(0, row), distance));
            return null;
        });
    }
}
