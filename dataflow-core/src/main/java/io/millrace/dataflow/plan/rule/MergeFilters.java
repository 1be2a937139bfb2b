package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.plan.rule.PlanGraph.Vertex;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes one filter of filters that follow each other, so that rows are copied once. A costly condition stays behind the
 * filter before it, which leaves it fewer rows to look at.
 */
record MergeFilters() implements Rule {
    /** The most conditions of one filter, which all rows pay for. */
    private static final int MOST_CONDITIONS = 16;

    @Override
    public String name() {
        return "merge filters";
    }

    @Override
    public Plan apply(Plan plan) {
        PlanGraph graph = PlanGraph.of(plan);
        for (Vertex upper : graph.vertices()) {
            if (upper.isRead()
                    && upper.operator() instanceof Operator.Filter above
                    && upper.input(0).operator() instanceof Operator.Filter below
                    && upper.input(0).hasOneUser()
                    && ExprFacts.isCheap(above.predicate())) {
                Vertex lower = upper.input(0);
                List<TypedExpr> conditions = new ArrayList<>(ExprFacts.conditions(below.predicate()));
                conditions.addAll(ExprFacts.conditions(above.predicate()));
                if (conditions.size() <= MOST_CONDITIONS) {
                    String text = lower.text().equals(upper.text()) ? upper.text() : lower.text() + ", " + upper.text();
                    graph.replace(upper, new Operator.Filter(ExprFacts.all(conditions)), text);
                    graph.skipInput(upper);
                }
            }
        }
        return graph.toPlan();
    }
}
