package io.millrace.dataflow.local;

import static io.millrace.dataflow.expr.ColumnSelector.numeric;
import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.Recipe;
import io.millrace.dataflow.RowSelection;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.plan.Binder;
import io.millrace.dataflow.plan.Node;
import io.millrace.dataflow.plan.Step;
import io.millrace.dataflow.table.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What holds of splits and slices whatever the rows, and of row-wise steps that are spelled out. */
class SplitLawsTest {
    private final Engine engine = LocalEngine.create();

    private static Dataflow flow(List<Integer> values) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        values.forEach(value -> all.add(row(value, value % 3 == 0 ? null : "t" + value % 3)));
        return rows("n: int64", "t: text").ofRows(all);
    }

    private List<List<@Nullable Object>> result(Dataflow flow) {
        try (Table table = flow.collect(engine)) {
            return table.rows();
        }
    }

    private static List<List<@Nullable Object>> sorted(List<List<@Nullable Object>> rows) {
        List<List<@Nullable Object>> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparing(List::toString));
        return sorted;
    }

    @Property(tries = 200, seed = "11")
    void everyRowIsInExactlyOnePart(
            @ForAll("changes") List<UnaryOperator<Dataflow>> changes,
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 9) Integer> values,
            @ForAll @DoubleRange(min = 0, max = 1) double fraction,
            @ForAll @IntRange(min = 1, max = 5) int parts,
            @ForAll long seed) {
        Dataflow whole = flow(values);
        for (UnaryOperator<Dataflow> change : changes) {
            whole = change.apply(whole);
        }
        List<List<@Nullable Object>> expected = sorted(result(whole));

        RowSelection.Split split = whole.randomSplit(fraction, seed);
        List<List<@Nullable Object>> both = new ArrayList<>(result(split.sample()));
        both.addAll(result(split.rest()));
        assertThat(sorted(both)).isEqualTo(expected);

        List<List<@Nullable Object>> all = new ArrayList<>();
        whole.splitInto(parts, seed).forEach(part -> all.addAll(result(part)));
        assertThat(sorted(all)).isEqualTo(expected);
    }

    @Provide
    Arbitrary<List<UnaryOperator<Dataflow>>> changes() {
        return Arbitraries.<UnaryOperator<Dataflow>>of(
                        flow -> flow.limit(20),
                        flow -> flow.sort("t"),
                        flow -> flow.union(flow),
                        flow -> flow.skip(1),
                        flow -> flow.distinct("n"),
                        flow -> flow.withColumn("n", col("n").plus(1)),
                        flow -> flow.groupBy("t").aggregate(Aggregate.max("n").as("n")),
                        flow -> flow.innerJoin(flow.distinct("n").select("n"), "n"))
                .list()
                .ofMaxSize(3);
    }

    @Property(tries = 100, seed = "12")
    void slicesAreWhatListsGive(
            @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 9) Integer> values,
            @ForAll @IntRange(min = 0, max = 35) int offset,
            @ForAll @IntRange(min = 0, max = 35) int count) {
        List<List<@Nullable Object>> all = result(flow(values));
        int from = Math.min(offset, all.size());

        assertThat(result(flow(values).skip(offset))).isEqualTo(all.subList(from, all.size()));
        assertThat(result(flow(values).slice(offset, count)))
                .isEqualTo(all.subList(from, Math.min(from + count, all.size())));
        assertThat(result(flow(values).tail(count)))
                .isEqualTo(all.subList(Math.max(0, all.size() - count), all.size()));
        assertThat(result(flow(values).sampleRows(count, 3))).hasSize(Math.min(count, all.size()));
    }

    @Property(tries = 100, seed = "13")
    void spelledOutStepsGiveTheSameRows(
            @ForAll("recipes") List<UnaryOperator<Recipe>> recipes,
            @ForAll @Size(max = 10) List<@IntRange(min = 0, max = 9) Integer> values) {
        Recipe recipe = Recipe.empty();
        for (UnaryOperator<Recipe> each : recipes) {
            recipe = each.apply(recipe);
        }
        Dataflow base = flow(values).withColumn("m", col("n").times(2));

        Node spelled = base.node();
        for (Step step : Binder.spelledOut(base.schema(engine), recipe.steps())) {
            spelled = Node.of(step, List.of(spelled), Optional.empty());
        }

        try (Table expected = base.apply(recipe).collect(engine);
                Table actual = Dataflow.of(spelled).collect(engine)) {
            assertThat(actual.schema()).isEqualTo(expected.schema());
            assertThat(actual.rows()).isEqualTo(expected.rows());
        }
    }

    @Provide
    Arbitrary<List<UnaryOperator<Recipe>>> recipes() {
        return Arbitraries.<UnaryOperator<Recipe>>of(
                        recipe -> recipe.renameAll(Map.of("n", "m", "m", "n")),
                        recipe -> recipe.renameAll(Map.of("t", "n", "n", "m", "m", "t"))
                                .renameAll(Map.of("n", "t", "m", "n", "t", "m")),
                        recipe -> recipe.withColumns(
                                numeric(), each -> each.plus(col("n")).minus(col("m"))),
                        recipe -> recipe.clip(numeric(), 2, 5),
                        recipe -> recipe.moveFirst("t"),
                        recipe -> recipe.moveAfter("t", numeric()),
                        recipe -> recipe.duplicate("n", "u").drop("u"),
                        recipe -> recipe.upper("t"))
                .list()
                .ofMaxSize(4);
    }
}
