package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.plan.TypedExpr;
import java.util.List;
import java.util.Optional;

/** Computes expressions that read no column, with the kernels that would compute them for every row. */
@FunctionalInterface
public interface Evaluation {
    /**
     * For each expression its value as a constant of its type; empty where the value is an error, or too
     * large to be kept.
     */
    List<Optional<TypedExpr.Constant>> evaluate(List<TypedExpr> expressions);
}
