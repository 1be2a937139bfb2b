package io.millrace.dataflow.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A choice whose last condition waits for its value. Immutable. */
public final class CaseBuilder {
    private final List<Expr.Case.Branch> branches;
    private final Expr condition;

    CaseBuilder(List<Expr.Case.Branch> branches, Expr condition) {
        this.branches = branches;
        this.condition = condition;
    }

    /** The value for rows for which the condition is true. */
    public Branches then(@Nullable Object value) {
        List<Expr.Case.Branch> extended = new ArrayList<>(branches);
        extended.add(new Expr.Case.Branch(condition, Expr.lit(value)));
        return new Branches(List.copyOf(extended));
    }

    /** A choice that can be ended or continued. Immutable. */
    public static final class Branches {
        private final List<Expr.Case.Branch> branches;

        Branches(List<Expr.Case.Branch> branches) {
            this.branches = branches;
        }

        /** Another condition, asked when those before it were not true. */
        public CaseBuilder when(Expr condition) {
            return new CaseBuilder(branches, condition);
        }

        /** The value for rows for which no condition is true. */
        public Expr otherwise(@Nullable Object value) {
            return new Expr.Case(branches, Optional.of(Expr.lit(value)));
        }

        /** Null for rows for which no condition is true. */
        public Expr end() {
            return new Expr.Case(branches, Optional.empty());
        }
    }
}
