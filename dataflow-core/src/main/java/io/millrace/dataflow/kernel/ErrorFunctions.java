package io.millrace.dataflow.kernel;

import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.CellError.Code;
import io.millrace.dataflow.table.CellErrors;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.VarCharVector;

/** Functions that make errors, and read them. */
final class ErrorFunctions {
    private ErrorFunctions() {}

    static Kernel code() {
        return part(error -> error.code().name());
    }

    static Kernel text() {
        return part(CellError::text);
    }

    /** A part of the error of an argument; null where it has none. */
    private static Kernel part(Function<CellError, String> part) {
        return (arguments, target) -> {
            for (int row = 0; row < arguments.rows(); row++) {
                Optional<CellError> error = arguments.error(0, row);
                if (error.isPresent()) {
                    byte[] text = part.apply(error.get()).getBytes(StandardCharsets.UTF_8);
                    ((VarCharVector) target).setSafe(row, text);
                }
            }
            return CellErrors.none();
        };
    }

    /** An error in every row; of a text that is null it has none, and one that is an error is the result. */
    static Kernel error() {
        return (arguments, target) -> {
            CellErrors.Builder made = CellErrors.builder();
            for (int row = 0; row < arguments.rows(); row++) {
                Code code = new Code(arguments.text(0, row));
                made.add(row, arguments.failure(code, arguments.isAbsent(1, row) ? "" : arguments.text(1, row), row));
            }
            return arguments.errors().or(made.build());
        };
    }

    static Kernel assertion() {
        return (arguments, target) -> {
            BitVector condition = (BitVector) arguments.vector(1);
            CellErrors.Builder made = CellErrors.builder();
            for (int row = 0; row < arguments.rows(); row++) {
                int i = arguments.row(1, row);
                if (!condition.isNull(i) && condition.get(i) != 0) {
                    NestedCells.copy(arguments.vector(0), arguments.row(0, row), target, row);
                } else {
                    Code code = new Code(arguments.text(2, row));
                    String text = arguments.isAbsent(0, row) ? "" : arguments.text(0, row);
                    made.add(row, arguments.failure(code, text, row));
                }
            }
            return arguments.errors().or(made.build());
        };
    }
}
