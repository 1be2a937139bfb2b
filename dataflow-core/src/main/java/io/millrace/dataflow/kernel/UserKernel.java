package io.millrace.dataflow.kernel;

import io.millrace.dataflow.expr.Literals;
import io.millrace.dataflow.expr.Row;
import io.millrace.dataflow.expr.UserFunction;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.ArrowTypes;
import io.millrace.dataflow.table.CellError.Code;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Calls a user's function for each row. */
final class UserKernel {
    private UserKernel() {}

    static Kernel of(TypedExpr.Apply apply) {
        UserFunction function = apply.function();
        DataType type = function.type();
        List<String> names = apply.names();
        return (arguments, target) -> {
            CellErrors errors = arguments.errors();
            CellErrors.Builder made = CellErrors.builder();
            for (int row = 0; row < arguments.rows(); row++) {
                if (!errors.has(row)) {
                    String wrong = call(function, type, new Given(names, arguments, row), target, row);
                    if (wrong != null) {
                        made.add(row, arguments.failure(Code.USER_FUNCTION, function.name() + ": " + wrong, row));
                    }
                }
            }
            return errors.or(made.build());
        };
    }

    /** Writes what the function gives; what is wrong with it, or null. */
    private static @Nullable String call(UserFunction function, DataType type, Row given, FieldVector target, int row) {
        Object value;
        try {
            value = Literals.normalised(function.body().apply(given));
        } catch (Exception | StackOverflowError thrown) {
            return message(thrown);
        }
        if (value == null) {
            return null;
        }
        // A value is judged on its own first, so that nothing of one that does not fit is left in the target.
        try (Cells alone = CellValues.of(type, Collections.singletonList(value), target.getAllocator())) {
            NestedCells.copy(alone.values(), 0, target, row);
            return null;
        } catch (IllegalArgumentException | ArithmeticException notOfTheType) {
            return message(notOfTheType);
        }
    }

    private static String message(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? thrown.getClass().getName() : message;
    }

    private record Given(List<String> names, Arguments arguments, int row) implements Row {
        @Override
        public @Nullable Object value(String name) {
            int argument = names.indexOf(name);
            if (argument < 0) {
                throw new IllegalArgumentException("the function was not given column '" + name + "'");
            }
            return ArrowTypes.value(arguments.type(argument), arguments.vector(argument), arguments.row(argument, row));
        }
    }
}
