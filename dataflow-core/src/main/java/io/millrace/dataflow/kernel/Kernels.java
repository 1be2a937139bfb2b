package io.millrace.dataflow.kernel;

import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.schema.DataType;

/** The kernel of each function of the catalog. */
final class Kernels {
    private Kernels() {}

    static Kernel of(TypedExpr.Call call) {
        return of(call.function(), call.arguments().get(0).type(), call.type());
    }

    private static Kernel of(Function function, DataType first, DataType result) {
        return switch (function) {
            case EQ -> Comparisons.of(first, false, true, false);
            case NE -> Comparisons.of(first, true, false, true);
            case LT -> Comparisons.of(first, true, false, false);
            case LE -> Comparisons.of(first, true, true, false);
            case GT -> Comparisons.of(first, false, false, true);
            case GE -> Comparisons.of(first, false, true, true);
            case IN -> Comparisons.in(first);
            case AND -> Logic.threeValued(0);
            case OR -> Logic.threeValued(1);
            case NOT -> Logic.not();
            case IS_NULL -> Logic.isNull();
            case IS_NOT_NULL -> Logic.isNotNull();
            case IS_ERROR -> Logic.isError();
            case COALESCE -> Logic.coalesce();
            case ADD -> Arithmetic.add(result);
            case SUBTRACT -> Arithmetic.subtract(result);
            case MULTIPLY -> Arithmetic.multiply(result);
            case DIVIDE -> Arithmetic.divide();
            case MOD -> Arithmetic.mod(result);
            case NEGATE -> Arithmetic.negate(result);
            case ABS -> Arithmetic.abs(result);
            case LOWER -> TextFunctions.lower();
            case UPPER -> TextFunctions.upper();
            case TRIM -> TextFunctions.trim();
            case LENGTH -> TextFunctions.length();
            case CONTAINS -> TextFunctions.contains();
            case STARTS_WITH -> TextFunctions.startsWith();
            case ENDS_WITH -> TextFunctions.endsWith();
            case REPLACE -> TextFunctions.replace();
            case BEFORE -> TextFunctions.before();
            case AFTER -> TextFunctions.after();
            case CONCAT -> TextFunctions.concat();
            case YEAR -> TimeFunctions.year(first);
            case MONTH -> TimeFunctions.month(first);
            case DAY -> TimeFunctions.day(first);
            case DAY_OF_WEEK -> TimeFunctions.dayOfWeek(first);
            case HOUR -> TimeFunctions.hour(first);
            case DAYS_BETWEEN -> TimeFunctions.daysBetween();
        };
    }
}
