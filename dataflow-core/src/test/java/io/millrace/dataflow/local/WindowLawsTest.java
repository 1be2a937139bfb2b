package io.millrace.dataflow.local;

import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Frame;
import io.millrace.dataflow.expr.WindowFunction;
import io.millrace.dataflow.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Windows and aggregates against the plainest possible computation, over random rows. */
class WindowLawsTest {
    private static final List<Aggregate> AGGREGATES = List.of(
            Aggregate.count(),
            Aggregate.count("x"),
            Aggregate.countDistinct("x"),
            Aggregate.sum("x"),
            Aggregate.sumDistinct("x"),
            Aggregate.mean("x"),
            Aggregate.min("x"),
            Aggregate.max("x"),
            Aggregate.first("x"),
            Aggregate.last("x"),
            Aggregate.mode("x"),
            Aggregate.list("x"),
            Aggregate.topValues("x", 2),
            Aggregate.bottomValues("x", 2),
            Aggregate.quantile("x", 0.3),
            Aggregate.variance("x"),
            Aggregate.standardDeviation("x"),
            Aggregate.skewness("x"),
            Aggregate.kurtosis("x"),
            Aggregate.covariance("x", "t"),
            Aggregate.correlation("x", "t"),
            Aggregate.weightedMean("x", "id"));

    private final LocalEngine engine = LocalEngine.create().threads(2);

    @Property(tries = 150, seed = "31")
    void anAggregateOfAFrameIsThatOfItsRowsAlone(
            @ForAll long seed,
            @ForAll @IntRange(max = 30) int size,
            @ForAll @IntRange(min = -6, max = 6) int from,
            @ForAll @IntRange(min = -6, max = 6) int to) {
        List<List<@Nullable Object>> input = input(seed, size);
        Aggregate aggregate = AGGREGATES.get(new Random(seed).nextInt(AGGREGATES.size()));

        List<List<@Nullable Object>> actual = run(table(input)
                .window(
                        w -> w.partitionBy("k").orderBy("t"),
                        aggregate.rows(from, to).as("value")));

        for (List<@Nullable Object> each : actual) {
            List<List<@Nullable Object>> partition = partition(input, each.get(0));
            int place = place(partition, each);
            int first = Math.max(0, Math.min(partition.size(), place + from));
            int end = Math.max(first, Math.min(partition.size(), place + to + 1));
            Object expected = alone(partition.subList(first, end), aggregate);
            assertSame(each.get(each.size() - 1), expected, aggregate);
        }
    }

    @Property(tries = 100, seed = "32")
    void runningAggregatesAreThoseOfTheRowsSoFar(@ForAll long seed, @ForAll @IntRange(max = 30) int size) {
        List<List<@Nullable Object>> input = input(seed, size);
        Aggregate aggregate = AGGREGATES.get(new Random(seed).nextInt(AGGREGATES.size()));

        List<List<@Nullable Object>> actual = run(table(input)
                .window(
                        w -> w.partitionBy("k").orderBy("t"),
                        aggregate.running().as("value")));

        for (List<@Nullable Object> each : actual) {
            List<List<@Nullable Object>> partition = partition(input, each.get(0));
            Object expected = alone(partition.subList(0, place(partition, each) + 1), aggregate);
            assertSame(each.get(each.size() - 1), expected, aggregate);
        }
    }

    @Property(tries = 100, seed = "33")
    void framesOfValuesHoldTheRowsWhoseKeysAreNear(
            @ForAll long seed,
            @ForAll @IntRange(max = 30) int size,
            @ForAll @IntRange(min = -4, max = 4) int from,
            @ForAll @IntRange(min = -4, max = 4) int to) {
        List<List<@Nullable Object>> input = input(seed, size);
        List<List<@Nullable Object>> expected = new ArrayList<>();
        for (List<@Nullable Object> each : input) {
            List<Object> near = new ArrayList<>();
            for (List<@Nullable Object> other : partition(input, each.get(0))) {
                Long t = (Long) each.get(1);
                Long u = (Long) other.get(1);
                boolean inside = (t == null || u == null) ? Objects.equals(t, u) : (u - t >= from && u - t <= to);
                if (inside) {
                    near.add(Objects.requireNonNull(other.get(3)));
                }
            }
            expected.add(with(each, near));
        }

        assertThat(run(table(input)
                        .window(
                                w -> w.partitionBy("k").orderBy("t"),
                                Aggregate.list("id").over(Frame.values(from, to)))))
                .isEqualTo(expected);
    }

    @Property(tries = 100, seed = "34")
    void placesAreCounted(@ForAll long seed, @ForAll @IntRange(max = 30) int size) {
        List<List<@Nullable Object>> input = input(seed, size);
        List<List<@Nullable Object>> expected = new ArrayList<>();
        for (List<@Nullable Object> each : input) {
            List<List<@Nullable Object>> partition = partition(input, each.get(0));
            int place = place(partition, each);
            int before = 0;
            HashSet<@Nullable Object> keys = new HashSet<>();
            for (List<@Nullable Object> other : partition.subList(0, place)) {
                if (!Objects.equals(other.get(1), each.get(1))) {
                    before++;
                    keys.add(other.get(1));
                }
            }
            Object previous = place == 0 ? null : partition.get(place - 1).get(2);
            expected.add(with(each, place + 1L, before + 1L, keys.size() + 1L, previous));
        }

        assertThat(run(table(input)
                        .window(
                                w -> w.partitionBy("k").orderBy("t"),
                                WindowFunction.rowNumber(),
                                WindowFunction.rank(),
                                WindowFunction.denseRank(),
                                WindowFunction.lag("x", 1))))
                .isEqualTo(expected);
    }

