package io.millrace.dataflow.expr;

import java.util.Objects;

/**
 * How the columns of a join are named. A key that both inputs have under one name keeps it. A name that is still taken
 * after the rule gets {@code _2}, {@code _3}…
 *
 * @param rule which columns get an addition
 * @param left the addition to columns of the left input
 * @param right the addition to columns of the right input
 */
public record JoinNames(Rule rule, String left, String right) {
    private static final JoinNames DEFAULTS = new JoinNames(Rule.SUFFIX_WHERE_TAKEN, "", "_right");

    public JoinNames {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(left, "left");
        Objects.requireNonNull(right, "right");
    }

    /** Which columns get an addition to their names, and where. */
    public enum Rule {
        /** Columns whose name both inputs have, after it. */
        SUFFIX_WHERE_TAKEN,
        /** All columns, before it. */
        PREFIX
    }

    /** {@code _right} after a name of the right input that is taken. */
    public static JoinNames defaults() {
        return DEFAULTS;
    }
}
