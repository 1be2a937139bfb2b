package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the rules ask of expressions. */
final class ExprFacts {
    /** Functions that cost about as much as looking at a row. */
    private static final Set<Function> CHEAP = EnumSet.of(
            Function.EQ,
            Function.NE,
            Function.LT,
            Function.LE,
            Function.GT,
            Function.GE,
            Function.IN,
            Function.AND,
            Function.OR,
            Function.NOT,
            Function.IS_NULL,
            Function.IS_NOT_NULL,
            Function.IS_ERROR);

    private ExprFacts() {}

    /** Whether it calls a user's function, of which nothing is known. */
    static boolean callsUser(TypedExpr root) {
        return !isPassed(root) && ExprTree.parts(root).stream().anyMatch(TypedExpr.Apply.class::isInstance);
    }

    /** Whether a part, its own parts aside, follows from the values it is given and from nothing else. */
    static boolean isPure(TypedExpr part) {
        return !(part instanceof TypedExpr.Apply) && !isCall(part, Function.ROW_RANDOM);
    }

    /** Whether a part tells apart errors of one text, which are equal as keys. */
    static boolean tellsErrorsApart(TypedExpr part) {
        return isCall(part, Function.ERROR_CODE);
    }

    private static boolean isCall(TypedExpr part, Function function) {
        return part instanceof TypedExpr.Call call && call.function() == function;
    }

    /** Whether it is a column as it is, or a constant: nothing is computed. */
    static boolean isPassed(TypedExpr expression) {
        return expression instanceof TypedExpr.Input || expression instanceof TypedExpr.Constant;
    }

    /** Whether it costs about as much as looking at the row. */
    static boolean isCheap(TypedExpr root) {
        return ExprTree.parts(root).stream()
                .allMatch(part ->
                        isPassed(part) || (part instanceof TypedExpr.Call call && CHEAP.contains(call.function())));
    }

    /** Whether values of the type that are equal as keys are one value, so that nothing tells them apart. */
    static boolean isOneValue(DataType type) {
        return type.equals(DataTypes.BOOL)
                || type.equals(DataTypes.INT64)
                || type.equals(DataTypes.TEXT)
                || type.equals(DataTypes.DATE)
                || type.equals(DataTypes.TIMESTAMP)
                || type instanceof DataType.Decimal;
    }

    /** The conditions that {@code predicate} joins by "and", in order. A row is kept when all of them are true. */
    static List<TypedExpr> conditions(TypedExpr predicate) {
        List<TypedExpr> conditions = new ArrayList<>();
        Deque<TypedExpr> open = new ArrayDeque<>();
        open.push(predicate);
        while (!open.isEmpty()) {
            TypedExpr top = open.pop();
            if (top instanceof TypedExpr.Call call && call.function() == Function.AND) {
                for (int i = call.arguments().size() - 1; i >= 0; i--) {
                    open.push(call.arguments().get(i));
                }
            } else {
                conditions.add(top);
            }
        }
        return conditions;
    }

    /** The conditions joined by "and"; there is at least one. Its depth grows by the logarithm of their number. */
    static TypedExpr all(List<TypedExpr> conditions) {
        List<TypedExpr> level = conditions;
        while (level.size() > 1) {
            List<TypedExpr> next = new ArrayList<>();
            for (int i = 0; i + 1 < level.size(); i += 2) {
                TypedExpr left = level.get(i);
                TypedExpr right = level.get(i + 1);
                next.add(new TypedExpr.Call(
                        Function.AND, List.of(left, right), DataTypes.BOOL, left.nullable() || right.nullable()));
            }
            if (level.size() % 2 == 1) {
                next.add(level.get(level.size() - 1));
            }
            level = next;
        }
        return level.get(0);
    }
}
