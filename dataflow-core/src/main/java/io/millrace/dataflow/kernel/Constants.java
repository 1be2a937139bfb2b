package io.millrace.dataflow.kernel;

import io.millrace.dataflow.plan.TypedExpr;
import java.util.Objects;

/** The arguments of a call that are literals, which the binder has seen to. A kernel reads them once, when it is made. */
final class Constants {
    private Constants() {}

    static long int64(TypedExpr.Call call, int argument) {
        return (Long) value(call, argument);
    }

    static String text(TypedExpr.Call call, int argument) {
        return (String) value(call, argument);
    }

    /** The value of an argument that is a literal and not null. */
    static Object value(TypedExpr.Call call, int argument) {
        if (call.arguments().get(argument) instanceof TypedExpr.Constant constant) {
            return Objects.requireNonNull(constant.value());
        }
        throw new IllegalArgumentException(
                "argument " + argument + " of " + call.function().catalogName() + " is no literal");
    }
}
