package io.millrace.dataflow.local;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Operators against the plainest possible versions of themselves, over random tables. */
class LocalEngineLawsTest {
    private final LocalEngine engine = LocalEngine.create().threads(2);

    @Property(tries = 100, seed = "21")
    void sortIsAStablePermutationInOrder(@ForAll long seed, @ForAll @IntRange(max = 60) int size) {
        List<List<@Nullable Object>> input = input(seed, size);
        List<List<@Nullable Object>> expected = new ArrayList<>(input);
        Comparator<@Nullable Object> numbers =
                Comparator.nullsFirst((left, right) -> ((Long) left).compareTo((Long) right));
        expected.sort(Comparator.<List<@Nullable Object>, @Nullable Object>comparing(each -> each.get(1), numbers)
                .reversed()
                .thenComparing(each -> (String) each.get(0), Comparator.nullsLast(Comparator.<String>naturalOrder())));

        assertThat(run(table(input)
                        .sort(
                                SortKey.descending("n").nullsLast(),
                                SortKey.ascending("k").nullsLast())))
                .isEqualTo(expected);
    }

    @Property(tries = 100, seed = "22")
    void groupsAreThoseOfAMap(@ForAll long seed, @ForAll @IntRange(max = 60) int size) {
        List<List<@Nullable Object>> input = input(seed, size);
        Map<@Nullable Object, long[]> groups = new LinkedHashMap<>();
        for (List<@Nullable Object> each : input) {
            long[] sums = groups.computeIfAbsent(each.get(0), key -> new long[2]);
            sums[0]++;
            sums[1] += each.get(1) == null ? 0 : (Long) each.get(1);
        }
        List<List<@Nullable Object>> expected = new ArrayList<>();
        groups.forEach((key, sums) -> expected.add(row(key, sums[0], sums[1])));

        assertThat(run(table(input).fillNull("n", 0).groupBy("k").aggregate(Aggregate.count(), Aggregate.sum("n"))))
                .isEqualTo(expected);
    }

    @Property(tries = 100, seed = "23")
    void joinIsTwoLoops(
            @ForAll long seed, @ForAll @IntRange(max = 25) int left, @ForAll @IntRange(max = 25) int right) {
        List<List<@Nullable Object>> lefts = input(seed, left);
        List<List<@Nullable Object>> rights = input(seed + 1, right);
        List<List<@Nullable Object>> expected = new ArrayList<>();
        for (List<@Nullable Object> a : lefts) {
            boolean found = false;
            for (List<@Nullable Object> b : rights) {
                if (a.get(0) != null && Objects.equals(a.get(0), b.get(0))) {
                    expected.add(row(a.get(0), a.get(1), a.get(2), b.get(1), b.get(2)));
                    found = true;
                }
            }
            if (!found) {
                expected.add(row(a.get(0), a.get(1), a.get(2), null, null));
            }
        }

        assertThat(run(table(lefts).leftJoin(table(rights), "k"))).isEqualTo(expected);
        expected.removeIf(each -> each.get(4) == null);
        assertThat(run(table(lefts).innerJoin(table(rights), "k"))).isEqualTo(expected);
    }

    @Property(tries = 100, seed = "24")
    void distinctKeepsTheFirstOfEach(@ForAll long seed, @ForAll @IntRange(max = 60) int size) {
        List<List<@Nullable Object>> input = input(seed, size);
        Map<List<@Nullable Object>, List<@Nullable Object>> firsts = new LinkedHashMap<>();
        input.forEach(each -> firsts.putIfAbsent(Arrays.asList(each.get(1), each.get(0)), each));

        assertThat(run(table(input).distinct("n", "k"))).isEqualTo(new ArrayList<>(firsts.values()));
    }

    @Property(tries = 50, seed = "25")
    void limitAndTheRestOfTheRowsAreTheRows(
            @ForAll long seed, @ForAll @IntRange(max = 60) int size, @ForAll @IntRange(max = 70) int limit) {
        List<List<@Nullable Object>> input = input(seed, size);

        assertThat(run(table(input).limit(limit))).isEqualTo(input.subList(0, Math.min(size, limit)));
        assertThat(run(table(input)
                        .limit(limit)
                        .union(table(input).filter(col("id").ge(limit)))))
                .isEqualTo(input);
    }

    /** Rows of a text key, a number and their own position; few different values, and some nulls. */
    private static List<List<@Nullable Object>> input(long seed, int size) {
        Random random = new Random(seed);
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int key = random.nextInt(6);
            int number = random.nextInt(6);
            all.add(row(key == 0 ? null : "k" + key, number == 0 ? null : (Object) (long) (number - 3), (long) i));
        }
        return all;
    }

    private static Dataflow table(List<List<@Nullable Object>> input) {
        return rows("k: text", "n: int64", "id: int64").ofRows(input);
    }

    private List<List<@Nullable Object>> run(Dataflow dataflow) {
        try (Table table = dataflow.collect(engine)) {
            return table.rows();
        } finally {
            assertThat(engine.memoryHeld()).isZero();
        }
    }
}
