package io.millrace.dataflow.plan;

import static io.millrace.dataflow.plan.Signature.comparison;
import static io.millrace.dataflow.plan.Signature.sameType;
import static io.millrace.dataflow.plan.Signature.takes;

import io.millrace.dataflow.schema.DataTypes;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    /** The first argument, or null where it equals the second. */
    NULL_IF(Signature.sameTypes(2)),
    /** The first argument, or the second where the first is an error. */
    IF_ERROR(Signature.sameTypes(2)),
    /** The least of the arguments; nulls are passed over, any error is the result. */
    LEAST(sameType(1)),
    /** The greatest of the arguments; nulls are passed over, any error is the result. */
    GREATEST(sameType(1)),
    /** The first argument, or the nearest bound; a bound that is null does not bind, NaN stays. */
    CLIP(Signature.sameTypes(3), NumberRules::boundsInOrder),
    /** The first argument, or null outside of the bounds; a bound that is null does not bind, NaN stays. */
    CLIP_TO_NULL(Signature.sameTypes(3), NumberRules::boundsInOrder),
    /**
     * A number from 0 up to but not including 1 that follows from the seed and the row: from the file and record it came
     * from, and after a step that makes new rows from the content of all its columns. Never null.
     */
    ROW_RANDOM(Signature.seeded()),
    /** The sum; overflow is an error. */
    ADD(Signature.arithmetic()),
    /** The difference; overflow is an error. */
    SUBTRACT(Signature.arithmetic()),
    /** The product; overflow is an error. */
    MULTIPLY(Signature.arithmetic()),
    /** The quotient as float64; a zero divisor is an error. */
    DIVIDE(takes(DataTypes.FLOAT64, DataTypes.FLOAT64, DataTypes.FLOAT64)),
    /** The quotient rounded down to a whole number; a zero divisor is an error. */
    FLOOR_DIVIDE(Signature.arithmetic()),
    /** The remainder, with the sign of the dividend; a zero divisor is an error. */
    MOD(Signature.arithmetic()),
    /** The opposite; overflow is an error. */
    NEGATE(Signature.number()),
    /** The absolute value; overflow is an error. */
    ABS(Signature.number()),
    /** Rounded half up, away from zero, to so many decimals. */
    ROUND(Signature.widened(DataTypes.INT64), CallRule.whole(1, "number of decimals", -30, 30)),
    /** The greatest whole number that is not above. */
    FLOOR(Signature.widened()),
    /** The least whole number that is not below. */
    CEIL(Signature.widened()),
    /** Without what stands after the point. */
    TRUNCATE(Signature.widened()),
    /** -1, 0 or 1; NaN for NaN. */
    SIGN(Signature.widened()),
    /** The square root. */
    SQRT(Signature.reals(1)),
    /** The cube root. */
    CBRT(Signature.reals(1)),
    /** Euler's number to that power. */
    EXP(Signature.reals(1)),
    /** The natural logarithm. */
    LN(Signature.reals(1)),
    /** The logarithm to the base 10. */
    LOG10(Signature.reals(1)),
    /** The logarithm to the base 2. */
    LOG2(Signature.reals(1)),
    /** The natural logarithm of one more. */
    LOG1P(Signature.reals(1)),
    /** The first argument to the power of the second. */
    POWER(Signature.reals(2)),
    /** The sine of an angle in radians. */
    SIN(Signature.reals(1)),
    /** The cosine of an angle in radians. */
    COS(Signature.reals(1)),
    /** The tangent of an angle in radians. */
    TAN(Signature.reals(1)),
    /** The angle of a sine, in radians. */
    ASIN(Signature.reals(1)),
    /** The angle of a cosine, in radians. */
    ACOS(Signature.reals(1)),
    /** The angle of a tangent, in radians. */
    ATAN(Signature.reals(1)),
    /** The angle of the point (second, first), in radians. */
    ATAN2(Signature.reals(2)),
    /** The hyperbolic sine. */
    SINH(Signature.reals(1)),
    /** The hyperbolic cosine. */
    COSH(Signature.reals(1)),
    /** The hyperbolic tangent. */
    TANH(Signature.reals(1)),
    /** Radians as degrees. */
    DEGREES(Signature.reals(1)),
    /** Degrees as radians. */
    RADIANS(Signature.reals(1)),
    /** Whether it is NaN. */
    IS_NAN(takes(DataTypes.BOOL, DataTypes.FLOAT64)),
    /** Whether it is infinite. */
    IS_INFINITE(takes(DataTypes.BOOL, DataTypes.FLOAT64)),
    /** The bits that are set in both. */
    BIT_AND(takes(DataTypes.INT64, DataTypes.INT64, DataTypes.INT64)),
    /** The bits that are set in either. */
    BIT_OR(takes(DataTypes.INT64, DataTypes.INT64, DataTypes.INT64)),
    /** The bits that are set in one. */
    BIT_XOR(takes(DataTypes.INT64, DataTypes.INT64, DataTypes.INT64)),
    /** The bits that are not set. */
    BIT_NOT(takes(DataTypes.INT64, DataTypes.INT64)),
    /** The bits moved left by 0 to 63 places. */
    SHIFT_LEFT(takes(DataTypes.INT64, DataTypes.INT64, DataTypes.INT64)),
    /** The bits moved right by 0 to 63 places, the sign moving in. */
    SHIFT_RIGHT(takes(DataTypes.INT64, DataTypes.INT64, DataTypes.INT64)),
    /** Lower case by the root locale. */
    LOWER(takes(DataTypes.TEXT, DataTypes.TEXT)),
    /** Upper case by the root locale. */
    UPPER(takes(DataTypes.TEXT, DataTypes.TEXT)),
    /** The first letter in title case, the rest in lower case. */
    CAPITALIZE(Signature.text()),
    /** The first letter of each word in title case, the rest in lower case. */
    TITLE_CASE(Signature.text()),
    /** In a normal form of Unicode. */
    NORMALIZE(Signature.text(DataTypes.TEXT), CallRule.oneOf(1, "form", List.of("NFC", "NFD", "NFKC", "NFKD"))),
    /** Without Unicode white space, or the characters of the second argument, at both ends. */
    TRIM(Signature.text().or(Signature.text(DataTypes.TEXT))),
    /** As trim, at the start alone. */
    TRIM_START(Signature.text().or(Signature.text(DataTypes.TEXT))),
    /** As trim, at the end alone. */
    TRIM_END(Signature.text().or(Signature.text(DataTypes.TEXT))),
    /** Each run of Unicode white space as one space, and none at the ends. */
    COLLAPSE_WHITE_SPACE(Signature.text()),
    /** Filled up at the start to a length. */
    PAD_START(Signature.text(DataTypes.INT64, DataTypes.TEXT)),
    /** Filled up at the end to a length. */
    PAD_END(Signature.text(DataTypes.INT64, DataTypes.TEXT)),
    /** So many times one after the other. */
    REPEAT(Signature.text(DataTypes.INT64)),
    /** The code points from the last to the first. */
    REVERSE(Signature.text()),
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
    /** The code points from a start, at most so many. */
    SUBSTRING(Signature.text(DataTypes.INT64).or(Signature.text(DataTypes.INT64, DataTypes.INT64))),
    /** The first code points. */
    LEFT(Signature.text(DataTypes.INT64)),
    /** The last code points. */
    RIGHT(Signature.text(DataTypes.INT64)),
    /** The piece between separators at an index; null when there are not so many. */
    PART(Signature.text(DataTypes.TEXT, DataTypes.INT64)),
    /** The pieces from an index on, with their separators; null when there are not so many. */
    PARTS_FROM(Signature.text(DataTypes.TEXT, DataTypes.INT64)),
    /** How often the first text holds the second, without overlaps. */
    COUNT_OF(takes(DataTypes.INT64, DataTypes.TEXT, DataTypes.TEXT)),
    /** Where the second text first occurs in the first; null when it does not. */
    INDEX_OF(takes(DataTypes.INT64, DataTypes.TEXT, DataTypes.TEXT)),
    /** Whether a pattern fits all of the text. */
    MATCHES(takes(DataTypes.BOOL, DataTypes.TEXT, DataTypes.TEXT), PatternRules::pattern),
    /** Whether a pattern fits somewhere in the text. */
    CONTAINS_MATCH(takes(DataTypes.BOOL, DataTypes.TEXT, DataTypes.TEXT), PatternRules::pattern),
    /** What a group of a pattern's first match holds; null without a match. */
    EXTRACT(
            Signature.text(DataTypes.TEXT)
                    .or(Signature.text(DataTypes.TEXT, DataTypes.INT64))
                    .or(Signature.text(DataTypes.TEXT, DataTypes.TEXT)),
            ((CallRule) PatternRules::pattern).and(PatternRules::group)),
    /** What the named groups of a pattern's first match hold, as a struct; null without a match. */
    EXTRACT_GROUPS(new NestedSignatures.ExtractGroups(), PatternRules::pattern),
    /** The text with every match of a pattern replaced. */
    REPLACE_PATTERN(
            Signature.text(DataTypes.TEXT, DataTypes.TEXT),
            ((CallRule) PatternRules::pattern).and(PatternRules::replacement)),
    /** The number that a text is, with given marks; a misfit is an error. */
    TO_NUMBER(takes(DataTypes.FLOAT64, DataTypes.TEXT, DataTypes.TEXT, DataTypes.TEXT), PatternRules::marks),
    /** The truth value that a text means; a misfit is an error. */
    TO_BOOL(Signature.meanings(), PatternRules::meanings),
    /** The constant that stands beside a constant equal to the first argument, else null. */
    LOOK_UP(Signature.pairs(), TableRules::keys),
    /** The height at a place of the straight lines between points, that of the ends beyond them. */
    INTERPOLATE(Signature.points(), TableRules::points),
    /** One text after the other. */
    CONCAT(Signature.texts()),
    /** A list of its arguments, nulls among them. */
    LIST(new NestedSignatures.MakeList()),
    /** A struct of its arguments, which are names and values in turn; values may be null. */
    STRUCT(new NestedSignatures.MakeStruct()),
    /** The field of a struct whose name is the second argument. */
    FIELD(new NestedSignatures.Field()),
    /** The element of a list at a position from 0, or from -1 backwards; null when there is none. */
    ELEMENT(NestedSignatures.ofList(NestedSignatures.Gives.ELEMENT, DataTypes.INT64)),
    /** The number of elements, nulls among them. */
    LIST_LENGTH(NestedSignatures.ofList(NestedSignatures.Gives.INT64)),
    /** Whether some element of a list equals the second argument. */
    LIST_CONTAINS(NestedSignatures.listAndElement(DataTypes.BOOL)),
    /** The position from 0 of the first element that equals the second argument; null when there is none. */
    LIST_POSITION(NestedSignatures.listAndElement(DataTypes.INT64)),
    /** The elements from a position on, from 0 or backwards from -1, so many as the third argument says. */
    LIST_SLICE(NestedSignatures.ofList(NestedSignatures.Gives.LIST, DataTypes.INT64, DataTypes.INT64)),
    /** The elements of one list after those of the other. */
    LIST_CONCAT(NestedSignatures.lists()),
    /** The texts of the elements with a separator between them; nulls are passed over. */
    LIST_JOIN(NestedSignatures.ofList(NestedSignatures.Gives.TEXT, DataTypes.TEXT)),
    /** The first of each of the elements that equal each other, nulls too. */
    LIST_DISTINCT(NestedSignatures.ofList(NestedSignatures.Gives.LIST)),
    /** The elements from small to large, nulls first. */
    LIST_SORT(NestedSignatures.ofList(NestedSignatures.Gives.LIST)),
    /** The least element; nulls are passed over. */
    LIST_MIN(NestedSignatures.ofList(NestedSignatures.Gives.ELEMENT)),
    /** The greatest element; nulls are passed over. */
    LIST_MAX(NestedSignatures.ofList(NestedSignatures.Gives.ELEMENT)),
    /** The sum of the elements; nulls are passed over, overflow is an error. */
    LIST_SUM(NestedSignatures.sum()),
    /** The pieces of a text between separators, as a list. */
    SPLIT_LIST(takes(DataTypes.listOf(DataTypes.TEXT), DataTypes.TEXT, DataTypes.TEXT), NestedSignatures::separator),
    /** A text of JSON as a value of the type that the second argument names; what does not fit is an error. */
    PARSE_JSON(new NestedSignatures.ParseJson()),
    /** The JSON of a value. */
    TO_JSON(NestedSignatures.anyTo(DataTypes.TEXT)),
    /** The code of an error; null for a value and for null. */
    ERROR_CODE(NestedSignatures.anyTo(DataTypes.TEXT)),
    /** The original text of an error; null for a value and for null. */
    ERROR_TEXT(NestedSignatures.anyTo(DataTypes.TEXT)),
    /** An error with a code of the user's and a text. */
    ERROR(takes(DataTypes.TEXT, DataTypes.TEXT, DataTypes.TEXT), NestedSignatures::errorCode),
    /** The first argument where the second is true, otherwise an error whose code is the third. */
    ASSERT_THAT(NestedSignatures.assertion(), NestedSignatures::assertionCode),
    /** The year. */
    YEAR(TimeSignatures.part(), TimeRules.zone(1)),
    /** The quarter of the year, 1 to 4. */
    QUARTER(TimeSignatures.part(), TimeRules.zone(1)),
    /** The month, 1 to 12. */
    MONTH(TimeSignatures.part(), TimeRules.zone(1)),
    /** The year that the ISO week belongs to. */
    WEEK_YEAR(TimeSignatures.part(), TimeRules.zone(1)),
    /** The ISO week, 1 to 53. */
    WEEK(TimeSignatures.part(), TimeRules.zone(1)),
    /** The day of the year, 1 to 366. */
    DAY_OF_YEAR(TimeSignatures.part(), TimeRules.zone(1)),
    /** The day of the month, 1 to 31. */
    DAY(TimeSignatures.part(), TimeRules.zone(1)),
    /** Monday 1 to Sunday 7. */
    DAY_OF_WEEK(TimeSignatures.part(), TimeRules.zone(1)),
    /** The hour, 0 to 23; 0 for a date. */
    HOUR(TimeSignatures.part(), TimeRules.zone(1)),
    /** The minute, 0 to 59; 0 for a date. */
    MINUTE(TimeSignatures.part(), TimeRules.zone(1)),
    /** The second, 0 to 59; 0 for a date. */
    SECOND(TimeSignatures.part(), TimeRules.zone(1)),
    /** The microsecond of the second, 0 to 999999; 0 for a date. */
    MICROSECOND(TimeSignatures.part(), TimeRules.zone(1)),
    /** The start of the unit that it is in. */
    TRUNCATE_TO(TimeSignatures.sameTime(DataTypes.TEXT), TimeRules.unitOfDate(1).and(TimeRules.zone(2))),
    /** So many units later. */
    PLUS_UNITS(
            TimeSignatures.sameTime(DataTypes.INT64, DataTypes.TEXT),
            TimeRules.unitOfDate(2).and(TimeRules.zone(3))),
    /** Whole units from the first to the second. */
    UNITS_BETWEEN(TimeSignatures.between(), TimeRules.unit(2).and(TimeRules.zone(3))),
    /** Whole days from the first to the second, both as UTC days. */
    DAYS_BETWEEN(takes(DataTypes.INT64, DataTypes.DATE, DataTypes.DATE)),
    /** As text, by a pattern. */
    FORMAT_TIME(
            TimeSignatures.time(DataTypes.TEXT, DataTypes.TEXT),
            ((CallRule) TimeRules::printed).and(TimeRules.zone(2))),
    /** The date that a text is by the first pattern that fits; a misfit is an error. */
    PARSE_DATE(TimeSignatures.withPatterns(DataTypes.DATE, DataTypes.TEXT), TimeRules.parsed(1)),
    /** The instant that a text is in a zone, by the first pattern that fits; a misfit is an error. */
    PARSE_TIMESTAMP(
            TimeSignatures.withPatterns(DataTypes.TIMESTAMP, DataTypes.TEXT, DataTypes.TEXT),
            TimeRules.zone(1).and(TimeRules.parsed(2))),
    /** The day of a timestamp. */
    TO_DATE(
            takes(DataTypes.DATE, DataTypes.TIMESTAMP).or(takes(DataTypes.DATE, DataTypes.TIMESTAMP, DataTypes.TEXT)),
            TimeRules.zone(1)),
    /** The instant so many units after the start of 1970 in UTC. */
    FROM_UNIX(
            takes(DataTypes.TIMESTAMP, DataTypes.INT64, DataTypes.TEXT)
                    .or(takes(DataTypes.TIMESTAMP, DataTypes.FLOAT64, DataTypes.TEXT)),
            TimeRules.fixedUnit(1)),
    /** Whole units since the start of 1970 in UTC, rounded down. */
    TO_UNIX(takes(DataTypes.INT64, DataTypes.TIMESTAMP, DataTypes.TEXT), TimeRules.fixedUnit(1)),
    /** The date of a year, month and day. */
    DATE(takes(DataTypes.DATE, DataTypes.INT64, DataTypes.INT64, DataTypes.INT64)),
    /** The instant of a year, month, day, hour, minute and second. */
    TIMESTAMP(TimeSignatures.timestamp(), TimeRules.zone(6));

    private static final Set<Function> TOTAL = EnumSet.of(
            EQ,
            NE,
            LT,
            LE,
            GT,
            GE,
            IN,
            AND,
            OR,
            NOT,
            LOWER,
            UPPER,
            TRIM,
            TRIM_START,
            TRIM_END,
            LENGTH,
            CONTAINS,
            STARTS_WITH,
            ENDS_WITH,
            REPLACE,
            BEFORE,
            CONCAT,
            LEAST,
            GREATEST,
            IS_NAN,
            IS_INFINITE,
            BIT_AND,
            BIT_OR,
            BIT_XOR,
            BIT_NOT,
            LIST,
            STRUCT,
            LIST_LENGTH,
            LIST_CONTAINS,
            SPLIT_LIST,
            TO_JSON,
            COUNT_OF,
            REVERSE,
            COLLAPSE_WHITE_SPACE,
            CAPITALIZE,
            TITLE_CASE,
            NORMALIZE,
            YEAR,
            MONTH,
            DAY,
            DAY_OF_WEEK,
            HOUR,
            MINUTE,
            SECOND,
            MICROSECOND,
            QUARTER,
            WEEK_YEAR,
            WEEK,
            DAY_OF_YEAR,
            DAYS_BETWEEN);

    private static final Map<String, Function> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(Function::catalogName, function -> function));

    @SuppressWarnings("ImmutableEnumChecker") // signatures are lambdas over constants
    private final Signature signature;

    @SuppressWarnings("ImmutableEnumChecker") // rules are lambdas over constants
    private final CallRule rule;

    Function(Signature signature) {
        this(signature, CallRule.NONE);
    }

    Function(Signature signature, CallRule rule) {
        this.signature = signature;
        this.rule = rule;
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

    CallRule rule() {
        return rule;
    }

    /** Whether the result is a value wherever every argument is one. */
    boolean isTotal() {
        return TOTAL.contains(this);
    }
}
