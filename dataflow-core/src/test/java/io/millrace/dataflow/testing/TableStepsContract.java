package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.plan.TableStep;
import io.millrace.dataflow.table.CellError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Steps that look at more than one row. */
interface TableStepsContract extends EngineFixture {
    private static Dataflow numbers(int count) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(row(i, "text " + i % 7));
        }
        return rows("n: int64", "t: text").ofRows(all);
    }

    @Test
    @Checks(steps = RowStep.Limit.class)
    default void limitKeepsTheFirstRows() {
        run(rows("x").of(3, 1, 2).limit(2)).hasValues(3, 1);
        run(rows("x").of(3, 1, 2).limit(0)).hasValues();
        run(rows("x").of(3, 1, 2).limit(9)).hasValues(3, 1, 2);
        run(rows("x: int64").none().limit(1)).hasValues();
    }

    @Test
    @Checks(steps = RowStep.Limit.class)
    default void limitAfterFilterKeepsTheFirstRowsThatMatch() {
        run(numbers(40_000).filter(col("n").mod(10_000).eq(9_999)).limit(3).select("n"))
                .hasValues(9_999, 19_999, 29_999);
    }

    @Test
    @Checks(steps = RowStep.Sort.class)
    default void sortPutsNullsFirstAndNanLast() {
        run(rows("x")
                        .of(2.5, null, Double.NaN, -1.0, Double.POSITIVE_INFINITY, null)
                        .sort("x"))
                .hasValues(null, null, -1.0, 2.5, Double.POSITIVE_INFINITY, Double.NaN);
    }

    @Test
    @Checks(steps = RowStep.Sort.class)
    default void sortDescendingPutsNullsWhereItIsSaid() {
        run(rows("x").of(2, null, 3).sort(SortKey.descending("x"))).hasValues(null, 3, 2);
        run(rows("x").of(2, null, 3).sort(SortKey.descending("x").nullsLast())).hasValues(3, 2, null);
        run(rows("x").of(2, null, 3).sort(SortKey.ascending("x").nullsLast())).hasValues(2, 3, null);
    }

    @Test
    @Checks(steps = RowStep.Sort.class)
    default void sortKeepsEqualRowsInOrder() {
        run(rows("k", "v").of("b", 1, "a", 2, "b", 3, "a", 4).sort("k"))
                .hasRows(row("a", 2), row("a", 4), row("b", 1), row("b", 3));
        run(rows("x", "v").of(0.0, 1, -0.0, 2, 0.0, 3).sort("x").select("v")).hasValues(1, 2, 3);
    }

    @Test
    @Checks(steps = RowStep.Sort.class)
    default void sortComparesTextByCodePoint() {
        run(rows("t").of("\uFFFD", "z", "🐦", "ä", "Z", "", "a\u0000", "a").sort("t"))
                .hasValues("", "Z", "a", "a\u0000", "z", "ä", "\uFFFD", "🐦");
    }

    @Test
    @Checks(steps = RowStep.Sort.class)
    default void sortGoesByTheFirstKeyThenTheNext() {
        run(rows("a", "b", "c")
                        .of(1, "x", 1, 2, "y", 2, 1, "y", 3, 2, "x", 4)
                        .sort(SortKey.descending("a"), SortKey.ascending("b"))
                        .select("c"))
                .hasValues(4, 2, 1, 3);
    }

    @Test
    @Checks(steps = {RowStep.Sort.class, RowStep.Limit.class})
    default void limitFollowsTheSort() {
        run(numbers(40_000).sort(SortKey.descending("n")).limit(3).select("n")).hasValues(39_999, 39_998, 39_997);
    }

    @Test
    @Checks(steps = RowStep.Distinct.class)
    default void distinctKeepsTheFirstOfEqualRows() {
        run(rows("a", "b")
                        .of(1, "x", 1, "x", null, null, 1, "y", null, null, 1, "x")
                        .distinct())
                .hasRowsInAnyOrder(row(1, "x"), row(null, null), row(1, "y"));
        run(rows("a", "b").of(1, "x", 2, "y", 1, "z", null, "p", null, "q").distinct("a"))
                .hasRowsInAnyOrder(row(1, "x"), row(2, "y"), row(null, "p"));
    }

    @Test
    @Checks(steps = RowStep.Distinct.class)
    default void distinctFloatsAreEqualAsNumbers() {
        run(rows("x").of(0.0, -0.0, Double.NaN, Double.NaN).distinct()).hasRowsInAnyOrder(row(0.0), row(Double.NaN));
    }

    @Test
    @Checks(steps = RowStep.Distinct.class)
    default void distinctOfManyRowsFindsEachValueOnce() {
        run(numbers(40_000).distinct("t").select("n"))
                .hasRowsInAnyOrder(row(0), row(1), row(2), row(3), row(4), row(5), row(6));
    }

    @Test
    @Checks(steps = TableStep.Union.class)
    default void unionPutsOneInputAfterTheOtherByName() {
        Dataflow first = rows("a", "b").of(2, "x", 1, "y");
        Dataflow second = rows("b", "a").of("z", 3, null, null);

        run(first.union(second)).hasColumns("a", "b").hasRows(row(2, "x"), row(1, "y"), row(3, "z"), row(null, null));
    }

    @Test
    @Checks(steps = {TableStep.Union.class, RowStep.Limit.class})
    default void unionWithItselfGivesEveryRowTwice() {
        Dataflow input = rows("a").of(1, 2);
        Dataflow changed = input.withColumn("a", col("a").times(10));

        run(changed.union(input).union(changed)).hasValues(10, 20, 1, 2, 10, 20);
        run(input.union(changed).limit(3)).hasValues(1, 2, 10);
        run(input.union(rows("a: int64").none())).hasValues(1, 2);
    }

    @Test
    @Checks(steps = TableStep.Join.class)
    default void innerJoinPairsRowsThatAgree() {
        Dataflow left = rows("id", "x").of(1, "a", 2, "b", 1, "c", 3, "d");
        Dataflow right = rows("id", "y").of(1, 10, 3, 30, 1, 11, 4, 40);

        run(left.innerJoin(right, "id"))
                .hasColumns("id", "x", "y")
                .hasRowsInAnyOrder(row(1, "a", 10), row(1, "a", 11), row(1, "c", 10), row(1, "c", 11), row(3, "d", 30));
    }

    @Test
    @Checks(steps = TableStep.Join.class)
    default void leftJoinKeepsUnmatchedRowsWithNulls() {
        Dataflow left = rows("id", "x").of(1, "a", 2, "b");

        run(left.leftJoin(rows("id", "y").of(1, 10), "id")).hasRowsInAnyOrder(row(1, "a", 10), row(2, "b", null));
        run(left.leftJoin(rows("id: int64", "y: int64").none(), "id"))
                .hasRowsInAnyOrder(row(1, "a", null), row(2, "b", null));
        run(left.innerJoin(rows("id: int64", "y: int64").none(), "id")).hasRows();
    }

    @Test
    @Checks(steps = TableStep.Join.class)
    default void aNullOrErrorKeyEqualsNothing() {
        Dataflow left = rows("k", "x").of(null, 1, "abc", 2, "7", 3).cast("k", INT64);
        Dataflow right = rows("k", "y").of(null, 1, "abc", 2, "7", 3).cast("k", INT64);

        run(left.innerJoin(right, "k")).hasRowsInAnyOrder(row(7, 3, 3)).hasNoErrors();
        run(left.leftJoin(right, "k"))
                .hasRowsInAnyOrder(row(null, 1, null), row(null, 2, null), row(7, 3, 3))
                .hasErrors(EngineFixture.error(CellError.Code.CAST, "abc", 2, "cast(k, int64)"));
    }

    @Test
    @Checks(steps = TableStep.Join.class)
    default void joinComparesEveryKeyColumn() {
        Dataflow left = rows("a", "b", "x").of(1, "p", 1, 1, "q", 2, 2, "p", 3);
        Dataflow right = rows("a", "b", "x").of(1, "q", 20, 2, "q", 30, 1, null, 40);

        run(left.innerJoin(right, "a", "b"))
                .hasColumns("a", "b", "x", "x_right")
                .hasRowsInAnyOrder(row(1, "q", 2, 20));
    }

    @Test
    @Checks(steps = TableStep.Join.class)
    default void joinKeysOfFloatsAreEqualAsNumbers() {
        Dataflow left = rows("k", "x").of(0.0, 1, Double.NaN, 2);
        Dataflow right = rows("k", "y").of(-0.0, 10, Double.NaN, 20);

        run(left.innerJoin(right, "k").select("x", "y")).hasRowsInAnyOrder(row(1, 10), row(2, 20));
    }

    @Test
    @Checks(steps = TableStep.Join.class)
    default void joinWithItselfPairsEveryRow() {
        Dataflow input = rows("k", "x").of(1, "a", 1, "b");

        run(input.innerJoin(input, "k"))
                .hasRowsInAnyOrder(row(1, "a", "a"), row(1, "a", "b"), row(1, "b", "a"), row(1, "b", "b"));
    }

    @Test
    @Checks(steps = TableStep.Join.class)
    default void oneRowMayHaveVeryManyPartners() {
        Dataflow left = rows("t").of("text 3", "nothing");

        run(left.leftJoin(numbers(40_000), "t").groupBy("t").aggregate(Aggregate.count("n")))
                .hasRowsInAnyOrder(row("text 3", 5_714), row("nothing", 0));
    }
}
