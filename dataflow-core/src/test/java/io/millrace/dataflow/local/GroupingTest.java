package io.millrace.dataflow.local;

import static io.millrace.dataflow.expr.Aggregate.count;
import static io.millrace.dataflow.expr.Aggregate.max;
import static io.millrace.dataflow.expr.Aggregate.mean;
import static io.millrace.dataflow.expr.Aggregate.min;
import static io.millrace.dataflow.expr.Aggregate.sum;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.table.Table;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Groups come of any number of different keys, values and threads as they come of a map. */
class GroupingTest {
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);

    @Property(tries = 100, seed = "41")
    void wholeNumbersOfAnySizeAreSummedExactly(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 120) int size,
            @ForAll @IntRange(min = 1, max = 9) int batchRows,
            @ForAll @IntRange(min = 1, max = 3) int threads,
            @ForAll @IntRange(max = 63) int smallest) {
        Random random = new Random(seed);
        List<List<@Nullable Object>> all = new ArrayList<>();
        Map<String, BigInteger> sums = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String key = "k" + random.nextInt(3);
            long value = random.nextLong() >> Math.min(smallest, random.nextInt(64));
            boolean isNull = random.nextInt(6) == 0;
            all.add(row(key, isNull ? null : value));
            if (isNull) {
                sums.putIfAbsent(key, BigInteger.ZERO);
            } else {
                sums.merge(key, BigInteger.valueOf(value), BigInteger::add);
            }
        }
        LocalEngine engine = LocalEngine.create().threads(threads).holding(Long.MAX_VALUE, batchRows);
        Dataflow grouped =
                rows("k: text", "n: int64").ofRows(all).groupBy("k").aggregate(sum("n"), count("n"), max("n"));
        try (Table table = grouped.collect(engine)) {
            List<List<Object>> found = new ArrayList<>();
            table.rows().forEach(each -> found.add(new ArrayList<>(each)));
            Map<Integer, String> overflows = new LinkedHashMap<>();
            table.errors()
                    .forEach(
                            each -> overflows.put((int) each.row(), each.error().text()));
            int number = 0;
            for (Map.Entry<String, BigInteger> sum : sums.entrySet()) {
                long values = all.stream()
                        .filter(each -> sum.getKey().equals(each.get(0)) && each.get(1) != null)
                        .count();
                boolean fits =
                        sum.getValue().compareTo(LARGEST) <= 0 && sum.getValue().compareTo(LEAST) >= 0;
                assertThat(found.get(number).get(0)).isEqualTo(sum.getKey());
                assertThat(found.get(number).get(2)).isEqualTo(values);
                if (!fits) {
                    assertThat(overflows).containsEntry(number, sum.getValue().toString());
                } else {
                    assertThat(found.get(number).get(1))
                            .isEqualTo(values == 0 ? null : sum.getValue().longValueExact());
                }
                number++;
            }
            assertThat(found).hasSize(number);
        }
    }

    @Test
    void keysKeepTheirGroupsWhenThereAreTooManyForCodes() {
        List<List<@Nullable Object>> all = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            all.add(row("k" + random.nextInt(20), random.nextInt(5) == 0 ? null : "" + random.nextInt(30)));
        }
        all.add(row("k1", "no number"));
        all.add(row("a text that is longer than two words of a key", "3"));
        for (int i = 0; i < 12_000; i++) {
            all.add(row("k" + random.nextInt(9_000), "" + random.nextInt(30)));
        }
        all.add(row("k1", "no number"));
        all.add(row("k1", "another"));
        Map<String, Long> counts = new LinkedHashMap<>();
        all.forEach(each -> counts.merge(each.get(0) + " " + each.get(1), 1L, Long::sum));

        Dataflow grouped = rows("k: text", "n: text")
                .ofRows(all)
                .cast("n", INT64)
                .groupBy("k", "n")
                .aggregate(count());
        for (int batchRows : new int[] {100, 5_000, 20_000}) {
            LocalEngine engine = LocalEngine.create().threads(2).holding(Long.MAX_VALUE, batchRows);
            try (Table table = grouped.collect(engine)) {
                assertThat(table.rows().stream().map(each -> each.get(each.size() - 1)))
                        .containsExactlyElementsOf(counts.values());
            }
        }
    }

    @Property(tries = 12, seed = "42")
    void groupsAndDifferentRowsDoNotDependOnHowMuchIsHeld(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 1_500) int keys,
            @ForAll @IntRange(min = 30, max = 200) int batchRows,
            @ForAll @LongRange(max = 300_000) long held) {
        Random random = new Random(seed);
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            all.add(row(random.nextInt(keys), "t" + random.nextInt(7), random.nextDouble(), (long) i));
        }
        Dataflow table = rows("n: int64", "t: text", "x: float64", "i: int64").ofRows(all);
        LocalEngine roomy = LocalEngine.create().threads(2).holding(Long.MAX_VALUE, batchRows);
        LocalEngine tight = LocalEngine.create().threads(2).holding(held, batchRows);
        for (Dataflow dataflow : List.of(
                table.groupBy("n").aggregate(sum("x"), mean("i"), count(), min("t")),
                table.groupBy("t", "n").aggregate(sum("i"), max("x")),
                table.distinct("n"),
                table.distinct("n", "t"))) {
            assertThat(content(dataflow, tight)).isEqualTo(content(dataflow, roomy));
        }
        assertThat(tight.memoryHeld()).isZero();
    }

    private static List<?> content(Dataflow dataflow, LocalEngine engine) {
        try (Table table = dataflow.collect(engine)) {
            return table.rows();
        }
    }
}
