package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.ColumnSelector.matching;
import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.Expr.rowRandom;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.RowSelection;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.plan.RowStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Steps that choose among rows by their number or by chance. */
interface SamplingContract extends EngineFixture {
    private static Dataflow numbers(int count) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(row(i, i % 4 == 0 ? null : "s" + i % 4));
        }
        return rows("n: int64", "s: text").ofRows(all);
    }

    private List<@Nullable Object> values(Dataflow dataflow) {
        List<@Nullable Object> values = new ArrayList<>();
        run(dataflow).content().rows().forEach(row -> values.add(row.get(0)));
        return values;
    }

    @Test
    @Checks(steps = RowStep.Skip.class)
    default void skipLeavesTheFirstRowsOut() {
        run(rows("x").of(3, 1, 2).skip(1)).hasValues(1, 2);
        run(rows("x").of(3, 1, 2).skip(0)).hasValues(3, 1, 2);
        run(rows("x").of(3, 1, 2).skip(3)).hasValues();
        run(rows("x").of(3, 1, 2).skip(Long.MAX_VALUE)).hasValues();
        run(rows("x: int64").none().skip(1)).hasValues();
        run(numbers(40_000).skip(39_997).select("n")).hasValues(39_997, 39_998, 39_999);
    }

    @Test
    @Checks(steps = {RowStep.Skip.class, RowStep.Limit.class})
    default void sliceKeepsRowsAfterAnOffset() {
        run(numbers(40_000).slice(20_000, 2).select("n")).hasValues(20_000, 20_001);
        run(rows("x").of(3, 1, 2).slice(2, 5)).hasValues(2);
        run(rows("x").of(3, 1, 2).take(2)).hasValues(3, 1);
        run(rows("x")
                        .of(1, 2, 3, 4)
                        .filter(col("x").ne(2))
                        .sort(SortKey.descending("x"))
                        .slice(1, 1))
                .hasValues(3);
    }

    @Test
    @Checks(steps = RowStep.Tail.class)
    default void tailKeepsTheLastRowsInTheirOrder() {
        run(rows("x").of(3, 1, 2).tail(2)).hasValues(1, 2);
        run(rows("x").of(3, 1, 2).tail(0)).hasValues();
        run(rows("x").of(3, 1, 2).tail(9)).hasValues(3, 1, 2);
        run(rows("x: int64").none().tail(1)).hasValues();
        run(numbers(40_000).filter(col("n").mod(10_000).eq(1)).tail(2).select("n"))
                .hasValues(20_001, 30_001);
        run(numbers(40_000).tail(20_000).limit(1).select("n")).hasValues(20_000);
    }

    @Test
    @Checks(steps = RowStep.RowNumber.class)
    default void rowsAreNumberedFromOneInTheirOrder() {
        run(rows("x").of("b", "a", "c").withRowNumber("row"))
                .hasColumns("x", "row")
                .hasRows(row("b", 1), row("a", 2), row("c", 3));
        run(rows("x").of("b", "a", "c").sort("x").withRowNumber("row").filter(col("x").ne("b")))
                .hasRows(row("a", 1), row("c", 3));
        run(numbers(40_000)
                        .filter(col("n").ge(20_000))
                        .withRowNumber("row")
                        .tail(1)
                        .select("row"))
                .hasValues(20_000);
        run(rows("x: text").none().withRowNumber("row")).hasColumns("x", "row").hasRows();
    }

    @Test
    @Checks(steps = RowStep.RowNumber.class)
    default void rowNumbersStayWhenOtherColumnsAreNotRead() {
        run(numbers(5).withRowNumber("row").select("row")).hasValues(1, 2, 3, 4, 5);
        run(numbers(3).withRowNumber("row").select("n")).hasValues(0, 1, 2);
        run(numbers(7).withRowNumber("row").groupBy().aggregate(Aggregate.sum("row")))
                .hasValues(28);
    }

    @Test
    @Checks(steps = RowStep.RequireRows.class)
    default void verifyHasRowsChangesNothingWhereThereAreRows() {
        run(rows("x").of(1, 2).verifyHasRows()).hasValues(1, 2);
        run(rows("x").of(1, 2).verifyHasRows().filter(col("x").gt(5))).hasValues();
        run(rows("x").of(1, 2).verifyHasRows().union(rows("x").of(3))).hasValues(1, 2, 3);
        run(numbers(40_000).filter(col("n").eq(39_999)).verifyHasRows().select("n"))
                .hasValues(39_999);
    }

    @Test
    @Checks(steps = RowStep.RequireRows.class)
    default void verifyHasRowsFailsWithoutRowsWhateverTheStepsAfterItWant() {
        Dataflow none = rows("x").of(1, 2).filter(col("x").gt(5)).verifyHasRows();

        for (Dataflow flow : List.of(
                none,
                none.limit(0),
                none.tail(0),
                none.union(rows("x").of(1)),
                rows("x").of(1).union(none).limit(1),
                none.innerJoin(rows("x: int64").none(), "x"),
                none.groupBy().aggregate(Aggregate.count()))) {
            assertThatThrownBy(() -> run(flow)).isInstanceOfSatisfying(DataflowException.class, failure -> {
                assertThat(failure.code()).isEqualTo(ErrorCode.EMPTY_SOURCE);
                assertThat(failure.what()).isEqualTo("Cannot go on after verifyHasRows(): there are no rows");
                assertThat(failure.details().get(0)).contains(", at SamplingContract.java:");
            });
        }
    }

    @Test
    @Checks(functions = Function.ROW_RANDOM)
    default void rowRandomIsSpreadEvenlyOverTheUnitInterval() {
        List<@Nullable Object> random =
                values(numbers(20_000).withColumn("r", rowRandom(7)).select("r"));

        assertThat(random).doesNotContainNull().doesNotHaveDuplicates();
        int[] tenths = new int[10];
        random.forEach(value -> tenths[(int) (10 * (Double) java.util.Objects.requireNonNull(value))]++);
        assertThat(java.util.Arrays.stream(tenths).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(1_850, 2_150));
    }

    @Test
    @Checks(functions = Function.ROW_RANDOM)
    default void rowRandomNeverChangesBetweenVersions() {
        run(numbers(2).withColumn("r", rowRandom(42)).select("r")).hasValues(0.667156940104083, 0.2140822933283778);
        run(rows("k", "t", "x")
                        .of("a", "ü", -0.0, "b", null, Double.NaN)
                        .groupBy("k", "t", "x")
                        .aggregate(Aggregate.count())
                        .sort("k")
                        .withColumn("r", rowRandom(42))
                        .select("r"))
                .hasValues(0.10322681126276756, 0.6605079334536802);
    }

    @Test
    @Checks(functions = Function.ROW_RANDOM)
    default void rowRandomFollowsTheRecordThroughStepsThatKeepIt() {
        Map<@Nullable Object, @Nullable Object> expected = new HashMap<>();
        run(numbers(1_000).withColumn("r", rowRandom(3)))
                .content()
                .rows()
                .forEach(row -> expected.put(row.get(0), row.get(2)));
        Dataflow mixed = numbers(1_000)
                .filter(col("n").mod(3).ne(0))
                .sort(SortKey.descending("s"), SortKey.descending("n"))
                .withRowNumber("row")
                .skip(10)
                .distinct("n")
                .tail(500)
                .verifyHasRows()
                .limit(400)
                .withColumn("s", col("s").text().concat("!"));

        for (List<@Nullable Object> row : run(mixed.withColumn("r", rowRandom(3))
                        .select("n", "r"))
                .content()
                .rows()) {
            assertThat(row.get(1)).isEqualTo(expected.get(row.get(0)));
        }
    }

    @Test
    @Checks(functions = Function.ROW_RANDOM)
    default void rowRandomFollowsTheContentOfNewRowsWhicheverColumnsAreReadLater() {
        Dataflow groups = numbers(400)
                .withColumn("key", col("n").mod(100))
                .groupBy("key")
                .aggregate(Aggregate.min("n").as("low"), Aggregate.count())
                .sort("key")
                .withColumn("r", rowRandom(3));

        List<@Nullable Object> alone = values(groups.select("r"));
        List<@Nullable Object> amongAll = values(groups.select("r", "key", "low", "count"));
        assertThat(alone).hasSize(100).doesNotHaveDuplicates().isEqualTo(amongAll);
        Dataflow twice = groups.union(groups).sort("key");
        List<@Nullable Object> pairs =
                values(twice.withColumn("r", rowRandom(3)).select("r"));
        assertThat(pairs).hasSize(200);
        assertThat(new HashSet<>(pairs)).hasSize(100);
    }

    @Test
    @Checks(steps = RowStep.Filter.class)
    default void sampleKeepsAboutThatShareInOrderAndTheSameEachTime() {
        List<@Nullable Object> sample = values(numbers(20_000).sample(0.1, 5).select("n"));

        assertThat(sample).hasSizeBetween(1_880, 2_120);
        assertThat(sample.stream().map(value -> (Long) value).toList()).isSorted();
        assertThat(values(numbers(20_000).select("n").sample(0.1, 5))).isEqualTo(sample);
        assertThat(values(numbers(20_000).sample(0.1, 6).select("n"))).isNotEqualTo(sample);
        run(numbers(100).sample(0, 5)).hasRowCount(0);
        run(numbers(100).sample(1, 5)).hasRowCount(100);
    }

    @Test
    @Checks(steps = RowStep.Filter.class)
    default void aSampleWithoutASeedStaysTheSame() {
        Dataflow once = numbers(2_000).sample(0.5).select("n");

        assertThat(values(once)).isEqualTo(values(once));
        assertThat(values(numbers(2_000).sample(0.5).select("n"))).isNotEqualTo(values(once));
    }

    @Test
    @Checks(steps = RowStep.SampleRows.class)
    default void sampleRowsKeepsExactlySoManyInOrder() {
        List<@Nullable Object> sample = values(numbers(20_000).sampleRows(50, 5).select("n"));

        assertThat(sample).hasSize(50);
        assertThat(sample.stream().map(value -> (Long) value).toList()).isSorted();
        assertThat(values(numbers(20_000).select("n").sampleRows(50, 5))).isEqualTo(sample);
        assertThat(values(numbers(20_000).sampleRows(50, 6).select("n"))).isNotEqualTo(sample);
        run(numbers(3).sampleRows(9, 5)).hasColumns("n", "s").hasRows(row(0, null), row(1, "s1"), row(2, "s2"));
        run(numbers(3).sampleRows(0, 5)).hasRows();
        run(rows("random", "number")
                        .of(1, 2, 1, 2)
                        .groupBy("random", "number")
                        .aggregate(Aggregate.count())
                        .sampleRows(1))
                .hasRows(row(1, 2, 2));
    }

    @Test
    @Checks(steps = RowStep.Filter.class)
    default void aStratifiedSampleKeepsTheShareOfEachStratum() {
        Map<@Nullable String, Double> fractions = new HashMap<>();
        fractions.put(null, 1.0);
        fractions.put("s1", 0.25);
        fractions.put("s2", 0.0);
        Map<@Nullable Object, Integer> counts = new HashMap<>();
        run(numbers(8_000).stratifiedSample("s", fractions, 9))
                .content()
                .rows()
                .forEach(row -> counts.merge(String.valueOf(row.get(1)), 1, Integer::sum));

        assertThat(counts).containsOnlyKeys("null", "s1").containsEntry("null", 2_000);
        assertThat(counts.get("s1")).isBetween(420, 580);
        run(rows("a", "b")
                        .of(1, "x", 1, "y", 2, "x", 1, null)
                        .stratifiedSample(
                                List.of("a", "b"),
                                Map.of(List.of(1, "y"), 1.0, java.util.Arrays.<@Nullable Object>asList(1, null), 1.0),
                                9))
                .hasRows(row(1, "y"), row(1, null));
    }

    @Test
    @Checks(steps = RowStep.Filter.class)
    default void anErrorValueIsInNoStratum() {
        run(rows("x").of("1", "abc").cast("x", INT64).stratifiedSample("x", Map.of(1, 1.0), 2))
                .hasValues(1);
    }

    @Test
    @Checks(steps = RowStep.Filter.class)
    default void aSplitHasEveryRowInExactlyOnePartWhateverComesBefore() {
        Dataflow base = numbers(900);
        Dataflow doubled = base.union(base);
        for (Dataflow flow : List.of(
                base,
                doubled,
                doubled.sort("s").limit(700),
                base.sort(SortKey.descending("n")).skip(3).tail(500),
                base.distinct("s"),
                base.innerJoin(base.limit(100), "n"),
                base.groupBy("s")
                        .aggregate(Aggregate.count())
                        .union(base.groupBy("s").aggregate(Aggregate.count())))) {
            List<List<@Nullable Object>> expected = sorted(run(flow).content().rows());
            RowSelection.Split split = flow.randomSplit(0.3, 11);
            List<List<@Nullable Object>> parts =
                    new ArrayList<>(run(split.sample()).content().rows());
            parts.addAll(run(split.rest()).content().rows());
            assertThat(sorted(parts)).isEqualTo(expected);

            List<List<@Nullable Object>> pieces = new ArrayList<>();
            flow.splitInto(3, 11)
                    .forEach(part -> pieces.addAll(run(part).content().rows()));
            assertThat(sorted(pieces)).isEqualTo(expected);
        }
    }

    private static List<List<@Nullable Object>> sorted(List<List<@Nullable Object>> rows) {
        List<List<@Nullable Object>> sorted = new ArrayList<>(rows);
        sorted.sort(java.util.Comparator.comparing(List::toString));
        return sorted;
    }

    @Test
    @Checks(steps = RowStep.Filter.class)
    default void partsOfASplitHaveTheirSizesAndNoRowInCommon() {
        Set<@Nullable Object> seen = new HashSet<>();
        for (Dataflow part : numbers(9_000).splitInto(3, 4)) {
            List<@Nullable Object> values = values(part.select("n"));
            assertThat(values).hasSizeBetween(2_850, 3_150);
            assertThat(Collections.disjoint(seen, values)).isTrue();
            seen.addAll(values);
        }
        assertThat(seen).hasSize(9_000);
        assertThat(values(numbers(9_000)
                        .select(matching("n"))
                        .randomSplit(0.25, 4)
                        .sample()))
                .hasSizeBetween(2_100, 2_400);
    }
}
