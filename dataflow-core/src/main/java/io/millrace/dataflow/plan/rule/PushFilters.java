package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.plan.rule.PlanGraph.Vertex;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Drops rows as early as it can: conditions go below the stages that give the columns they read unchanged, into the inputs
 * of unions and the side of a join that they speak of. Conditions stay in the order they were said in.
 */
record PushFilters() implements Rule {
    /** How many stages a condition passes at most, so that planning takes time linear in the steps. */
    private static final int MOST_MOVES = 32;

    @Override
    public String name() {
        return "filter early";
    }

    @Override
    public Plan apply(Plan plan) {
        PlanGraph graph = PlanGraph.of(plan);
        FilterWay.Finder ways = new FilterWay.Finder();
        for (Vertex vertex : graph.vertices()) {
            Deque<Moving> open = new ArrayDeque<>();
            if (vertex.operator() instanceof Operator.Filter) {
                open.push(new Moving(vertex, MOST_MOVES));
            }
            while (!open.isEmpty()) {
                Moving moving = open.pop();
                if (moving.left > 0) {
                    move(moving, ways, graph, open);
                }
            }
        }
        return graph.toPlan();
    }

    private static void move(Moving moving, FilterWay.Finder ways, PlanGraph graph, Deque<Moving> open) {
        Vertex filter = moving.filter;
        Vertex below = filter.input(0);
        int walked = 0;
        while (below.operator() instanceof Operator.Filter lower
                && below.hasOneUser()
                && !ways.callsUser(lower)
                && walked < MOST_MOVES) {
            below = below.input(0);
            walked++;
        }
        if (!below.hasOneUser()) {
            return;
        }
        FilterWay way = ways.below(below);
        if (way.places().isEmpty()) {
            return;
        }
        List<List<TypedExpr>> moved = new ArrayList<>();
        way.places().forEach(place -> moved.add(new ArrayList<>()));
        List<TypedExpr> staying = new ArrayList<>();
        for (TypedExpr condition : ExprFacts.conditions(((Operator.Filter) filter.operator()).predicate())) {
            if (!add(condition, way, moved)) {
                staying.add(condition);
            }
        }
        for (int i = 0; i < moved.size(); i++) {
            if (!moved.get(i).isEmpty()) {
                Operator pushed = new Operator.Filter(ExprFacts.all(moved.get(i)));
                open.push(new Moving(graph.insert(pushed, below, i, filter), moving.left - 1));
            }
        }
        if (staying.isEmpty()) {
            graph.bypass(filter, filter.input(0));
        } else if (moved.stream().anyMatch(conditions -> !conditions.isEmpty())) {
            graph.replace(filter, new Operator.Filter(ExprFacts.all(staying)), filter.text());
        }
    }

    /** Adds a condition to those that go to the inputs, if it may go there. */
    private static boolean add(TypedExpr condition, FilterWay way, List<List<TypedExpr>> moved) {
        BitSet read = new BitSet();
        for (TypedExpr part : ExprTree.parts(condition)) {
            if (!ExprFacts.isPure(part) || (way.byKeys() && ExprFacts.tellsErrorsApart(part))) {
                return false;
            }
            if (part instanceof TypedExpr.Input input) {
                read.set(input.index());
            }
        }
        if (read.isEmpty()) {
            return false;
        }
        boolean found = false;
        for (int i = 0; i < moved.size(); i++) {
            IntUnaryOperator place = way.places().get(i);
            if (read.stream().allMatch(column -> place.applyAsInt(column) >= 0)) {
                moved.get(i).add(InputColumns.moved(condition, place));
                found = true;
            }
        }
        return found;
    }

    /** @param left how many stages it may still pass */
    private record Moving(Vertex filter, int left) {}
}
