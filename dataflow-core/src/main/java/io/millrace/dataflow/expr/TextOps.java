package io.millrace.dataflow.expr;

/** Operations on text. Each gives null for null. Lengths and positions count Unicode code points. */
public final class TextOps {
    private final Expr input;

    TextOps(Expr input) {
        this.input = input;
    }

    /** In lower case, by the root locale. */
    public Expr lower() {
        return Expr.call("lower", input);
    }

    /** In upper case, by the root locale. */
    public Expr upper() {
        return Expr.call("upper", input);
    }

    /** Without white space at both ends, as {@link String#strip} defines it. */
    public Expr trim() {
        return Expr.call("trim", input);
    }

    /** The number of code points, an int64. */
    public Expr length() {
        return Expr.call("length", input);
    }

    /** Whether it holds {@code part}, literally. */
    public Expr contains(Object part) {
        return Expr.call("contains", input, part);
    }

    /** Whether it begins with {@code prefix}, literally. */
    public Expr startsWith(Object prefix) {
        return Expr.call("starts_with", input, prefix);
    }

    /** Whether it ends with {@code suffix}, literally. */
    public Expr endsWith(Object suffix) {
        return Expr.call("ends_with", input, suffix);
    }

    /** With every occurrence of {@code part}, literally, replaced. */
    public Expr replace(Object part, Object replacement) {
        return Expr.call("replace", input, part, replacement);
    }

    /** What stands before the first {@code separator}; all of it when there is none. */
    public Expr before(Object separator) {
        return Expr.call("before", input, separator);
    }

    /** What stands after the first {@code separator}; null when there is none. */
    public Expr after(Object separator) {
        return Expr.call("after", input, separator);
    }

    /** Followed by {@code others}. Null when any of them is null. */
    public Expr concat(Object... others) {
        Object[] all = new Object[others.length + 1];
        all[0] = input;
        System.arraycopy(others, 0, all, 1, others.length);
        return Expr.call("concat", all);
    }
}
