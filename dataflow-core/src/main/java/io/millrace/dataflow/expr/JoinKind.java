package io.millrace.dataflow.expr;

/** What becomes of the rows of two joined inputs, those with partners and those without. */
public enum JoinKind {
    /** Pairs of rows that agree. */
    INNER,
    /** Pairs, and the rows of the left input without a partner, with nulls on the right. */
    LEFT,
    /** Pairs, and after them the rows of the right input without a partner, with nulls on the left. */
    RIGHT,
    /** Pairs and the rows of the left input without a partner, and after them those of the right input. */
    FULL,
    /** The rows of the left input that have a partner, each once. */
    SEMI,
    /** The rows of the left input that have no partner. */
    ANTI,
    /** Every row of the left input with every row of the right one. Has no keys. */
    CROSS;

    /** Whether rows of the left input stay although they have no partner on the right. */
    public boolean keepsLeft() {
        return this == LEFT || this == FULL;
    }

    /** Whether rows of the right input stay although they have no partner on the left. */
    public boolean keepsRight() {
        return this == RIGHT || this == FULL;
    }

    /** Whether the result is a part of the left input, without a column of the right one. */
    public boolean isFilter() {
        return this == SEMI || this == ANTI;
    }
}
