package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.plan.rule.PlanGraph.Vertex;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Makes one projection of two that follow each other, where at most one of them computes something: an error value names
 * the step that made it, and two steps have two names.
 */
record MergeProjections() implements Rule {
    @Override
    public String name() {
        return "merge projections";
    }

    @Override
    public Plan apply(Plan plan) {
        PlanGraph graph = PlanGraph.of(plan);
        for (Vertex upper : graph.vertices()) {
            if (upper.isRead()
                    && upper.operator() instanceof Operator.Project above
                    && upper.input(0).operator() instanceof Operator.Project below
                    && upper.input(0).hasOneUser()) {
                boolean belowPasses = below.changedColumns().stream().allMatch(ExprFacts::isPassed);
                if (belowPasses || isSelection(above, below)) {
                    String text = belowPasses ? upper.text() : upper.input(0).text();
                    graph.replace(upper, new Operator.Project(composed(above, below)), text);
                    graph.skipInput(upper);
                }
            }
        }
        return graph.toPlan();
    }

    /** Whether {@code above} passes columns on, each that {@code below} computes once and none left out. */
    private static boolean isSelection(Operator.Project above, Operator.Project below) {
        if (!above.changedColumns().stream().allMatch(ExprFacts::isPassed)) {
            return false;
        }
        BitSet used = new BitSet();
        for (TypedExpr column : above.columns()) {
            if (column instanceof TypedExpr.Input input && isComputed(below, input.index())) {
                if (used.get(input.index())) {
                    return false;
                }
                used.set(input.index());
            }
        }
        return Arrays.stream(below.changed()).allMatch(index -> used.get(index) || !isComputed(below, index));
    }

    private static boolean isComputed(Operator.Project project, int index) {
        return !ExprFacts.isPassed(project.columns().get(index));
    }

    private static List<TypedExpr> composed(Operator.Project above, Operator.Project below) {
        if (above.changed().length == 0
                && above.columns().size() == below.columns().size()) {
            return below.columns();
        }
        IdentityHashMap<TypedExpr, TypedExpr> done = new IdentityHashMap<>();
        return above.columns().stream()
                .map(column -> ExprTree.rewrite(
                        column,
                        part -> part instanceof TypedExpr.Input input
                                ? below.columns().get(input.index())
                                : part,
                        done))
                .toList();
    }
}
