package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.rule.PlanGraph.Vertex;
import io.millrace.dataflow.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Does once what a plan does twice: stages that do the same to the same rows become one. The rows of a shared stage wait in
 * memory for its second reader, so that only those are shared that are few, groups and what is made of groups alone, and
 * those that a join of a source with itself holds in any case.
 */
record ShareStages() implements Rule {
    @Override
    public String name() {
        return "share equal parts";
    }

    @Override
    public Plan apply(Plan plan) {
        if (!mayHaveEqualParts(plan)) {
            return plan;
        }
        PlanGraph graph = PlanGraph.of(plan);
        Kinds kinds = new Kinds();
        Map<Integer, Vertex> firstGroups = new HashMap<>();
        for (Vertex vertex : graph.vertices()) {
            int kind = kinds.add(vertex);
            if (kinds.isOfGroups(vertex) && vertex.isRead()) {
                Vertex same = firstGroups.putIfAbsent(kind, vertex);
                if (same != null) {
                    graph.bypass(vertex, same);
                }
            } else if (vertex.operator() instanceof Operator.Join join
                    && vertex.isRead()
                    && !join.kind().isFilter()) {
                shareSource(vertex, kinds, graph);
            }
        }
        return graph.toPlan();
    }

    /** Asked first, since giving every expression a number takes time. */
    private static boolean mayHaveEqualParts(Plan plan) {
        int groupings = 0;
        Map<Operator, Integer> scans = new HashMap<>();
        for (Plan.Stage stage : plan.stages()) {
            groupings += stage.operator() instanceof Operator.GroupBy ? 1 : 0;
            if (stage.operator() instanceof Operator.Scan scan) {
                scans.merge(scan, 1, Integer::sum);
            }
        }
        return groupings > 1 || scans.values().stream().anyMatch(count -> count > 1);
    }

    /** Lets both inputs of a join read one source, where the right one is held with all the rows of it. */
    private static void shareSource(Vertex join, Kinds kinds, PlanGraph graph) {
        Map<Integer, Vertex> left = new HashMap<>();
        for (Vertex stage = join.input(0); stage != null; stage = rowWiseInput(stage)) {
            left.putIfAbsent(kinds.of(stage), stage);
        }
        Vertex right = join.input(1);
        while (right != null) {
            Vertex same = left.get(kinds.of(right));
            if (same != null) {
                if (same != right && kinds.isOfScan(right)) {
                    graph.bypass(right, same);
                }
                return;
            }
            right = right.operator() instanceof Operator.Project ? rowWiseInput(right) : null;
        }
    }

    private static @Nullable Vertex rowWiseInput(Vertex stage) {
        return stage.hasOneUser() && isRowWise(stage.operator()) ? stage.input(0) : null;
    }

    private static boolean isRowWise(Operator operator) {
        return operator instanceof Operator.Project || operator instanceof Operator.Filter;
    }

    /** Which stages do the same to the same rows. */
    private static final class Kinds {
        private final ExprNumbers expressions = new ExprNumbers();
        private final Map<Key, Integer> known = new HashMap<>();
        private final IdentityHashMap<Vertex, Integer> numbers = new IdentityHashMap<>();
        private final IdentityHashMap<Vertex, Origin> origins = new IdentityHashMap<>();

        private record Key(Object shape, List<Integer> inputs, Schema schema, String text) {}

        /** What the rows of a stage are. */
        private enum Origin {
            /** Groups, or made of groups alone: few. */
            GROUPS,
            /** Rows of a scan, as row-wise operators leave them. */
            SCAN,
            /** Other rows. */
            OTHER,
            /** Rows that a user's function had to do with, or that a policy counts: what is said twice is done twice. */
            UNSHARED
        }

        /** The number of a stage whose inputs were added: equal for stages that do the same to the same rows. */
        int add(Vertex vertex) {
            List<Integer> inputs = new ArrayList<>();
            for (int i = 0; i < vertex.inputCount(); i++) {
                inputs.add(of(vertex.input(i)));
            }
            Key key = new Key(shape(vertex.operator()), inputs, vertex.schema(), vertex.text());
            int number = known.computeIfAbsent(key, each -> known.size());
            numbers.put(vertex, number);
            origins.put(vertex, origin(vertex));
            return number;
        }

        int of(Vertex vertex) {
            return Objects.requireNonNull(numbers.get(vertex));
        }

        boolean isOfGroups(Vertex vertex) {
            return origins.get(vertex) == Origin.GROUPS;
        }

        boolean isOfScan(Vertex vertex) {
            return origins.get(vertex) == Origin.SCAN;
        }

        private Origin origin(Vertex vertex) {
            Operator operator = vertex.operator();
            boolean isUnshared = operator instanceof Operator.RejectErrors
                    || operator instanceof Operator.RequireRows
                    || FoldConstants.computed(operator).stream().anyMatch(ExprFacts::callsUser);
            for (int i = 0; i < vertex.inputCount(); i++) {
                isUnshared |= origins.get(vertex.input(i)) == Origin.UNSHARED;
            }
            if (isUnshared) {
                return Origin.UNSHARED;
            }
            if (operator instanceof Operator.Scan) {
                return Origin.SCAN;
            }
            if (operator instanceof Operator.GroupBy) {
                return Origin.GROUPS;
            }
            Origin below = vertex.inputCount() == 1 ? origins.get(vertex.input(0)) : Origin.OTHER;
            boolean isFew = below == Origin.GROUPS
                    && (operator instanceof Operator.Sort
                            || operator instanceof Operator.Distinct
                            || operator instanceof Operator.Limit);
            return below != null && (isFew || isRowWise(operator)) ? below : Origin.OTHER;
        }

        /** The operator with numbers in place of its expressions, which may be deep. */
        private Object shape(Operator operator) {
            return isRowWise(operator)
                    ? List.of(operator.getClass(), expressions.of(FoldConstants.roots(operator)))
                    : operator;
        }
    }
}
