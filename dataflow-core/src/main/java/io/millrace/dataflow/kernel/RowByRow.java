package io.millrace.dataflow.kernel;

import io.millrace.dataflow.table.CellError.Code;
import io.millrace.dataflow.table.CellErrors;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Kernels that compute one row after the other, where every argument has a value. */
final class RowByRow {
    private RowByRow() {}

    /** Computes one row. */
    @FunctionalInterface
    interface Body {
        /** Writes the value of the row, or leaves it null; what is wrong with it, or null. */
        @Nullable
        Code apply(Arguments arguments, int row, FieldVector target);
    }

    /** Says in an error what was computed, or from which text. */
    @FunctionalInterface
    interface Offender {
        String text(Arguments arguments, int row);
    }

    /** A kernel whose errors show the call: {@code sqrt(-1.0)}. */
    static Kernel of(String name, Body body) {
        return of(body, (arguments, row) -> call(name, arguments, row));
    }

    /** A kernel whose errors show the text that the first argument is. */
    static Kernel ofText(Body body) {
        return of(body, (arguments, row) -> arguments.text(0, row));
    }

    private static Kernel of(Body body, Offender offender) {
        return (arguments, target) -> {
            CellErrors.Builder made = CellErrors.builder();
            for (int row = 0; row < arguments.rows(); row++) {
                if (arguments.arePresent(row)) {
                    Code wrong = body.apply(arguments, row, target);
                    if (wrong != null) {
                        made.add(row, arguments.failure(wrong, offender.text(arguments, row), row));
                    }
                }
            }
            return arguments.errors().or(made.build());
        };
    }

    /** A call as messages show it, with its arguments in that row. */
    static String call(String name, Arguments arguments, int row) {
        StringBuilder text = new StringBuilder(name).append('(');
        for (int argument = 0; argument < arguments.size(); argument++) {
            text.append(argument == 0 ? "" : ", ");
            text.append(arguments.isAbsent(argument, row) ? "null" : arguments.text(argument, row));
        }
        return text.append(')').toString();
    }
}