    @Property(tries = 60, seed = "35")
    void appendedAggregatesAreThoseOfTheGroups(@ForAll long seed, @ForAll @IntRange(max = 30) int size) {
        List<List<@Nullable Object>> input = input(seed, size);
        Aggregate[] rest = AGGREGATES.subList(1, AGGREGATES.size()).toArray(Aggregate[]::new);
        List<List<@Nullable Object>> groups = run(table(input).groupBy("k").aggregate(AGGREGATES.get(0), rest));
        List<List<@Nullable Object>> expected = new ArrayList<>();
        for (List<@Nullable Object> each : input) {
            List<@Nullable Object> group = groups.stream()
                    .filter(known -> Objects.equals(known.get(0), each.get(0)))
                    .findFirst()
                    .orElseThrow();
            expected.add(with(each, group.subList(1, group.size()).toArray()));
        }

        assertThat(run(table(input).groupBy("k").appendAggregates(AGGREGATES.get(0), rest)))
                .isEqualTo(expected);
    }

    @Property(tries = 60, seed = "36")
    void momentsAndQuantilesFollowTheirDefinitions(@ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int size) {
        Random random = new Random(seed);
        double[] values = random.doubles(size, -1000, 1000).toArray();
        double share = random.nextDouble();
        List<List<@Nullable Object>> input = new ArrayList<>();
        for (double value : values) {
            input.add(row(value));
        }
        double mean = Arrays.stream(values).sum() / size;
        double variance = power(values, mean, 2) * size / (size - 1);
        Arrays.sort(values);
        double place = Math.max(0, Math.min(size - 1, share * size - 0.5));
        int below = (int) Math.floor(place);
        double quantile = values[below] + (place - below) * (values[Math.min(size - 1, below + 1)] - values[below]);

        List<@Nullable Object> actual = run(rows("x: float64")
                        .ofRows(input)
                        .groupBy()
                        .aggregate(
                                Aggregate.variance("x"),
                                Aggregate.skewness("x"),
                                Aggregate.kurtosis("x"),
                                Aggregate.quantile("x", share)))
                .get(0);

        assertThat(close(actual.get(0), variance)).isTrue();
        assertThat(close(actual.get(1), power(values, mean, 3) / Math.pow(variance, 1.5)))
                .isTrue();
        assertThat(close(actual.get(2), power(values, mean, 4) / (variance * variance) - 3))
                .isTrue();
        assertThat(close(actual.get(3), quantile)).isTrue();
    }

    private static double power(double[] values, double mean, int power) {
        return Arrays.stream(values)
                .map(value -> Math.pow(value - mean, power))
                .average()
                .orElseThrow();
    }

    private @Nullable Object alone(List<List<@Nullable Object>> input, Aggregate aggregate) {
        return run(table(input).groupBy().aggregate(aggregate)).get(0).get(0);
    }

    private static void assertSame(@Nullable Object actual, @Nullable Object expected, Aggregate aggregate) {
        if (actual instanceof Double && expected instanceof Double number) {
            assertThat(close(actual, number))
                    .as("%s: %s for %s", aggregate, actual, number)
                    .isTrue();
        } else {
            assertThat(actual).as(aggregate.toString()).isEqualTo(expected);
        }
    }

    private static boolean close(@Nullable Object actual, double expected) {
        double number = (Double) Objects.requireNonNull(actual);
        return Double.compare(number, expected) == 0
                || Math.abs(number - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
    }

    private static List<@Nullable Object> with(List<@Nullable Object> row, @Nullable Object... more) {
        List<@Nullable Object> all = new ArrayList<>(row);
        all.addAll(Arrays.asList(more));
        return all;
    }

    /** The rows of a partition in the order of {@code t}, nulls first. */
    private static List<List<@Nullable Object>> partition(List<List<@Nullable Object>> input, @Nullable Object key) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        input.stream().filter(each -> Objects.equals(each.get(0), key)).forEach(rows::add);
        rows.sort(Comparator.comparing(each -> (Long) each.get(1), Comparator.nullsFirst(Comparator.naturalOrder())));
        return rows;
    }

    private static int place(List<List<@Nullable Object>> partition, List<@Nullable Object> row) {
        for (int i = 0; i < partition.size(); i++) {
            if (Objects.equals(partition.get(i).get(3), row.get(3))) {
                return i;
            }
        }
        throw new AssertionError("no such row");
    }

    /** Rows of a text key, a number to order by, a value, and their own position from 1. */
    private static List<List<@Nullable Object>> input(long seed, int size) {
        Random random = new Random(seed);
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            int key = random.nextInt(3);
            int t = random.nextInt(9);
            int x = random.nextInt(9);
            all.add(row(
                    key == 0 ? null : "k" + key,
                    t == 0 ? null : (Object) (long) t,
                    x == 0 ? null : (Object) (long) (x - 4),
                    (long) i));
        }
        return all;
    }

    private static Dataflow table(List<List<@Nullable Object>> input) {
        return rows("k: text", "t: int64", "x: int64", "id: int64").ofRows(input);
    }

    private List<List<@Nullable Object>> run(Dataflow dataflow) {
        try (Table table = dataflow.collect(engine)) {
            return table.rows();
        } finally {
            assertThat(engine.memoryHeld()).isZero();
        }
    }
}
