package io.millrace.dataflow.kernel;

import io.millrace.dataflow.expr.UserFunction;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.TypedExpr;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the user functions of a row program. */
final class UserCalls {
    private UserCalls() {}

    static List<UserFunction> of(List<RowProgram.Instruction> instructions) {
        Set<UserFunction> found = new LinkedHashSet<>();
        Set<TypedExpr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<TypedExpr> open = new ArrayDeque<>();
        for (RowProgram.Instruction instruction : instructions) {
            if (instruction.operator() instanceof Operator.Project project) {
                open.addAll(project.changedColumns());
            } else if (instruction.operator() instanceof Operator.Filter filter) {
                open.add(filter.predicate());
            }
        }
        while (!open.isEmpty()) {
            TypedExpr expression = open.remove();
            if (seen.add(expression)) {
                if (expression instanceof TypedExpr.Apply apply) {
                    found.add(apply.function());
                }
                open.addAll(expression.arguments());
            }
        }
        return List.copyOf(found);
    }
}
