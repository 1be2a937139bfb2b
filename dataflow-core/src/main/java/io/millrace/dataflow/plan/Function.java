package io.millrace.dataflow.plan;

import static io.millrace.dataflow.plan.Signature.comparison;
import static io.millrace.dataflow.plan.Signature.sameType;
import static io.millrace.dataflow.plan.Signature.takes;

import io.millrace.dataflow.schema.DataTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The catalog of functions. Each has one kernel, one line in {@code docs/semantics.md} and one contract test. Unless
 * said otherwise a null argument gives null, and an error argument gives that error.
 */
public enum Function {
    /** Equality. NaN equals NaN, and -0.0 equals 0.0. */
    EQ(comparison()),
    /** Inequality. */
    NE(comparison()),
    /** Less than. */
    LT(comparison()),
    /** At most. */
    LE(comparison()),
    /** Greater than. */
    GT(comparison()),
    /** At least. */
    GE(comparison()),
    /** Whether the first argument equals one of the others. Null among the others matches nothing. */
    IN(Signature.membership()),
    /** Three-valued conjunction. */
    AND(takes(DataTypes.BOOL, DataTypes.BOOL, DataTypes.BOOL)),
    /** Three-valued disjunction. */
    OR(takes(DataTypes.BOOL, DataTypes.BOOL, DataTypes.BOOL)),
    /** Negation. */
    NOT(takes(DataTypes.BOOL, DataTypes.BOOL)),
    /** Whether the argument is null; an error is not. Never null. */
    IS_NULL(Signature.predicate()),
    /** Whether the argument is neither null nor an error. Never null. */
    IS_NOT_NULL(Signature.predicate()),
    /** Whether the argument is an error. Never null. */
    IS_ERROR(Signature.predicate()),
    /** The first argument that is not null; an error before it is the result. */
    COALESCE(sameType(1)),
    /** The sum; overflow is an error. */
    ADD(Signature.arithmetic()),
    /** The difference; overflow is an error. */
    SUBTRACT(Signature.arithmetic()),
    /** The product; overflow is an error. */
    MULTIPLY(Signature.arithmetic()),
    /** The quotient as float64; a zero divisor is an error. */
    DIVIDE(takes(DataTypes.FLOAT64, DataTypes.FLOAT64, DataTypes.FLOAT64)),
    /** The remainder, with the sign of the dividend; a zero divisor is an error. */
    MOD(Signature.arithmetic()),
    /** The opposite; overflow is an error. */
    NEGATE(Signature.number()),
    /** The absolute value; overflow is an error. */
    ABS(Signature.number()),
    /** Lower case by the root locale. */
    LOWER(takes(DataTypes.TEXT, DataTypes.TEXT)),
    /** Upper case by the root locale. */
    UPPER(takes(DataTypes.TEXT, DataTypes.TEXT)),
    /** Without Unicode white space at both ends. */
    TRIM(takes(DataTypes.TEXT, DataTypes.TEXT)),
    /** The number of code points. */
    LENGTH(takes(DataTypes.INT64, DataTypes.TEXT)),
    /** Whether the first text holds the second. */
    CONTAINS(takes(DataTypes.BOOL, DataTypes.TEXT, DataTypes.TEXT)),
    /** Whether the first text begins with the second. */
    STARTS_WITH(takes(DataTypes.BOOL, DataTypes.TEXT, DataTypes.TEXT)),
    /** Whether the first text ends with the second. */
    ENDS_WITH(takes(DataTypes.BOOL, DataTypes.TEXT, DataTypes.TEXT)),
    /** The first text with every occurrence of the second replaced by the third; an empty second changes nothing. */
    REPLACE(takes(DataTypes.TEXT, DataTypes.TEXT, DataTypes.TEXT, DataTypes.TEXT)),
    /** What stands before the first separator; all of it when there is none. */
    BEFORE(takes(DataTypes.TEXT, DataTypes.TEXT, DataTypes.TEXT)),
    /** What stands after the first separator; null when there is none. */
    AFTER(takes(DataTypes.TEXT, DataTypes.TEXT, DataTypes.TEXT)),
    /** One text after the other. */
    CONCAT(Signature.texts()),
    /** The year. */
    YEAR(Signature.timePart()),
    /** The month, 1 to 12. */
    MONTH(Signature.timePart()),
    /** The day of the month, 1 to 31. */
    DAY(Signature.timePart()),
    /** Monday 1 to Sunday 7. */
    DAY_OF_WEEK(Signature.timePart()),
    /** The hour, 0 to 23; 0 for a date. */
    HOUR(Signature.timePart()),
    /** Whole days from the first to the second, both as UTC days. */
    DAYS_BETWEEN(takes(DataTypes.INT64, DataTypes.DATE, DataTypes.DATE));

    private static final Map<String, Function> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(Function::catalogName, function -> function));

    @SuppressWarnings("ImmutableEnumChecker") // signatures are lambdas over constants
    private final Signature signature;

    Function(Signature signature) {
        this.signature = signature;
    }

    /** The function of this name, or empty. */
    public static Optional<Function> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Every name, in the order of the catalog. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Function::catalogName).toList();
    }

    /** The name in expressions and saved plans, in lower snake case. */
    public String catalogName() {
        return name().toLowerCase(Locale.ROOT);
    }

    Signature signature() {
        return signature;
    }
}
