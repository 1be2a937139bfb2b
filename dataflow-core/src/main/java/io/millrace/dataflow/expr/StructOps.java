package io.millrace.dataflow.expr;

/** Operations on structs. Each gives null for null. */
public final class StructOps {
    private final Expr input;

    StructOps(Expr input) {
        this.input = input;
    }

    /** The field of this name. */
    public Expr field(String name) {
        return Expr.call("field", input, name);
    }
}
