package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Cardinality;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.plan.rule.PlanGraph.Vertex;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Leaves out stages without effect: filters that are always true, projections of every column in place, sorts whose order
 * another sort makes anew or nobody sees, and the second of two distincts that keeps all the first one left.
 */
record DropDeadSteps() implements Rule {
    @Override
    public String name() {
        return "leave out steps without effect";
    }

    @Override
    public Plan apply(Plan plan) {
        PlanGraph graph = PlanGraph.of(plan);
        for (Vertex vertex : graph.vertices()) {
            if (!vertex.isRead()) {
                continue;
            }
            Operator operator = vertex.operator();
            if (isWithoutEffect(vertex)) {
                graph.bypass(vertex, vertex.input(0));
            } else if (operator instanceof Operator.Sort sort) {
                dropSort(vertex, sort, graph);
            } else if (operator instanceof Operator.Join join && join.kind().isFilter() && !checksKeys(join)) {
                dropOrder(vertex, 1, graph);
            } else if (operator instanceof Operator.GroupBy group && onlyCounts(group)) {
                dropOrder(vertex, 0, graph);
            }
        }
        return graph.toPlan();
    }

    private static boolean isWithoutEffect(Vertex vertex) {
        Operator operator = vertex.operator();
        if (operator instanceof Operator.Filter filter) {
            return filter.predicate() instanceof TypedExpr.Constant constant && Objects.equals(constant.value(), true);
        }
        if (operator instanceof Operator.Project project) {
            return project.changed().length == 0
                    && vertex.schema().equals(vertex.input(0).schema());
        }
        return operator instanceof Operator.Distinct upper
                && upper.keep() != RowStep.Distinct.Keep.REPEATED
                && vertex.input(0).operator() instanceof Operator.Distinct lower
                && lower.keep() != RowStep.Distinct.Keep.REPEATED
                && upper.columns().containsAll(lower.columns());
    }

    /** Leaves out the sort below, when all its keys are among those of this one: it would order no two rows that tie here. */
    private static void dropSort(Vertex vertex, Operator.Sort sort, PlanGraph graph) {
        Vertex lower = belowFilters(vertex.input(0));
        if (lower.operator() instanceof Operator.Sort dead
                && lower.hasOneUser()
                && sort.keys().stream()
                        .map(Operator.Sort.Key::index)
                        .collect(Collectors.toSet())
                        .containsAll(dead.keys().stream()
                                .map(Operator.Sort.Key::index)
                                .toList())) {
            graph.bypass(lower, lower.input(0));
        }
    }

    /** The first key that comes again is named in an error. */
    private static boolean checksKeys(Operator.Join join) {
        return join.expected() != Cardinality.MANY_TO_MANY;
    }

    private static boolean onlyCounts(Operator.GroupBy group) {
        return group.keys().isEmpty()
                && group.measures().stream().allMatch(measure -> measure.kind() == Aggregate.Kind.COUNT_ROWS);
    }

    /** Leaves out the order of rows that are only looked up or counted. */
    private static void dropOrder(Vertex reader, int input, PlanGraph graph) {
        Vertex lower = belowFilters(reader.input(input));
        if (lower.operator() instanceof Operator.Sort && lower.hasOneUser()) {
            graph.bypass(lower, lower.input(0));
        }
    }

    private static Vertex belowFilters(Vertex stage) {
        Vertex found = stage;
        while (found.operator() instanceof Operator.Filter && found.hasOneUser()) {
            found = found.input(0);
        }
        return found;
    }
}
