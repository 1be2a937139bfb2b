package io.millrace.dataflow.local;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.JoinKeys;
import io.millrace.dataflow.expr.JoinOptions;
import io.millrace.dataflow.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** What joins, unions and reshapings have to do with each other, over random tables with nulls and repeated keys. */
class JoinLawsTest {
    private final LocalEngine engine = LocalEngine.create().threads(2);

    @Property(tries = 60, seed = "31")
    void aFullJoinIsTheLeftJoinAndThenTheRightRowsWithoutAPartner(
            @ForAll long seed, @ForAll @IntRange(max = 25) int left, @ForAll @IntRange(max = 25) int right) {
        Dataflow lefts = table(seed, left);
        Dataflow rights = table(seed + 1, right).rename("n", "m");

        List<List<@Nullable Object>> expected = run(lefts.leftJoin(rights, "k"));
        expected.addAll(
                run(rights.antiJoin(lefts, "k").unionByName(lefts.limit(0)).select("k", "n", "m")));

        assertThat(run(lefts.fullJoin(rights, "k"))).isEqualTo(expected);
    }

    @Property(tries = 60, seed = "32")
    void aRightJoinIsTheInnerJoinAndThenTheRightRowsWithoutAPartner(
            @ForAll long seed, @ForAll @IntRange(max = 25) int left, @ForAll @IntRange(max = 25) int right) {
        Dataflow lefts = table(seed, left);
        Dataflow rights = table(seed + 1, right).rename("n", "m");

        List<List<@Nullable Object>> expected = run(lefts.innerJoin(rights, "k"));
        expected.addAll(
                run(rights.antiJoin(lefts, "k").unionByName(lefts.limit(0)).select("k", "n", "m")));

        assertThat(run(lefts.rightJoin(rights, "k"))).isEqualTo(expected);
    }

    @Property(tries = 60, seed = "33")
    void theSemiAndTheAntiJoinPartTheRows(
            @ForAll long seed, @ForAll @IntRange(max = 40) int left, @ForAll @IntRange(max = 10) int right) {
        Dataflow lefts = table(seed, left);
        Dataflow rights = table(seed + 1, right).rename("n", "m");

        List<List<@Nullable Object>> semi = run(lefts.semiJoin(rights, "k"));
        List<List<@Nullable Object>> both = new ArrayList<>(semi);
        both.addAll(run(lefts.antiJoin(rights, "k")));

        assertThat(both).containsExactlyInAnyOrderElementsOf(run(lefts));
        assertThat(semi)
                .isEqualTo(run(lefts.innerJoin(rights.distinct("k"), "k").drop("m")));
    }

    @Property(tries = 60, seed = "34")
    void anInnerJoinIsTheCrossJoinOfTheRowsThatAgree(
            @ForAll long seed, @ForAll @IntRange(max = 25) int left, @ForAll @IntRange(max = 25) int right) {
        Dataflow lefts = table(seed, left);
        Dataflow rights = table(seed + 1, right);
        JoinKeys keys = JoinKeys.of("k", "k").and("n");

        assertThat(run(lefts.join(rights, JoinOptions.inner(keys))))
                .isEqualTo(run(lefts.crossJoin(rights)
                        .filter(col("k").eq(col("k_right")).and(col("n").eq(col("n_right"))))
                        .select("k", "n")));
    }

    @Property(tries = 40, seed = "35")
    void theSmallerSideDoesNotMatter(@ForAll long seed, @ForAll @IntRange(max = 5) int few) {
        Dataflow small = table(seed, few);
        Dataflow large = table(seed + 1, 300).rename("n", "m");
        // A join that has to see every row of the right input holds all of them.
        List<List<@Nullable Object>> all = run(small.fullJoin(large, "k"));
        List<List<@Nullable Object>> kept = run(small.leftJoin(large, "k"));

        assertThat(kept).isEqualTo(all.subList(0, kept.size()));
    }

    @Property(tries = 60, seed = "36")
    void aUnionHasTheRowsOfItsInputsInOrder(
            @ForAll long seed, @ForAll @IntRange(max = 20) int first, @ForAll @IntRange(max = 20) int second) {
        Dataflow firsts = table(seed, first);
        Dataflow seconds = table(seed + 1, second);
        List<List<@Nullable Object>> expected = new ArrayList<>(run(firsts));
        expected.addAll(run(seconds));
        expected.addAll(run(firsts));

        assertThat(run(firsts.union(seconds, firsts))).isEqualTo(expected);
        assertThat(run(firsts.unionByName(seconds.select("n", "k"), firsts))).isEqualTo(expected);
        assertThat(run(firsts.unionByPosition(seconds.rename("k", "a"), firsts)))
                .isEqualTo(expected);
    }

    @Property(tries = 60, seed = "37")
    void columnsSideBySideAreTheColumns(@ForAll long seed, @ForAll @IntRange(max = 40) int size) {
        Dataflow table = table(seed, size);

        assertThat(run(table.select("k").appendColumns(table.select("n")))).isEqualTo(run(table));
        assertThat(run(table.select("k")
                        .appendColumnsPadded(table.select("n").limit(3))
                        .limit(3)))
                .isEqualTo(run(table.limit(3)));
    }

    @Property(tries = 60, seed = "38")
    void unpivotAndThenPivotIsTheTable(@ForAll long seed, @ForAll @IntRange(max = 30) int size) {
        List<List<@Nullable Object>> input = new ArrayList<>();
        Random random = new Random(seed);
        for (int i = 0; i < size; i++) {
            input.add(row((long) i, number(random), number(random)));
        }
        Dataflow table = rows("id: int64", "x: int64", "y: int64").ofRows(input);

        assertThat(run(table.unpivot(List.of("id"), List.of(), "name", "value")
                        .pivot("name", Aggregate.max("value"), "id")
                        .values("x", "y")
                        .toDataflow()))
                .isEqualTo(input);
    }

    @Property(tries = 60, seed = "39")
    void duplicatesAreTheRowsOfRepeatedKeys(@ForAll long seed, @ForAll @IntRange(max = 20) int size) {
        List<List<@Nullable Object>> input = run(table(seed, size));
        Map<List<@Nullable Object>, List<List<@Nullable Object>>> byKey = new LinkedHashMap<>();
        input.forEach(each -> byKey.computeIfAbsent(Arrays.asList(each.get(0)), key -> new ArrayList<>())
                .add(each));
        List<List<@Nullable Object>> repeated = new ArrayList<>();
        byKey.values().stream().filter(group -> group.size() > 1).forEach(repeated::addAll);
        List<List<@Nullable Object>> lasts = new ArrayList<>();
        byKey.values().forEach(group -> lasts.add(group.get(group.size() - 1)));

        assertThat(run(table(seed, size).duplicates("k"))).containsExactlyInAnyOrderElementsOf(repeated);
        assertThat(run(table(seed, size).distinctLast("k"))).containsExactlyInAnyOrderElementsOf(lasts);
    }

    private static @Nullable Object number(Random random) {
        int number = random.nextInt(6);
        return number == 0 ? null : (Object) (long) (number - 3);
    }

    private static Dataflow table(long seed, int size) {
        Random random = new Random(seed);
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int key = random.nextInt(7);
            all.add(row(key == 0 ? null : "k" + key, number(random)));
        }
        return rows("k: text", "n: int64").ofRows(all);
    }

    private List<List<@Nullable Object>> run(Dataflow dataflow) {
        try (Table table = dataflow.collect(engine)) {
            return new ArrayList<>(table.rows());
        } finally {
            assertThat(engine.memoryHeld()).isZero();
        }
    }
}
