package io.millrace.dataflow.expr;

import java.util.List;

/**
 * Expressions about "each column" of a selection. In such an expression a placeholder, written {@code each()}, stands
 * for the column; it is no function of the catalog, and the binder puts the columns in its place.
 */
public final class EachColumn {
    private static final String NAME = "each";
    private static final Expr PLACEHOLDER = new Expr.Call(NAME, List.of());

    private EachColumn() {}

    /** What stands for the column. */
    public static Expr placeholder() {
        return PLACEHOLDER;
    }

    /** {@code template} with {@code column} in place of every placeholder. */
    public static Expr put(Expr column, Expr template) {
        return template.accept(new Replacement(column));
    }

    private record Replacement(Expr column) implements ExprRewriter {
        @Override
        public Expr visit(Expr.Column other) {
            return other;
        }

        @Override
        public Expr visit(Expr.Apply apply) {
            return apply;
        }

        @Override
        public Expr visit(Expr.Call call) {
            return call.equals(PLACEHOLDER) ? column : ExprRewriter.super.visit(call);
        }
    }
}
