package io.millrace.dataflow.testing.random;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.expr.WindowFunction;
import io.millrace.dataflow.plan.Binder;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A random plan with more steps behind it, of the kinds that rules move, merge and leave out: filters, limits, sorts and
 * selections behind each other and behind joins, unions, groups and windows, of the plan with itself and with another.
 */
public final class RandomPipeline {
    private static final int MOST_STEPS = 7;
    private static final int MOST_COLUMNS = 20;

    private final Random random;
    private final long seed;

    private RandomPipeline(long seed) {
        this.seed = seed;
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    /** The plan of a seed: always the same one, until the language changes. */
    public static Dataflow of(long seed) {
        return new RandomPipeline(seed).plan();
    }

    private Dataflow plan() {
        Dataflow result = RandomPlan.of(seed);
        for (int steps = 2 + random.nextInt(MOST_STEPS - 1); steps > 0; steps--) {
            try {
                Dataflow grown = grown(result, schema(result));
                int columns = schema(grown).size();
                result = columns > 0 && columns <= MOST_COLUMNS ? grown : result;
            } catch (DataflowException | IllegalArgumentException doesNotFit) {
                // Another step is tried in its place.
            }
        }
        return result;
    }

    private static Schema schema(Dataflow dataflow) {
        return Binder.bind(dataflow.node(), (source, options) -> {
                    throw new IllegalStateException("a random plan reads no files");
                })
                .schema();
    }

    private Dataflow grown(Dataflow rows, Schema schema) {
        String column = RandomValues.oneOf(random, schema.fields()).name();
        return switch (random.nextInt(24)) {
            case 0, 1, 2, 3 -> rows.filter(condition(schema));
            case 4 -> random.nextInt(3) > 0 ? rows : errorsOfOneText(rows, schema);
            case 5 -> rows.filter(condition(schema).and(condition(schema)));
            case 6 ->
                rows.filter(
                        random.nextBoolean()
                                ? Expr.lit(2).plus(3).eq(random.nextInt(2) + 4).and(condition(schema))
                                : condition(schema).or(Expr.lit(2).plus(3).eq(random.nextInt(2) + 4)));
            case 7 -> rows.sort(column);
            case 8 ->
                rows.sort(
                        SortKey.descending(column),
                        SortKey.ascending(schema.field(0).name()));
            case 9, 10 -> rows.limit(1 + random.nextInt(6));
            case 11 -> rows.select(some(schema));
            case 12 -> rows.withColumn("w", new RandomExpressions(random, schema).any());
            case 13 ->
                rows.withColumn("c", Expr.lit(7).dividedBy(random.nextInt(2)).plus(1));
            case 14 -> varied(rows, schema).distinct(some(schema)).filter(condition(schema));
            case 15 -> random.nextBoolean() ? rows.union(rows) : rows.union(rows.filter(condition(schema)));
            case 16 -> rows.unionByName(RandomPlan.of(seed + 1));
            case 17, 18 -> joined(rows, random.nextBoolean() ? rows : RandomPlan.of(seed + 1), column);
            case 19 -> joined(rows, rows.filter(condition(schema)), column).limit(1 + random.nextInt(4));
            case 20 ->
                random.nextBoolean()
                        ? rows.groupBy(some(schema)).aggregate(Aggregate.count(), Aggregate.min(column))
                        : counts(rows, column)
                                .leftJoin(
                                        counts(rows, column)
                                                .filter(Expr.col("count").gt(1)),
                                        column);
            case 21 ->
                varied(rows, schema)
                        .groupBy(column)
                        .appendAggregates(Aggregate.count().as("k"))
                        .filter(condition(schema));
            case 22 ->
                varied(rows, schema)
                        .window(
                                over -> over.partitionBy(some(schema)).orderBy(column),
                                WindowFunction.rowNumber().as("r"))
                        .filter(condition(schema));
            default ->
                switch (random.nextInt(5)) {
                    case 0 -> rows.failOnErrors();
                    case 1 -> rows.dropErrors();
                    case 2 -> rows.appendColumnsPadded(rows.select(column));
                    case 3 -> varied(rows, schema).duplicates(some(schema)).filter(condition(schema));
                    default -> rows.filter(Expr.rowRandom(seed).lt(0.7));
                };
        };
    }

    /** The rows, and once more with nulls in a column: where they are equal in others, it matters which of them are kept. */
    private Dataflow varied(Dataflow rows, Schema schema) {
        Field field = RandomValues.oneOf(random, schema.fields());
        return rows.union(rows.withColumn(field.name(), Expr.lit(null).cast(field.type())));
    }

    private Dataflow errorsOfOneText(Dataflow rows, Schema schema) {
        Expr error = Expr.when(condition(schema)).then(Expr.error("CAST", "x")).otherwise(Expr.error("OTHER", "x"));
        return rows.withColumn("o", error)
                .distinct("o")
                .filter(Expr.col("o").errorCode().eq("CAST"));
    }

    private static Dataflow counts(Dataflow rows, String column) {
        return rows.groupBy(column).aggregate(Aggregate.count(), Aggregate.max(column));
    }

    private Dataflow joined(Dataflow left, Dataflow right, String column) {
        return switch (random.nextInt(8)) {
            case 0 -> left.innerJoin(right, column);
            case 1, 2 -> left.leftJoin(right, column);
            case 3 -> left.rightJoin(right, column);
            case 4 -> left.fullJoin(right, column);
            case 5 -> left.semiJoin(right.sort(column), column);
            case 6 -> left.antiJoin(right.filter(Expr.col(column).isNotNull()), column);
            default -> left.crossJoin(right.limit(2));
        };
    }

    private Expr condition(Schema schema) {
        Field field = RandomValues.oneOf(random, schema.fields());
        Expr column = Expr.col(field.name());
        return switch (random.nextInt(12)) {
            case 0 -> column.isNotNull();
            case 1 -> column.isError().not();
            case 2 -> column.errorCode().eq("CAST").or(column.isNotNull());
            case 3 -> new RandomExpressions(random, schema).of(DataTypes.BOOL, 2);
            case 4 -> column.le(RandomValues.value(random, field.type()));
            default -> column.ne(RandomValues.value(random, field.type()));
        };
    }

    private String[] some(Schema schema) {
        List<String> names = schema.names();
        int[] chosen = IntStream.range(0, names.size())
                .filter(index -> random.nextBoolean())
                .toArray();
        return chosen.length == 0
                ? new String[] {names.get(0)}
                : IntStream.of(chosen).mapToObj(names::get).toArray(String[]::new);
    }
}
