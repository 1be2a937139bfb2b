package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.expr.Bytes;
import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.CellError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of expressions over one row. */
final class Evaluation {
    private final Row row;
    private final String step;

    /** @param step the step in whose name errors are made */
    Evaluation(Row row, String step) {
        this.row = row;
        this.step = step;
    }

    /** A value, null or a {@link CellError}. */
    @Nullable
    Object of(TypedExpr expression) {
        if (expression instanceof TypedExpr.Input input) {
            return row.cell(input.index());
        }
        if (expression instanceof TypedExpr.Constant constant) {
            return typed(constant.value(), constant.type());
        }
        if (expression instanceof TypedExpr.Cast cast) {
            return cast(cast);
        }
        if (expression instanceof TypedExpr.Case choice) {
            return choice(choice);
        }
        if (expression instanceof TypedExpr.Call call) {
            return call(call);
        }
        throw new NotInReference(expression.getClass().getSimpleName());
    }

    /** A value as its column has it: a decimal has the scale of its type. */
    static @Nullable Object typed(@Nullable Object value, DataType type) {
        if (value instanceof Bytes bytes) {
            return bytes.toArray();
        }
        return value instanceof BigDecimal decimal && type instanceof DataType.Decimal of
                ? decimal.setScale(of.scale())
                : value;
    }

    /** As {@link #of}, for what something is computed of. */
    private @Nullable Object argument(TypedExpr expression) {
        Object value = of(expression);
        Approximate.refuse(Collections.singletonList(value));
        return value;
    }

    private @Nullable Object choice(TypedExpr.Case choice) {
        for (TypedExpr.Case.Branch branch : choice.branches()) {
            Object condition = argument(branch.condition());
            if (condition instanceof CellError) {
                return condition;
            }
            if (Boolean.TRUE.equals(condition)) {
                return of(branch.value());
            }
        }
        return choice.otherwise().isPresent() ? of(choice.otherwise().get()) : null;
    }

    private @Nullable Object cast(TypedExpr.Cast cast) {
        Object value = argument(cast.input());
        if (value != null
                && !(value instanceof CellError)
                && cast.input().type().equals(cast.type())) {
            return value;
        }
        if (value == null || value instanceof CellError) {
            return value;
        }
        try {
            return Conversions.convert(value, cast.type());
        } catch (Wrong misfit) {
            return error(misfit.code(), CellWords.of(value));
        }
    }

    private @Nullable Object call(TypedExpr.Call call) {
        String name = call.function().catalogName();
        List<@Nullable Object> arguments = new ArrayList<>();
        call.arguments().forEach(argument -> arguments.add(argument(argument)));
        if (call.function() == Function.ROW_RANDOM) {
            return RowRandoms.of(arguments, row.record());
        }
        Functions.Body body = Functions.named(name);
        try {
            return body.apply(new Call(call, arguments));
        } catch (Wrong wrong) {
            String text = wrong.text();
            return error(wrong.code(), text == null ? CellWords.call(name, arguments) : text);
        }
    }

    private CellError error(CellError.Code code, String text) {
        return new CellError(code, text, "", row.record(), step);
    }
}
