package io.millrace.dataflow.local;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Frame;
import io.millrace.dataflow.expr.JoinKeys;
import io.millrace.dataflow.expr.JoinOptions;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.expr.WindowFunction;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.table.Positions;
import io.millrace.dataflow.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Joins, windows and repeated rows are the same, cell by cell, however little they may hold. */
class DividedLawsTest {
    private final LocalEngine roomy = LocalEngine.create().threads(2);

    @Property(tries = 80, seed = "41")
    void aJoinDoesNotDependOnMemory(
            @ForAll long seed,
            @ForAll @IntRange(max = 120) int left,
            @ForAll @IntRange(max = 120) int right,
            @ForAll @IntRange(min = 1, max = 30) int different,
            @ForAll @IntRange(min = 1, max = 9) int batchRows,
            @ForAll @IntRange(max = 40_000) int held) {
        LocalEngine tight = LocalEngine.create().threads(1 + held % 3).holding(held, batchRows);
        Dataflow lefts = table(seed, left, different);
        Dataflow rights = table(seed + 1, right, different).rename("x", "y").rename("long", "longer");
        for (Dataflow dataflow : List.of(
                lefts.innerJoin(rights, "n"),
                lefts.leftJoin(rights, "n"),
                lefts.rightJoin(rights, "n"),
                lefts.fullJoin(rights, "n"),
                lefts.fullJoin(rights, "k", "n"),
                lefts.join(rights, JoinOptions.left(JoinKeys.of("k", "k"))),
                lefts.semiJoin(rights, "n"),
                lefts.antiJoin(rights, "n"),
                lefts.antiJoin(rights, "k", "n"),
                lefts.semiJoin(rights, "d"),
                lefts.limit(20).crossJoin(rights.limit(30)),
                lefts.distinct("n")
                        .join(rights, JoinOptions.full(JoinKeys.of("n", "n")).expectOneToMany()),
                lefts.join(
                        rights.distinct("n"),
                        JoinOptions.inner(JoinKeys.of("n", "n")).expectManyToOne()))) {
            assertThat(content(dataflow, tight)).isEqualTo(content(dataflow, roomy));
        }
        assertThat(tight.memoryHeld()).isZero();
    }

    @Property(tries = 60, seed = "42")
    void repeatedRowsDoNotDependOnMemory(
            @ForAll long seed,
            @ForAll @IntRange(max = 150) int size,
            @ForAll @IntRange(min = 1, max = 60) int different,
            @ForAll @IntRange(min = 1, max = 9) int batchRows,
            @ForAll @IntRange(max = 40_000) int held) {
        LocalEngine tight = LocalEngine.create().threads(1 + held % 3).holding(held, batchRows);
        Dataflow table = table(seed, size, different);
        for (Dataflow dataflow : List.of(
                table.distinctLast("n"),
                table.distinctLast("k", "x"),
                table.duplicates("n"),
                table.duplicates("d", "flag"))) {
            assertThat(content(dataflow, tight)).isEqualTo(content(dataflow, roomy));
        }
        assertThat(tight.memoryHeld()).isZero();
    }

    @Property(tries = 100, seed = "43")
    void aWindowDoesNotDependOnMemory(
            @ForAll long seed,
            @ForAll @IntRange(max = 120) int size,
            @ForAll @IntRange(min = 1, max = 30) int different,
            @ForAll @IntRange(min = -5, max = 5) int from,
            @ForAll @IntRange(max = 6) int rows,
            @ForAll @IntRange(max = 40_000) int held) {
        LocalEngine tight = LocalEngine.create().threads(1 + held % 3).holding(held, 1 + rows);
        Dataflow table = table(seed, size, different).withRowNumber("id");
        for (Dataflow dataflow : List.of(
                table.window(w -> w.partitionBy("n"), Aggregate.count(), Aggregate.max("id"), Aggregate.list("k")),
                table.window(
                        w -> w.partitionBy("n").orderBy("k"),
                        WindowFunction.rowNumber(),
                        WindowFunction.rank(),
                        WindowFunction.denseRank(),
                        WindowFunction.percentRank(),
                        WindowFunction.cumulativeShare(),
                        WindowFunction.ntile(3),
                        WindowFunction.lag("n", 1 + rows),
                        WindowFunction.lead("long", rows).otherwise("none"),
                        WindowFunction.nthValue("id", 2),
                        Aggregate.sum("id").running()),
                table.window(
                        w -> w.orderBy(SortKey.descending("d"), SortKey.ascending("id")),
                        WindowFunction.lastValue("x"),
                        WindowFunction.denseRank(),
                        Aggregate.min("n").rows(from, from + rows),
                        Aggregate.sum("id").rows(from, from + rows),
                        Aggregate.median("id").rows(from, from + rows),
                        Aggregate.mean("id")),
                table.window(
                        w -> w.partitionBy("flag")
                                .orderBy(SortKey.descending("n").nullsLast()),
                        Aggregate.sum("id")
                                .over(Frame.values(from, from + rows))
                                .as("sum"),
                        Aggregate.list("id")
                                .over(Frame.values(from, from + rows))
                                .as("ids"),
                        Aggregate.count().as("count")),
                table.groupBy("k", "n").appendAggregates(Aggregate.count(), Aggregate.max("x")))) {
            assertThat(content(dataflow, tight)).isEqualTo(content(dataflow, roomy));
        }
        assertThat(tight.memoryHeld()).isZero();
    }

    /** The rows, where and how they are errors, and where they came from. */
    private static List<Object> content(Dataflow dataflow, LocalEngine engine) {
        try (Table table = dataflow.collect(engine)) {
            List<Object> places = new ArrayList<>();
            table.batches().forEach(batch -> {
                Positions positions = batch.positions().orElse(null);
                for (int row = 0; row < batch.rowCount(); row++) {
                    places.add(positions == null ? "nowhere" : positions.file(row) + positions.record(row));
                }
            });
            return List.of(table.rows(), table.errors(), places);
        }
    }

    /** Columns of many types with so many different keys, nulls, errors, NaN, zeros of both signs, and long texts. */
    static Dataflow table(long seed, int size, int different) {
        Random random = new Random(seed);
        List<List<@Nullable Object>> all = new ArrayList<>();
        double[] numbers = {0.0, -0.0, Double.NaN, 1.5, -2.25, Double.NEGATIVE_INFINITY, 1e300, 3.1};
        for (int i = 0; i < size; i++) {
            // Every second key is the same, so that there is one that has too many rows.
            int n = random.nextBoolean() ? 2 : random.nextInt(different + 2);
            all.add(row(
                    n == 0 ? null : n == 1 ? "no" : Integer.toString(n - 4),
                    random.nextInt(5) == 0 ? null : "k" + random.nextInt(different),
                    Double.toString(numbers[random.nextInt(numbers.length)]),
                    random.nextInt(8) == 0 ? null : "a\u0000".repeat(random.nextInt(14)),
                    random.nextBoolean()));
        }
        return rows("n: text", "k: text", "x: text", "long: text", "flag: bool")
                .ofRows(all)
                .cast("n", INT64)
                .cast("x", FLOAT64)
                .withColumn("d", col("n").cast(DataTypes.decimal(10, 2)));
    }
}
