package io.millrace.dataflow.kernel;

import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.schema.DataType;

/** The kernel of each function of the catalog. */
final class Kernels {
    private Kernels() {}

    static Kernel of(TypedExpr.Call call) {
        return of(call.function(), call, call.arguments().get(0).type(), call.type());
    }

    private static Kernel of(Function function, TypedExpr.Call call, DataType first, DataType result) {
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
            case NULL_IF -> Choices.nullIf(first);
            case IF_ERROR -> Choices.ifError();
            case LEAST -> Choices.least(first);
            case GREATEST -> Choices.greatest(first);
            case CLIP -> Choices.clip(first);
            case CLIP_TO_NULL -> Choices.clipToNull(first);
            case ROW_RANDOM -> new RowRandom();
            case ADD -> Arithmetic.add(result);
            case SUBTRACT -> Arithmetic.subtract(result);
            case MULTIPLY -> Arithmetic.multiply(result);
            case DIVIDE -> Arithmetic.divide();
            case FLOOR_DIVIDE -> Arithmetic.floorDivide(result);
            case MOD -> Arithmetic.mod(result);
            case NEGATE -> Arithmetic.negate(result);
            case ABS -> Arithmetic.abs(result);
            case ROUND -> Rounding.round(call);
            case FLOOR -> Rounding.floor(call);
            case CEIL -> Rounding.ceil(call);
            case TRUNCATE -> Rounding.truncate(call);
            case SIGN -> Rounding.sign(call);
            case SQRT -> RealFunctions.sqrt();
            case CBRT -> RealFunctions.cbrt();
            case EXP -> RealFunctions.exp();
            case LN -> RealFunctions.ln();
            case LOG10 -> RealFunctions.log10();
            case LOG2 -> RealFunctions.log2();
            case LOG1P -> RealFunctions.log1p();
            case POWER -> RealFunctions.power();
            case SIN -> RealFunctions.sin();
            case COS -> RealFunctions.cos();
            case TAN -> RealFunctions.tan();
            case ASIN -> RealFunctions.asin();
            case ACOS -> RealFunctions.acos();
            case ATAN -> RealFunctions.atan();
            case ATAN2 -> RealFunctions.atan2();
            case SINH -> RealFunctions.sinh();
            case COSH -> RealFunctions.cosh();
            case TANH -> RealFunctions.tanh();
            case DEGREES -> RealFunctions.degrees();
            case RADIANS -> RealFunctions.radians();
            case IS_NAN -> RealFunctions.isNan();
            case IS_INFINITE -> RealFunctions.isInfinite();
            case BIT_AND -> Bits.and();
            case BIT_OR -> Bits.or();
            case BIT_XOR -> Bits.xor();
            case BIT_NOT -> Bits.not();
            case SHIFT_LEFT -> Bits.shiftLeft();
            case SHIFT_RIGHT -> Bits.shiftRight();
            case LOWER -> TextFunctions.lower();
            case UPPER -> TextFunctions.upper();
            case CAPITALIZE -> TextForms.capitalize();
            case TITLE_CASE -> TextForms.titleCase();
            case NORMALIZE -> TextForms.normalize(call);
            case TRIM -> TextForms.trim(call);
            case TRIM_START -> TextForms.trimStart(call);
            case TRIM_END -> TextForms.trimEnd(call);
            case COLLAPSE_WHITE_SPACE -> TextForms.collapseWhiteSpace();
            case PAD_START -> TextForms.padStart();
            case PAD_END -> TextForms.padEnd();
            case REPEAT -> TextForms.repeat();
            case REVERSE -> TextForms.reverse();
            case LENGTH -> TextFunctions.length();
            case CONTAINS -> TextFunctions.contains();
            case STARTS_WITH -> TextFunctions.startsWith();
            case ENDS_WITH -> TextFunctions.endsWith();
            case REPLACE -> TextFunctions.replace();
            case BEFORE -> TextFunctions.before();
            case AFTER -> TextFunctions.after();
            case SUBSTRING -> TextParts.substring();
            case LEFT -> TextParts.left();
            case RIGHT -> TextParts.right();
            case PART -> TextParts.part();
            case PARTS_FROM -> TextParts.partsFrom();
            case COUNT_OF -> TextParts.countOf();
            case INDEX_OF -> TextParts.indexOf();
            case MATCHES -> Patterns.matches(call);
            case CONTAINS_MATCH -> Patterns.containsMatch(call);
            case EXTRACT -> Patterns.extract(call);
            case REPLACE_PATTERN -> Patterns.replacePattern(call);
            case TO_NUMBER -> TextReading.toNumber(call);
            case TO_BOOL -> TextReading.toBool(call);
            case CONCAT -> TextFunctions.concat();
            case YEAR -> TimeFunctions.year(call);
            case QUARTER -> TimeFunctions.quarter(call);
            case MONTH -> TimeFunctions.month(call);
            case WEEK_YEAR -> TimeFunctions.weekYear(call);
            case WEEK -> TimeFunctions.week(call);
            case DAY_OF_YEAR -> TimeFunctions.dayOfYear(call);
            case DAY -> TimeFunctions.day(call);
            case DAY_OF_WEEK -> TimeFunctions.dayOfWeek(call);
            case HOUR -> TimeFunctions.hour(call);
            case MINUTE -> TimeFunctions.minute(call);
            case SECOND -> TimeFunctions.second(call);
            case MICROSECOND -> TimeFunctions.microsecond(call);
            case TRUNCATE_TO -> TimeShifts.truncate(call);
            case PLUS_UNITS -> TimeShifts.plus(call);
            case UNITS_BETWEEN -> TimeShifts.between(call);
            case DAYS_BETWEEN -> TimeFunctions.daysBetween();
            case FORMAT_TIME -> TimeFormats.format(call);
            case PARSE_DATE -> TimeFormats.parseDate(call);
            case PARSE_TIMESTAMP -> TimeFormats.parseTimestamp(call);
            case TO_DATE -> TimeMaking.toDate(call);
            case FROM_UNIX -> TimeMaking.fromUnix(call);
            case TO_UNIX -> TimeMaking.toUnix(call);
            case DATE -> TimeMaking.date();
            case TIMESTAMP -> TimeMaking.timestamp(call);
        };
    }
}
