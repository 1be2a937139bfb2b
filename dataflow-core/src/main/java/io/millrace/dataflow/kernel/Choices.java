package io.millrace.dataflow.kernel;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.CellError.Code;
import io.millrace.dataflow.table.CellErrors;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;

/** Functions whose result is one of their arguments. Values are compared by {@link CellOrder}. */
final class Choices {
    private static final int NOTHING = -1;

    private Choices() {}

    static Kernel least(DataType type) {
        return extreme(type, -1);
    }

    static Kernel greatest(DataType type) {
        return extreme(type, 1);
    }

    /** The first argument, where it is not an error; else the second. */
    static Kernel ifError() {
        return (arguments, target) -> {
            CellErrors.Builder errors = CellErrors.builder();
            for (int row = 0; row < arguments.rows(); row++) {
                int chosen = arguments.error(0, row).isPresent() ? 1 : 0;
                Logic.take(arguments, chosen, row, target, errors);
            }
            return errors.build();
        };
    }

    /** The first argument, where it does not equal the second; else null. */
    static Kernel nullIf(DataType type) {
        CellOrder order = CellOrder.of(type);
        return (arguments, target) -> {
            FieldVector value = arguments.vector(0);
            FieldVector other = arguments.vector(1);
            CellErrors errors = arguments.errors();
            for (int row = 0; row < arguments.rows(); row++) {
                int i = arguments.row(0, row);
                int j = arguments.row(1, row);
                if (value.isNull(i) || errors.has(row)) {
                    continue;
                }
                if (other.isNull(j) || order.compare(value, i, other, j) != 0) {
                    target.copyFromSafe(i, row, value);
                }
            }
            return errors;
        };
    }

    /** The nearest value between the bounds. */
    static Kernel clip(DataType type) {
        return clipped("clip", type, false);
    }

    /** The value where it is between the bounds, else null. */
    static Kernel clipToNull(DataType type) {
        return clipped("clip_to_null", type, true);
    }

    private static Kernel clipped(String name, DataType type, boolean toNull) {
        CellOrder order = CellOrder.of(type);
        return (arguments, target) -> {
            CellErrors errors = arguments.errors();
            CellErrors.Builder made = CellErrors.builder();
            FieldVector value = arguments.vector(0);
            for (int row = 0; row < arguments.rows(); row++) {
                if (arguments.isAbsent(0, row) || errors.has(row)) {
                    continue;
                }
                if (isBefore(order, arguments, 2, 1, row)) {
                    made.add(row, arguments.failure(Code.DOMAIN, RowByRow.call(name, arguments, row), row));
                    continue;
                }
                int chosen = 0;
                if (!isNan(value, arguments.row(0, row))) {
                    chosen = isBefore(order, arguments, 0, 1, row) ? 1 : chosen;
                    chosen = isBefore(order, arguments, 2, 0, row) ? 2 : chosen;
                }
                if (chosen == 0 || !toNull) {
                    target.copyFromSafe(arguments.row(chosen, row), row, arguments.vector(chosen));
                }
            }
            return errors.or(made.build());
        };
    }

    /** Whether both arguments have a value and that of {@code left} is before that of {@code right}. */
    private static boolean isBefore(CellOrder order, Arguments arguments, int left, int right, int row) {
        return !arguments.isAbsent(left, row)
                && !arguments.isAbsent(right, row)
                && order.compare(
                                arguments.vector(left),
                                arguments.row(left, row),
                                arguments.vector(right),
                                arguments.row(right, row))
                        < 0;
    }

    private static boolean isNan(FieldVector vector, int row) {
        return vector instanceof Float8Vector floats && Double.isNaN(floats.get(row));
    }

    /** The value furthest in the direction of {@code sign}; nulls are passed over, and any error is the result. */
    private static Kernel extreme(DataType type, int sign) {
        CellOrder order = CellOrder.of(type);
        return (arguments, target) -> {
            CellErrors errors = arguments.errors();
            for (int row = 0; row < arguments.rows(); row++) {
                if (errors.has(row)) {
                    continue;
                }
                int best = NOTHING;
                for (int argument = 0; argument < arguments.size(); argument++) {
                    if (arguments.isAbsent(argument, row)) {
                        continue;
                    }
                    if (best == NOTHING
                            || order.compare(
                                                    arguments.vector(argument),
                                                    arguments.row(argument, row),
                                                    arguments.vector(best),
                                                    arguments.row(best, row))
                                            * sign
                                    > 0) {
                        best = argument;
                    }
                }
                if (best != NOTHING) {
                    target.copyFromSafe(arguments.row(best, row), row, arguments.vector(best));
                }
            }
            return errors;
        };
    }
}
