package io.millrace.dataflow.expr;

/** How many rows of the inputs of a join may have one key. Null and error keys equal nothing and are not counted. */
public enum Cardinality {
    /** Any number on both sides. */
    MANY_TO_MANY,
    /** One row of the left input. */
    ONE_TO_MANY,
    /** One row of the right input. */
    MANY_TO_ONE,
    /** One row of each input. */
    ONE_TO_ONE;

    /** Whether no two rows of the left input may have one key. */
    public boolean isLeftUnique() {
        return this == ONE_TO_MANY || this == ONE_TO_ONE;
    }

    /** Whether no two rows of the right input may have one key. */
    public boolean isRightUnique() {
        return this == MANY_TO_ONE || this == ONE_TO_ONE;
    }
}
