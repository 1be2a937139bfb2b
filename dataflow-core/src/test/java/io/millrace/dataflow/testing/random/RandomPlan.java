package io.millrace.dataflow.testing.random;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.Binder;
import io.millrace.dataflow.plan.ColumnStep;
import io.millrace.dataflow.plan.Node;
import io.millrace.dataflow.plan.SourceStep;
import io.millrace.dataflow.plan.Step;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.testing.StepTypes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two random tables and random steps over them, all of which bind. Every kind of step that starts from rows is made but for
 * reads, whose files are tested elsewhere.
 */
public final class RandomPlan {
    private static final int TRIES = 60;
    private static final int MOST_PAIRINGS = 2;
    private static final List<Class<?>> STEPS = StepTypes.all().stream()
            .filter(step -> step != SourceStep.Read.class && step != SourceStep.Values.class)
            .toList();

    private final Random random;
    private final long seed;
    private int pairings;

    private RandomPlan(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** A node and the columns it gives. */
    private record Known(Node node, Schema schema) {}

    /** The plan of a seed: always the same one, until the language changes. */
    public static Dataflow of(long seed) {
        return new RandomPlan(seed * 0x9E3779B97F4A7C15L).plan();
    }

    /** The steps of the plan of a seed, in any order. */
    public static Set<Step> stepsOf(long seed) {
        Set<Step> steps = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Node> open = new ArrayDeque<>(List.of(new RandomPlan(seed * 0x9E3779B97F4A7C15L).node()));
        while (!open.isEmpty()) {
            Node node = open.remove();
            if (steps.add(node.step())) {
                open.addAll(node.inputs());
            }
        }
        return steps;
    }

    private Dataflow plan() {
        return Dataflow.of(node());
    }

    private Node node() {
        Known result = withNested(withErrors(table()));
        Known other = withErrors(table());
        for (int steps = 1 + random.nextInt(6); steps > 0; steps--) {
            result = grown(result, other);
        }
        return result.node();
    }

    private Known table() {
        List<Field> fields = new ArrayList<>();
        List<DataType> types = RandomValues.TYPES;
        for (int i = 0; i < 4 + random.nextInt(3); i++) {
            // The first columns of both tables agree in name and type, so that they can be joined.
            DataType type = i < 2 ? List.of(DataTypes.INT64, DataTypes.TEXT).get(i) : RandomValues.oneOf(random, types);
            fields.add(Field.optional(String.valueOf((char) ('a' + i)), type));
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = random.nextInt(9); i > 0; i--) {
            List<@Nullable Object> row = new ArrayList<>();
            fields.forEach(field -> row.add(RandomValues.cell(random, field.type())));
            rows.add(row);
        }
        Schema schema = Schema.of(fields);
        return new Known(Node.of(new SourceStep.Values(schema, rows), List.of(), Optional.empty()), schema);
    }

    /** The rows with a column some of whose cells are error values. */
    private Known withErrors(Known table) {
        if (random.nextInt(3) == 0) {
            return table;
        }
        DataType to = random.nextBoolean() ? DataTypes.INT64 : DataTypes.DATE;
        return grown(new ColumnStep.WithColumn("e", Expr.col("b").cast(to)), List.of(table))
                .orElse(table);
    }

    /** The rows with a column of lists, or of structs. */
    private Known withNested(Known table) {
        Expr nested =
                switch (random.nextInt(6)) {
                    case 0 -> Expr.col("b").text().splitList(",");
                    case 1 -> Expr.list(Expr.col("a"), Expr.lit(null), Expr.lit(3));
                    case 2 -> Expr.struct("no", Expr.col("b"), "a", Expr.col("a"));
                    default -> null;
                };
        return nested == null
                ? table
                : grown(new ColumnStep.WithColumn("l", nested), List.of(table)).orElse(table);
    }

    private Known grown(Known input, Known other) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Known> grown = attempt(input, other);
            if (grown.isPresent()) {
                return grown.get();
            }
        }
        return input;
    }

    private Optional<Known> attempt(Known input, Known other) {
        try {
            if (random.nextInt(3) == 0) {
                Expr value = new RandomExpressions(random, input.schema()).any();
                return grown(new ColumnStep.WithColumn("v" + random.nextInt(50), value), List.of(input));
            }
            Class<?> kind = RandomValues.oneOf(random, STEPS);
            Step step = (Step) new RandomParts(random, input.schema(), other.schema()).record(kind);
            Optional<Known> alone = grown(step, List.of(input));
            if (alone.isPresent() || pairings >= MOST_PAIRINGS) {
                return alone;
            }
            Optional<Known> paired = grown(step, List.of(input, other));
            pairings += paired.isPresent() ? 1 : 0;
            return paired;
        } catch (RandomParts.Refused refused) {
            return Optional.empty();
        }
    }

    private static Optional<Known> grown(Step step, List<Known> inputs) {
        try {
            Schema schema =
                    Binder.schema(step, inputs.stream().map(Known::schema).toList());
            Node node = Node.of(step, inputs.stream().map(Known::node).toList(), Optional.empty());
            return schema.size() == 0 || schema.size() > 24 ? Optional.empty() : Optional.of(new Known(node, schema));
        } catch (DataflowException refused) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "plan " + seed;
    }
}
