package io.millrace.dataflow.kernel;

import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.CellErrors;
import java.util.Optional;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;

/** Truth values, questions about null and error, and choices. */
final class Logic {
    private static final int NOTHING = -1;

    private Logic() {}

    /** Conjunction when {@code decisive} is 0, disjunction when it is 1: that value on either side decides. */
    static Kernel threeValued(int decisive) {
        return (arguments, target) -> {
            BitVector left = (BitVector) arguments.vector(0);
            BitVector right = (BitVector) arguments.vector(1);
            BitVector result = (BitVector) target;
            CellErrors errors = arguments.errors();
            for (int row = 0; row < arguments.rows(); row++) {
                int i = arguments.row(0, row);
                int j = arguments.row(1, row);
                boolean leftNull = left.isNull(i);
                boolean rightNull = right.isNull(j);
                if ((leftNull || rightNull) && errors.has(row)) {
                    continue;
                }
                if ((!leftNull && left.get(i) == decisive) || (!rightNull && right.get(j) == decisive)) {
                    result.set(row, decisive);
                } else if (!leftNull && !rightNull) {
                    result.set(row, 1 - decisive);
                }
            }
            return errors;
        };
    }

    static Kernel not() {
        return (arguments, target) -> {
            BitVector input = (BitVector) arguments.vector(0);
            BitVector result = (BitVector) target;
            for (int row = 0; row < arguments.rows(); row++) {
                int i = arguments.row(0, row);
                if (!input.isNull(i)) {
                    result.set(row, 1 - input.get(i));
                }
            }
            return arguments.errors();
        };
    }

    static Kernel isNull() {
        return (arguments, target) -> {
            CellErrors errors = arguments.errors();
            BitVector result = (BitVector) target;
            for (int row = 0; row < arguments.rows(); row++) {
                result.set(row, arguments.isAbsent(0, row) && !errors.has(row) ? 1 : 0);
            }
            return CellErrors.none();
        };
    }

    static Kernel isNotNull() {
        return (arguments, target) -> {
            BitVector result = (BitVector) target;
            for (int row = 0; row < arguments.rows(); row++) {
                result.set(row, arguments.isAbsent(0, row) ? 0 : 1);
            }
            return CellErrors.none();
        };
    }

    static Kernel isError() {
        return (arguments, target) -> {
            CellErrors errors = arguments.errors();
            BitVector result = (BitVector) target;
            for (int row = 0; row < arguments.rows(); row++) {
                result.set(row, errors.has(row) ? 1 : 0);
            }
            return CellErrors.none();
        };
    }

    /** The first argument that is a value or an error. */
    static Kernel coalesce() {
        return (arguments, target) -> {
            CellErrors.Builder errors = CellErrors.builder();
            for (int row = 0; row < arguments.rows(); row++) {
                for (int argument = 0; argument < arguments.size(); argument++) {
                    if (take(arguments, argument, row, target, errors)) {
                        break;
                    }
                }
            }
            return errors.build();
        };
    }

    /**
     * A choice. The arguments are a condition and a value for each branch, then the value for the other rows if there
     * is one. The conditions are asked in order up to the first that is true; an error among those is the result.
     */
    static Kernel choice() {
        return (arguments, target) -> {
            CellErrors.Builder errors = CellErrors.builder();
            for (int row = 0; row < arguments.rows(); row++) {
                int chosen = chosen(arguments, row);
                if (chosen != NOTHING) {
                    take(arguments, chosen, row, target, errors);
                }
            }
            return errors.build();
        };
    }

    /** The argument that decides a row: a value, or a condition with an error. */
    private static int chosen(Arguments arguments, int row) {
        int argument = 0;
        for (; argument + 1 < arguments.size(); argument += 2) {
            BitVector condition = (BitVector) arguments.vector(argument);
            int i = arguments.row(argument, row);
            if (!condition.isNull(i)) {
                if (condition.get(i) != 0) {
                    return argument + 1;
                }
            } else if (arguments.error(argument, row).isPresent()) {
                return argument;
            }
        }
        return argument < arguments.size() ? argument : NOTHING;
    }

    /** Copies a value or an error into the result; false for a null. */
    static boolean take(Arguments arguments, int argument, int row, FieldVector target, CellErrors.Builder errors) {
        if (!arguments.isAbsent(argument, row)) {
            target.copyFromSafe(arguments.row(argument, row), row, arguments.vector(argument));
            return true;
        }
        Optional<CellError> error = arguments.error(argument, row);
        error.ifPresent(each -> errors.add(row, each));
        return error.isPresent();
    }
}
