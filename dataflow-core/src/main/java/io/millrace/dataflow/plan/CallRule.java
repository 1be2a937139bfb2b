package io.millrace.dataflow.plan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.expr.Expr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a call must be beyond the types of its arguments. Checked when the call is bound. */
@FunctionalInterface
interface CallRule {
    /** A rule that every call keeps to. */
    CallRule NONE = call -> {};

    /**
     * Checks a call whose arguments are converted.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT}
     */
    void check(Checked call);

    /** This rule and then another. */
    default CallRule and(CallRule other) {
        return call -> {
            check(call);
            other.check(call);
        };
    }

    /** The argument at {@code index} is a literal int64 from {@code least} to {@code most}. */
    static CallRule whole(int index, String role, long least, long most) {
        return call -> {
            long value = (Long) call.literal(index, role);
            if (value < least || value > most) {
                throw call.refusal(index, role, "it must be from " + least + " to " + most);
            }
        };
    }

    /** The argument at {@code index} is the name of a constant of an enum. */
    static CallRule oneOf(int index, String role, List<String> names) {
        return call -> {
            String value = (String) call.literal(index, role);
            if (!names.contains(value)) {
                throw call.refusal(index, role, "it must be one of " + String.join(", ", names));
            }
        };
    }

    /** A call as it was written, and its arguments as they were bound. */
    record Checked(Expr.Call written, List<TypedExpr> arguments) {
        int size() {
            return arguments.size();
        }

        /** The value of an argument, or null where it is no literal or the literal null. */
        @Nullable
        Object known(int index) {
            return arguments.get(index) instanceof TypedExpr.Constant constant ? constant.value() : null;
        }

        /** The value of an argument that must be a literal, and not null. */
        Object literal(int index, String role) {
            Object value = known(index);
            if (value == null) {
                throw refusal(index, role, "it must be a literal");
            }
            return value;
        }

        DataflowException refusal(int index, String role, String reason, String... details) {
            return DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot use " + written.arguments().get(index) + " as the " + role + " in " + written + ": "
                            + reason,
                    details);
        }
    }
}
