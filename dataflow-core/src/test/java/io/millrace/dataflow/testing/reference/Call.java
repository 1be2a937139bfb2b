package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.table.CellError;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A call and its arguments in one row. */
record Call(TypedExpr.Call written, List<@Nullable Object> arguments) {
    int size() {
        return arguments.size();
    }

    @Nullable
    Object cell(int index) {
        return arguments.get(index);
    }

    Object value(int index) {
        return Objects.requireNonNull(arguments.get(index));
    }

    String text(int index) {
        return (String) value(index);
    }

    long whole(int index) {
        return (Long) value(index);
    }

    double real(int index) {
        return (Double) value(index);
    }

    BigDecimal decimal(int index) {
        return (BigDecimal) value(index);
    }

    boolean truth(int index) {
        return (Boolean) value(index);
    }

    /** The first argument that is an error, or null. */
    @Nullable
    CellError firstError() {
        for (Object argument : arguments) {
            if (argument instanceof CellError error) {
                return error;
            }
        }
        return null;
    }

    boolean hasNull() {
        return arguments.stream().anyMatch(Objects::isNull);
    }
}
