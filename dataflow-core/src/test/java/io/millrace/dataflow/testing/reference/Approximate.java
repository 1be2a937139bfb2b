package io.millrace.dataflow.testing.reference;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A float64 whose last digits depend on the order of additions, which is left open. It may be a cell of a result; what a plan
 * goes on to compute of it is not known.
 *
 * @param tolerance how far from it a result may be; infinite for any number
 */
public record Approximate(double value, double tolerance) {
    /** Any number: powers or sums of the values are beyond the range of float64. */
    static final Approximate ANY = new Approximate(Double.NaN, Double.POSITIVE_INFINITY);

    /** Whether a cell is the number, as far as it is known. */
    public boolean accepts(@Nullable Object cell) {
        if (!(cell instanceof Double number)) {
            return false;
        }
        return tolerance == Double.POSITIVE_INFINITY
                || (Double.isNaN(value) ? Double.isNaN(number) : number == value)
                || Math.abs(number - value) <= tolerance;
    }

    static void refuse(List<@Nullable Object> cells) {
        for (Object cell : cells) {
            if (cell instanceof Approximate) {
                throw new NotInReference("what is computed of an approximate number");
            }
        }
    }
}
