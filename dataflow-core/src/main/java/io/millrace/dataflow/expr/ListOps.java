package io.millrace.dataflow.expr;

import org.jspecify.annotations.Nullable;

/**
 * Operations on lists. Each gives null for null. Positions count from 0, negative ones backwards from -1, the last
 * element. Elements are compared as columns are: NaN equals NaN, text goes by its UTF-8 bytes.
 */
public final class ListOps {
    private final Expr input;

    ListOps(Expr input) {
        this.input = input;
    }

    /** The element at a position; null when there is none. */
    public Expr element(Object position) {
        return Expr.call("element", input, position);
    }

    /** The number of elements, nulls among them, an int64. */
    public Expr length() {
        return Expr.call("list_length", input);
    }

    /** Whether some element equals {@code value}; null elements equal nothing. */
    public Expr contains(@Nullable Object value) {
        return Expr.call("list_contains", input, Expr.lit(value));
    }

    /** The position of the first element that equals {@code value}; null when there is none. */
    public Expr position(@Nullable Object value) {
        return Expr.call("list_position", input, Expr.lit(value));
    }

    /** The elements from position {@code from} to the end. */
    public Expr slice(Object from) {
        return slice(from, Long.MAX_VALUE);
    }

    /** At most {@code count} elements from position {@code from}; none beyond the end or for a count below 1. */
    public Expr slice(Object from, Object count) {
        return Expr.call("list_slice", input, from, count);
    }

    /** Followed by the elements of other lists. Null when any of them is null. */
    public Expr concat(Object... others) {
        Object[] all = new Object[others.length + 1];
        all[0] = input;
        System.arraycopy(others, 0, all, 1, others.length);
        return Expr.call("list_concat", all);
    }

    /** The texts of the elements with a separator between them. Null elements are passed over; of none it is empty. */
    public Expr join(Object separator) {
        return Expr.call("list_join", input, separator);
    }

    /** The first of each of the elements that equal each other; nulls equal each other. */
    public Expr distinct() {
        return Expr.call("list_distinct", input);
    }

    /** The elements from small to large, nulls first; equal ones stay in order. */
    public Expr sort() {
        return Expr.call("list_sort", input);
    }

    /** The least element; null elements are passed over, of none it is null. */
    public Expr min() {
        return Expr.call("list_min", input);
    }

    /** The greatest element; null elements are passed over, of none it is null. */
    public Expr max() {
        return Expr.call("list_max", input);
    }

    /** The sum of the elements; null elements are passed over, of none it is null. Overflow is an error value. */
    public Expr sum() {
        return Expr.call("list_sum", input);
    }
}
