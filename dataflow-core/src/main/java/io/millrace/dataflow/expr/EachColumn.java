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

    private record Replacement(Expr column) implements Expr.Visitor<Expr> {
        @Override
        public Expr visit(Expr.Column other) {
            return other;
        }

        @Override
        public Expr visit(Expr.Literal literal) {
            return literal;
        }

        @Override
        public Expr visit(Expr.Call call) {
            if (call.equals(PLACEHOLDER)) {
                return column;
            }
            return new Expr.Call(
                    call.function(),
                    call.arguments().stream()
                            .map(argument -> argument.accept(this))
                            .toList());
        }

        @Override
        public Expr visit(Expr.Apply apply) {
            return apply;
        }

        @Override
        public Expr visit(Expr.Cast cast) {
            return new Expr.Cast(cast.input().accept(this), cast.to());
        }

        @Override
        public Expr visit(Expr.Case choice) {
            return new Expr.Case(
                    choice.branches().stream()
                            .map(branch -> new Expr.Case.Branch(
                                    branch.condition().accept(this),
                                    branch.value().accept(this)))
                            .toList(),
                    choice.otherwise().map(otherwise -> otherwise.accept(this)));
        }
    }
}
