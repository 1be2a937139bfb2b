package io.millrace.dataflow.plan.rule;

import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.rule.PlanGraph.Vertex;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads no more rows than a limit lets through: it goes below projections, and a copy of it into the inputs of unions and
 * whatever gives at least a row for each. A large limit stays, since a projection runs on all threads beside a scan.
 */
record PushLimits() implements Rule {
    /** The most rows of a limit that is moved. */
    private static final long MOST_ROWS = 65_536;

    /** How many stages a limit passes at most, so that planning takes time linear in the steps. */
    private static final int MOST_STAGES = 64;

    @Override
    public String name() {
        return "limit early";
    }

    @Override
    public Plan apply(Plan plan) {
        PlanGraph graph = PlanGraph.of(plan);
        for (Vertex vertex : graph.vertices()) {
            Deque<Vertex> open = new ArrayDeque<>();
            if (vertex.isRead()
                    && vertex.operator() instanceof Operator.Limit limit
                    && limit.rows() > 0
                    && limit.rows() <= MOST_ROWS) {
                open.push(vertex);
            }
            while (!open.isEmpty()) {
                push(open.pop(), graph, open);
            }
        }
        return graph.toPlan();
    }

    private static void push(Vertex start, PlanGraph graph, Deque<Vertex> open) {
        Vertex vertex = start;
        for (int passed = 0; passed < MOST_STAGES; passed++) {
            Operator.Limit limit = (Operator.Limit) vertex.operator();
            Vertex below = vertex.input(0);
            if (below.operator() instanceof Operator.Limit lower && limit.rows() >= lower.rows()) {
                graph.bypass(vertex, below);
                return;
            }
            if (!below.hasOneUser()) {
                return;
            }
            switch (below.operator().accept(LimitWay.Finder.INSTANCE)) {
                case STAYS -> {
                    return;
                }
                case IN_PLACE -> graph.skipInput(vertex);
                case EXCHANGED -> {
                    graph.swapWithInput(vertex);
                    vertex = below;
                }
                case FIRST_INPUT -> {
                    copy(vertex, below, 0, graph, open);
                    return;
                }
                case EVERY_INPUT -> {
                    for (int i = 0; i < below.inputCount(); i++) {
                        if (!isRead(below.input(i))) {
                            copy(vertex, below, i, graph, open);
                        }
                    }
                    return;
                }
            }
        }
    }

    /** Lets through to an input no more rows than the limit that stands behind the stage. */
    private static void copy(Vertex limit, Vertex stage, int input, PlanGraph graph, Deque<Vertex> open) {
        long rows = ((Operator.Limit) limit.operator()).rows();
        boolean isLimited = stage.input(input).operator() instanceof Operator.Limit there && there.rows() <= rows;
        if (!isLimited) {
            open.push(graph.insert(limit.operator(), stage, input, limit));
        }
    }

    /** Whether rows come one after the other as they are asked for, so that nothing is gained by asking for fewer. */
    private static boolean isRead(Vertex stage) {
        Vertex found = stage;
        for (int i = 0; i < MOST_STAGES && found.operator() instanceof Operator.Project; i++) {
            found = found.input(0);
        }
        return found.inputCount() == 0;
    }
}
