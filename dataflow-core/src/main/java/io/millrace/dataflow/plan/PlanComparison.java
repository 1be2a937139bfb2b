package io.millrace.dataflow.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Finds which steps of two dataflows belong together: those that say the same, by the longest sequence that both have, and
 * between these those of one kind, in order.
 */
final class PlanComparison {
    /** The most pairs of steps that are compared; of longer stretches without a step in common, pairs are made in order. */
    private static final long MOST_PAIRS = 16_000_000;

    private static final int NONE = -1;

    private final Side before;
    private final Side after;

    PlanComparison(Node before, Node after) {
        Map<String, Integer> numbers = new HashMap<>();
        this.before = new Side(before, numbers);
        this.after = new Side(after, numbers);
        int start = 0;
        int most = Math.min(this.before.size(), this.after.size());
        while (start < most && same(start, start)) {
            pair(start, start);
            start++;
        }
        int end = 0;
        while (end < most - start && same(this.before.size() - 1 - end, this.after.size() - 1 - end)) {
            pair(this.before.size() - 1 - end, this.after.size() - 1 - end);
            end++;
        }
        pairTheSame(start, this.before.size() - end, this.after.size() - end);
        pairThoseOfOneKind();
    }

    /** The steps of one dataflow, and for each the one of the other that it belongs to. */
    private static final class Side {
        final List<Node> nodes;
        final List<ObjectNode> json = new ArrayList<>();
        final IdentityHashMap<Node, Integer> positions = new IdentityHashMap<>();
        /** By step: the number of what it says, the same on both sides. */
        final int[] said;
        /** By step: the one of the other side that it belongs to. */
        final int[] partners;
        /** By step: the steps with a partner whose rows it gets, directly or through steps without one. */
        final List<List<Integer>> roots = new ArrayList<>();

        Side(Node result, Map<String, Integer> numbers) {
            nodes = result.ordered();
            said = new int[nodes.size()];
            partners = new int[nodes.size()];
            Arrays.fill(partners, NONE);
            for (Node node : nodes) {
                positions.put(node, positions.size());
                ObjectNode shape = StepJson.shape(node.step());
                said[json.size()] = number(shape.toString(), numbers);
                json.add(shape);
            }
        }

        private static int number(String said, Map<String, Integer> numbers) {
            numbers.putIfAbsent(said, numbers.size());
            return Objects.requireNonNull(numbers.get(said));
        }

        int size() {
            return nodes.size();
        }

        String text(int position) {
            return nodes.get(position).toString();
        }

        String kind(int position) {
            return json.get(position).get("step").textValue();
        }

        void findRoots() {
            for (Node node : nodes) {
                List<Integer> direct = new ArrayList<>();
                for (Node input : node.inputs()) {
                    int position = Objects.requireNonNull(positions.get(input));
                    if (partners[position] == NONE) {
                        direct.addAll(roots.get(position));
                    } else {
                        direct.add(position);
                    }
                }
                // What steps without a partner pass on is a set: pairs of pairs would double with each of them.
                boolean passed = partners[roots.size()] == NONE;
                Set<Integer> different = new LinkedHashSet<>(direct);
                roots.add(passed ? List.copyOf(different) : direct);
            }
        }
    }

    private boolean same(int from, int to) {
        return before.said[from] == after.said[to];
    }

    private void pair(int from, int to) {
        before.partners[from] = to;
        after.partners[to] = from;
    }

    /** By the table of the lengths of common sequences, from behind. */
    private void pairTheSame(int start, int beforeEnd, int afterEnd) {
        int rows = beforeEnd - start;
        int columns = afterEnd - start;
        if ((long) rows * columns > MOST_PAIRS) {
            return;
        }
        int[][] longest = new int[rows + 1][columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                longest[i][j] = same(start + i, start + j)
                        ? longest[i + 1][j + 1] + 1
                        : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < rows && j < columns) {
            if (same(start + i, start + j)) {
                pair(start + i++, start + j++);
            } else if (longest[i + 1][j] >= longest[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
    }

    private void pairThoseOfOneKind() {
        int to = 0;
        for (int from = 0; from < before.size(); from++) {
            if (before.partners[from] != NONE) {
                to = before.partners[from] + 1;
                continue;
            }
            for (int next = to; next < after.size() && after.partners[next] == NONE; next++) {
                if (before.kind(from).equals(after.kind(next))) {
                    pair(from, next);
                    to = next + 1;
                    break;
                }
            }
        }
    }

    /** The changes in the order of the steps, those that are left out before those that are added. */
    List<PlanDiff.Change> changes() {
        before.findRoots();
        after.findRoots();
        List<PlanDiff.Change> changes = new ArrayList<>();
        int from = 0;
        for (int to = 0; to <= after.size(); to++) {
            for (; from < before.size() && before.partners[from] == NONE; from++) {
                changes.add(new PlanDiff.Removed(from, before.text(from)));
            }
            if (to < after.size() && after.partners[to] == NONE) {
                changes.add(new PlanDiff.Added(to, after.text(to)));
            } else if (to < after.size()) {
                List<PlanDiff.Field> fields = fields(from, to);
                if (!fields.isEmpty()) {
                    changes.add(new PlanDiff.Changed(from, to, before.text(from), after.text(to), fields));
                }
                from++;
            }
        }
        return changes;
    }

    private List<PlanDiff.Field> fields(int from, int to) {
        List<PlanDiff.Field> fields = new ArrayList<>();
        List<Integer> expected = before.roots.get(from).stream()
                .map(root -> before.partners[root])
                .toList();
        if (!expected.equals(after.roots.get(to))) {
            fields.add(new PlanDiff.Field(
                    "inputs",
                    before.roots.get(from).toString(),
                    after.roots.get(to).toString()));
        }
        record Pair(String path, JsonNode before, JsonNode after) {}
        Deque<Pair> open = new ArrayDeque<>(List.of(new Pair("", before.json.get(from), after.json.get(to))));
        while (!open.isEmpty()) {
            Pair pair = open.pop();
            if (pair.before().equals(pair.after())) {
                continue;
            }
            List<Pair> parts = new ArrayList<>();
            if (pair.before().isObject() && pair.after().isObject()) {
                Set<String> names = new LinkedHashSet<>();
                pair.before().fieldNames().forEachRemaining(names::add);
                pair.after().fieldNames().forEachRemaining(names::add);
                for (String name : names) {
                    String path = pair.path().isEmpty() ? name : pair.path() + "." + name;
                    parts.add(new Pair(
                            path, pair.before().path(name), pair.after().path(name)));
                }
            } else if (pair.before().isArray()
                    && pair.after().isArray()
                    && pair.before().size() == pair.after().size()) {
                for (int i = 0; i < pair.before().size(); i++) {
                    parts.add(new Pair(
                            pair.path() + "[" + i + "]",
                            pair.before().get(i),
                            pair.after().get(i)));
                }
            } else {
                fields.add(new PlanDiff.Field(pair.path(), written(pair.before()), written(pair.after())));
            }
            for (int i = parts.size() - 1; i >= 0; i--) {
                open.push(parts.get(i));
            }
        }
        return fields;
    }

    private static String written(JsonNode json) {
        return json instanceof MissingNode ? "nothing" : json.toString();
    }
}
