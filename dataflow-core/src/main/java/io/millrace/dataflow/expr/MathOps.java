package io.millrace.dataflow.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Operations on numbers. Each gives null for null. Those of float64 take any number, give NaN for NaN and an infinite
 * number beyond the range; a value for which there is no result is a {@code DOMAIN} error.
 */
public final class MathOps {
    private final Expr input;

    MathOps(Expr input) {
        this.input = input;
    }

    /** Rounded half up, away from zero, to a whole number of the same type. */
    public Expr round() {
        return round(0);
    }

    /**
     * Rounded half up, away from zero, to {@code decimals} places, -30 to 30. Keeps the type, but a decimal gets 38
     * digits. A float64 is taken as it is written: 2.675 gives 2.68. An int64 out of range is an {@code OVERFLOW} error.
     */
    public Expr round(int decimals) {
        return Expr.call("round", input, decimals);
    }

    /** The greatest whole number not above, in the same type. */
    public Expr floor() {
        return Expr.call("floor", input);
    }

    /** The least whole number not below, in the same type. */
    public Expr ceil() {
        return Expr.call("ceil", input);
    }

    /** Without what stands after the point, in the same type. */
    public Expr truncate() {
        return Expr.call("truncate", input);
    }

    /** -1, 0 or 1, in the same type; NaN for NaN. */
    public Expr sign() {
        return Expr.call("sign", input);
    }

    /** The square root. A negative number is a {@code DOMAIN} error. */
    public Expr sqrt() {
        return Expr.call("sqrt", input);
    }

    /** The cube root. */
    public Expr cbrt() {
        return Expr.call("cbrt", input);
    }

    /** Euler's number to the power of this. */
    public Expr exp() {
        return Expr.call("exp", input);
    }

    /** The natural logarithm. Zero and below is a {@code DOMAIN} error. */
    public Expr ln() {
        return Expr.call("ln", input);
    }

    /** The logarithm to the base 10. Zero and below is a {@code DOMAIN} error. */
    public Expr log10() {
        return Expr.call("log10", input);
    }

    /** The logarithm to the base 2, exact for powers of 2. Zero and below is a {@code DOMAIN} error. */
    public Expr log2() {
        return Expr.call("log2", input);
    }

    /** The natural logarithm of this plus 1, exact near 0. -1 and below is a {@code DOMAIN} error. */
    public Expr log1p() {
        return Expr.call("log1p", input);
    }

    /**
     * This to the power of {@code exponent}, a float64. A fractional power of a negative number is a {@code DOMAIN}
     * error, a negative power of 0 a {@code DIVISION_BY_ZERO} error.
     */
    public Expr power(Object exponent) {
        return Expr.call("power", input, exponent);
    }

    /** The sine of an angle in radians. An infinite angle is a {@code DOMAIN} error. */
    public Expr sin() {
        return Expr.call("sin", input);
    }

    /** The cosine of an angle in radians. An infinite angle is a {@code DOMAIN} error. */
    public Expr cos() {
        return Expr.call("cos", input);
    }

    /** The tangent of an angle in radians. An infinite angle is a {@code DOMAIN} error. */
    public Expr tan() {
        return Expr.call("tan", input);
    }

    /** The angle in radians whose sine this is. Beyond -1 to 1 it is a {@code DOMAIN} error. */
    public Expr asin() {
        return Expr.call("asin", input);
    }

    /** The angle in radians whose cosine this is. Beyond -1 to 1 it is a {@code DOMAIN} error. */
    public Expr acos() {
        return Expr.call("acos", input);
    }

    /** The angle in radians whose tangent this is. */
    public Expr atan() {
        return Expr.call("atan", input);
    }

    /** The angle in radians of the point ({@code x}, this). */
    public Expr atan2(Object x) {
        return Expr.call("atan2", input, x);
    }

    /** The hyperbolic sine. */
    public Expr sinh() {
        return Expr.call("sinh", input);
    }

    /** The hyperbolic cosine. */
    public Expr cosh() {
        return Expr.call("cosh", input);
    }

    /** The hyperbolic tangent. */
    public Expr tanh() {
        return Expr.call("tanh", input);
    }

    /** An angle in radians as degrees. */
    public Expr degrees() {
        return Expr.call("degrees", input);
    }

    /** An angle in degrees as radians. */
    public Expr radians() {
        return Expr.call("radians", input);
    }

    /**
     * This, or the nearest bound when it is beyond one. Of the common type of the three, which may be any type with an
     * order. A bound that is null does not bind, and NaN stays NaN. A lower bound above the upper one is refused when
     * both are literals, else a {@code DOMAIN} error.
     */
    public Expr clip(@Nullable Object lower, @Nullable Object upper) {
        return Expr.call("clip", input, Expr.lit(lower), Expr.lit(upper));
    }

    /** This, or null when it is beyond a bound; otherwise as {@link #clip}. */
    public Expr clipToNull(@Nullable Object lower, @Nullable Object upper) {
        return Expr.call("clip_to_null", input, Expr.lit(lower), Expr.lit(upper));
    }

    /**
     * The height at this place of the straight lines between points, as float64; beyond the points that of the first or
     * the last one. NaN stays NaN. Never falls where the heights do not.
     *
     * @param points finite heights by finite places, at least one
     */
    public Expr interpolate(SortedMap<Double, Double> points) {
        List<Object> arguments = new ArrayList<>(List.of(input));
        points.forEach((place, height) -> {
            arguments.add(place);
            arguments.add(height);
        });
        return Expr.call("interpolate", arguments.toArray());
    }

    /** Whether it is NaN. */
    public Expr isNan() {
        return Expr.call("is_nan", input);
    }

    /** Whether it is infinite. */
    public Expr isInfinite() {
        return Expr.call("is_infinite", input);
    }

    /** The bits that are set in this and in {@code other}, of int64. */
    public Expr bitAnd(Object other) {
        return Expr.call("bit_and", input, other);
    }

    /** The bits that are set in this or in {@code other}, of int64. */
    public Expr bitOr(Object other) {
        return Expr.call("bit_or", input, other);
    }

    /** The bits that are set in one of this and {@code other}, of int64. */
    public Expr bitXor(Object other) {
        return Expr.call("bit_xor", input, other);
    }

    /** The bits that are not set, of int64. */
    public Expr bitNot() {
        return Expr.call("bit_not", input);
    }

    /** The bits moved left. A {@code distance} other than 0 to 63 is a {@code DOMAIN} error. */
    public Expr shiftLeft(Object distance) {
        return Expr.call("shift_left", input, distance);
    }

    /** The bits moved right, the sign moving in. A {@code distance} other than 0 to 63 is a {@code DOMAIN} error. */
    public Expr shiftRight(Object distance) {
        return Expr.call("shift_right", input, distance);
    }
}
