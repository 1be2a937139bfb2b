package io.millrace.dataflow.expr;

/**
 * Makes an expression of another one: the same, but for what an implementation says of columns, functions of the user's
 * own, or calls.
 */
public interface ExprRewriter extends Expr.Visitor<Expr> {
    @Override
    default Expr visit(Expr.Literal literal) {
        return literal;
    }

    @Override
    default Expr visit(Expr.Call call) {
        return new Expr.Call(
                call.function(),
                call.arguments().stream().map(argument -> argument.accept(this)).toList());
    }

    @Override
    default Expr visit(Expr.Cast cast) {
        return new Expr.Cast(cast.input().accept(this), cast.to());
    }

    @Override
    default Expr visit(Expr.Case choice) {
        return new Expr.Case(
                choice.branches().stream()
                        .map(branch -> new Expr.Case.Branch(
                                branch.condition().accept(this), branch.value().accept(this)))
                        .toList(),
                choice.otherwise().map(otherwise -> otherwise.accept(this)));
    }
}
