package io.millrace.dataflow.expr;

import java.util.Locale;
import java.util.Objects;

/**
 * How two inputs are joined: {@code JoinOptions.left(JoinKeys.of("id", "customer")).prefixes("l_", "r_").expectManyToOne()}.
 * Immutable.
 *
 * @param kind what becomes of rows with and without partners
 * @param keys what rows must agree in
 * @param names how the columns are named
 * @param expected how many rows may have one key; another number is an error when the join runs
 */
public record JoinOptions(JoinKind kind, JoinKeys keys, JoinNames names, Cardinality expected) {
    public JoinOptions {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(names, "names");
        Objects.requireNonNull(expected, "expected");
        if (kind == JoinKind.CROSS) {
            if (!keys.pairs().isEmpty() || expected != Cardinality.MANY_TO_MANY) {
                throw new IllegalArgumentException("a cross join has no keys");
            }
        } else if (keys.pairs().isEmpty()) {
            throw new IllegalArgumentException("a join needs at least one column");
        }
        if (kind.isFilter() && !names.equals(JoinNames.defaults())) {
            throw new IllegalArgumentException("a join that filters has no columns of the right input to name");
        }
    }

    private static JoinOptions of(JoinKind kind, JoinKeys keys) {
        return new JoinOptions(kind, keys, JoinNames.defaults(), Cardinality.MANY_TO_MANY);
    }

    /** Pairs of rows that agree. */
    public static JoinOptions inner(JoinKeys keys) {
        return of(JoinKind.INNER, keys);
    }

    /** Pairs, and rows of the left input without a partner. */
    public static JoinOptions left(JoinKeys keys) {
        return of(JoinKind.LEFT, keys);
    }

    /** Pairs, and rows of the right input without a partner. */
    public static JoinOptions right(JoinKeys keys) {
        return of(JoinKind.RIGHT, keys);
    }

    /** Pairs, and rows of both inputs without a partner. */
    public static JoinOptions full(JoinKeys keys) {
        return of(JoinKind.FULL, keys);
    }

    /** Rows of the left input that have a partner. */
    public static JoinOptions semi(JoinKeys keys) {
        return of(JoinKind.SEMI, keys);
    }

    /** Rows of the left input that have no partner. */
    public static JoinOptions anti(JoinKeys keys) {
        return of(JoinKind.ANTI, keys);
    }

    /** Every row with every row. */
    public static JoinOptions cross() {
        return of(JoinKind.CROSS, JoinKeys.none());
    }

    /** The same, with these before the names of all columns but shared keys. */
    public JoinOptions prefixes(String left, String right) {
        return new JoinOptions(kind, keys, new JoinNames(JoinNames.Rule.PREFIX, left, right), expected);
    }

    /** The same, with these after the names that both inputs have, but for shared keys. */
    public JoinOptions suffixes(String left, String right) {
        return new JoinOptions(kind, keys, new JoinNames(JoinNames.Rule.SUFFIX_WHERE_TAKEN, left, right), expected);
    }

    /** The same; that a key is on two rows of the left or of the right input is an error. */
    public JoinOptions expectOneToOne() {
        return new JoinOptions(kind, keys, names, Cardinality.ONE_TO_ONE);
    }

    /** The same; that a key is on two rows of the right input is an error. */
    public JoinOptions expectManyToOne() {
        return new JoinOptions(kind, keys, names, Cardinality.MANY_TO_ONE);
    }

    /** The same; that a key is on two rows of the left input is an error. */
    public JoinOptions expectOneToMany() {
        return new JoinOptions(kind, keys, names, Cardinality.ONE_TO_MANY);
    }

    /** The join as the call that made it: {@code leftJoin(id = customer).prefixes('l_', 'r_')}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(kind.name().toLowerCase(Locale.ROOT));
        text.append("Join(").append(keys).append(')');
        if (!names.equals(JoinNames.defaults())) {
            text.append(names.rule() == JoinNames.Rule.PREFIX ? ".prefixes(" : ".suffixes(")
                    .append(Literals.text(names.left()))
                    .append(", ")
                    .append(Literals.text(names.right()))
                    .append(')');
        }
        switch (expected) {
            case ONE_TO_ONE -> text.append(".expectOneToOne()");
            case MANY_TO_ONE -> text.append(".expectManyToOne()");
            case ONE_TO_MANY -> text.append(".expectOneToMany()");
            case MANY_TO_MANY -> {}
        }
        return text.toString();
    }
}
