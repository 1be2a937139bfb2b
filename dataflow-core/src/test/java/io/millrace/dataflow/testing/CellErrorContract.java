package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.Expr.lit;
import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.testing.EngineFixture.error;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.plan.ColumnStep;
import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.plan.TableStep;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.CellError.Code;
import org.junit.jupiter.api.Test;

/** How error values flow through a plan. */
interface CellErrorContract extends EngineFixture {
    private static CellError misfit(String text, long row) {
        return error(Code.CAST, text, row, "cast(x, int64)");
    }

    private static Dataflow withErrors() {
        return rows("id", "x").of(1, "10", 2, "abc", 3, null, 4, "def", 5, "50").cast("x", INT64);
    }

    private TableAssert computed(Expr expression) {
        return run(withErrors().withColumn("y", expression).select("y"));
    }

    @Test
    default void aTableListsItsErrorsByRowAndColumn() {
        run(withErrors().withColumn("y", col("x")))
                .hasRows(row(1, 10, 10), row(2, null, null), row(3, null, null), row(4, null, null), row(5, 50, 50))
                .hasErrors(misfit("abc", 2), misfit("abc", 2), misfit("def", 4), misfit("def", 4))
                .hasErrorsAt("1 x", "1 y", "3 x", "3 y");
    }

    @Test
    @Checks(
            functions = {
                Function.ADD,
                Function.EQ,
                Function.IN,
                Function.NOT,
                Function.CONCAT,
                Function.NEGATE,
                Function.ABS
            })
    default void anErrorArgumentGivesThatError() {
        CellError[] both = {misfit("abc", 2), misfit("def", 4)};

        computed(col("x").plus(1)).hasValues(11, null, null, null, 51).hasErrors(both);
        computed(lit(1).minus(col("x"))).hasErrors(both);
        computed(col("x").negated().abs()).hasErrors(both);
        computed(col("x").eq(10)).hasValues(true, null, null, null, false).hasErrors(both);
        computed(col("x").gt(10).not()).hasErrors(both);
        computed(col("x").in(10, 20)).hasValues(true, null, null, null, false).hasErrors(both);
        computed(lit(10).in(col("x"))).hasErrors(both);
        computed(col("x").cast(io.millrace.dataflow.schema.DataTypes.TEXT)
                        .text()
                        .concat("!"))
                .hasValues("10!", null, null, null, "50!")
                .hasErrors(both);
        computed(lit(null).cast(INT64).plus(col("x"))).hasErrors(both);
    }

    @Test
    @Checks(functions = {Function.AND, Function.OR})
    default void anErrorIsStrongerThanTruth() {
        CellError[] both = {misfit("abc", 2), misfit("def", 4)};

        computed(col("x").gt(0).and(lit(false)))
                .hasValues(false, null, false, null, false)
                .hasErrors(both);
        computed(lit(true).or(col("x").gt(0)))
                .hasValues(true, null, true, null, true)
                .hasErrors(both);
        computed(col("x").gt(0).and(lit(null).cast(BOOL))).hasErrors(both);
    }

    @Test
    default void ofTwoErrorsTheFirstArgumentsIsKept() {
        run(rows("a", "b")
                        .of("p", "q")
                        .cast("a", INT64)
                        .cast("b", INT64)
                        .withColumn("c", col("b").plus(col("a")))
                        .select("c"))
                .hasErrors(error(Code.CAST, "q", 1, "cast(b, int64)"));
    }

    @Test
    @Checks(functions = Function.IS_ERROR, steps = RowStep.Filter.class)
    default void errorsCanBeFoundAndDropped() {
        run(withErrors().filter(col("x").isError()))
                .hasRows(row(2, null), row(4, null))
                .hasErrors(misfit("abc", 2), misfit("def", 4));
        run(withErrors().filter(col("x").isError().not()))
                .hasRows(row(1, 10), row(3, null), row(5, 50))
                .hasNoErrors();
        run(withErrors().withColumn("x", Expr.when(col("x").isError()).then(-1).otherwise(col("x"))))
                .hasRows(row(1, 10), row(2, -1), row(3, null), row(4, -1), row(5, 50))
                .hasNoErrors();
    }

    @Test
    @Checks(steps = {ColumnStep.Drop.class, RowStep.Limit.class})
    default void errorsOfCellsThatAreLeftOutAreNotListed() {
        run(withErrors().drop("x")).hasRowCount(5).hasNoErrors();
        run(withErrors().limit(3)).hasErrors(misfit("abc", 2));
    }

    @Test
    @Checks(steps = RowStep.Sort.class)
    default void sortPutsErrorsWithTheNulls() {
        run(withErrors().sort("x"))
                .hasRows(row(2, null), row(3, null), row(4, null), row(1, 10), row(5, 50))
                .hasErrorsAt("0 x", "2 x")
                .hasErrors(misfit("abc", 2), misfit("def", 4));
        run(withErrors().sort(SortKey.descending("x").nullsLast()))
                .hasRows(row(5, 50), row(1, 10), row(2, null), row(3, null), row(4, null))
                .hasErrorsAt("2 x", "4 x");
    }

    @Test
    @Checks(steps = RowStep.Distinct.class)
    default void distinctErrorsAreEqualByTheirText() {
        run(rows("x").of("abc", null, "abc", "def", null, "1").cast("x", INT64).distinct())
                .hasRowsInAnyOrder(row((Object) null), row((Object) null), row((Object) null), row(1))
                .hasErrorsInAnyOrder(misfit("abc", 1), misfit("def", 4));
    }

    @Test
    @Checks(steps = TableStep.Union.class)
    default void unionKeepsTheErrorsOfEveryInput() {
        run(withErrors().union(rows("id", "x").of(6, "ghi").cast("x", INT64)))
                .hasErrors(misfit("abc", 2), misfit("def", 4), misfit("ghi", 1));
    }

    @Test
    @Checks(steps = TableStep.Join.class)
    default void joinKeepsTheErrorsOfBothInputs() {
        Dataflow right = rows("id", "y").of(2, "p", 5, "q").cast("y", INT64);

        run(withErrors().innerJoin(right, "id"))
                .hasRowsInAnyOrder(row(2, null, null), row(5, 50, null))
                .hasErrorsInAnyOrder(
                        misfit("abc", 2),
                        error(Code.CAST, "p", 1, "cast(y, int64)"),
                        error(Code.CAST, "q", 2, "cast(y, int64)"));
    }

    @Test
    default void manyErrorsAreAllListed() {
        Object[] texts = new Object[5_000];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = i % 2 == 0 ? "bad " + i : "" + i;
        }

        TableAssert result = run(rows("x").of(texts).cast("x", INT64));

        assertThat(result.content().errors()).hasSize(2_500);
        assertThat(result.content().errors().get(2_499).error()).isEqualTo(misfit("bad 4998", 4_999));
    }
}
