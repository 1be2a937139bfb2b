package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.plan.TableStep;
import io.millrace.dataflow.table.CellError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows below each other, columns side by side, and rows that come more than once. */
interface UnionContract extends EngineFixture {
    private static Dataflow numbers(int from, int to, String name) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (int i = from; i < to; i++) {
            all.add(row(i));
        }
        return rows(name + ": int64").ofRows(all);
    }

    @Test
    @Checks(steps = TableStep.Union.class)
    default void unionTakesManyInputsInOrder() {
        run(rows("a").of(2).union(rows("a").of(1), rows("a").of(3, 0))).hasValues(2, 1, 3, 0);
    }

    @Test
    @Checks(steps = TableStep.Union.class)
    default void unionByNameFillsAbsentColumnsWithNulls() {
        run(rows("a", "b")
                        .of(1, "x")
                        .unionByName(rows("c", "a").of(true, 2), rows("b").of("z")))
                .hasColumns("a", "b", "c")
                .hasRows(row(1, "x", null), row(2, null, true), row(null, "z", null));
    }

    @Test
    @Checks(steps = TableStep.Union.class)
    default void unionByNameLetsNumbersMeet() {
        run(rows("a").of(1).unionByName(rows("a").of(2.5))).hasTypes(FLOAT64).hasValues(1.0, 2.5);
        assertThatThrownBy(() -> run(rows("a").of(1).unionByName(rows("a").of("x"))))
                .isInstanceOf(DataflowException.class)
                .hasMessageContaining("TYPE_MISMATCH: Cannot give one type to columns of all inputs in unionByName()")
                .hasMessageEndingWith("  Column 'a' is int64 in input 1, text in input 2\n"
                        + "  Cast the columns to one type before the union");
    }

    @Test
    @Checks(steps = TableStep.Union.class)
    default void unionByPositionTakesTheNamesOfTheFirst() {
        run(rows("a", "b").of(1, "x").unionByPosition(rows("b", "c").of(2.5, "y")))
                .hasColumns("a", "b")
                .hasTypes(FLOAT64, TEXT)
                .hasRows(row(1.0, "x"), row(2.5, "y"));
        assertThatThrownBy(() ->
                        run(rows("a", "b").of(1, "x").unionByPosition(rows("a").of(2))))
                .hasMessageContaining("TYPE_MISMATCH: Cannot match columns by their positions in unionByPosition()")
                .hasMessageEndingWith("  Input 2 has 1 columns, the first 2");
    }

    @Test
    @Checks(steps = TableStep.AppendColumns.class)
    default void appendColumnsPutsRowsSideBySide() {
        run(rows("a", "b").of(1, "x", 2, "y").appendColumns(rows("b", "c").of("p", true, null, false)))
                .hasColumns("a", "b", "b_right", "c")
                .hasRows(row(1, "x", "p", true), row(2, "y", null, false));
        run(rows("a: int64").none().appendColumns(rows("b: text").none()))
                .hasColumns("a", "b")
                .hasRows();
    }

    @Test
    @Checks(steps = TableStep.AppendColumns.class)
    default void appendColumnsFollowsTheOrderOfBothInputs() {
        Dataflow odd = numbers(0, 40_000, "n").filter(col("n").mod(2).eq(1));

        run(odd.appendColumns(numbers(0, 20_000, "m"))
                        .filter(col("n").ne(col("m").times(2).plus(1))))
                .hasRows();
        run(odd.appendColumns(numbers(0, 20_000, "m")).select("m").filter(col("m").ge(19_998)))
                .hasValues(19_998, 19_999);
    }

    @Test
    @Checks(steps = TableStep.AppendColumns.class)
    default void appendColumnsRefusesUnequalLengths() {
        String message = """
                UNEQUAL_LENGTHS: Cannot put columns side by side in appendColumns(): the first input has %s rows and the other %s
                  appendColumnsPadded(...) fills the shorter one up with nulls""";

        assertThatThrownBy(() -> run(numbers(0, 3, "a").appendColumns(numbers(0, 40_000, "b"))))
                .isInstanceOf(DataflowException.class)
                .hasMessage(message.formatted(3, 40_000));
        assertThatThrownBy(() -> run(numbers(0, 40_000, "a").appendColumns(numbers(0, 39_999, "b"))))
                .hasMessage(message.formatted(40_000, 39_999));
        assertThatThrownBy(() -> run(numbers(0, 1, "a").appendColumns(numbers(0, 0, "b"))))
                .hasMessage(message.formatted(1, 0));
    }

    @Test
    @Checks(steps = TableStep.AppendColumns.class)
    default void appendColumnsPaddedFillsTheShorterInputWithNulls() {
        run(numbers(0, 2, "a").appendColumnsPadded(numbers(5, 9, "b")))
                .hasRows(row(0, 5), row(1, 6), row(null, 7), row(null, 8));
        run(numbers(5, 9, "a").appendColumnsPadded(numbers(0, 1, "b")))
                .hasRows(row(5, 0), row(6, null), row(7, null), row(8, null));
        run(numbers(0, 0, "a").appendColumnsPadded(numbers(0, 2, "b"))).hasRows(row(null, 0), row(null, 1));
    }

    @Test
    @Checks(steps = TableStep.AppendColumns.class)
    default void appendColumnsKeepsErrors() {
        Dataflow broken = rows("x").of("1", "abc").cast("x", INT64);

        run(broken.appendColumns(broken)).hasRows(row(1, 1), row(null, null)).hasErrorsAt("1 x", "1 x_right");
    }

    @Test
    @Checks(steps = RowStep.Distinct.class)
    default void distinctLastKeepsTheLastRowInItsPlace() {
        run(rows("a", "b")
                        .of(1, "x", 2, "y", 1, "z", null, "p", null, "q", 3, "r")
                        .distinctLast("a"))
                .hasRows(row(2, "y"), row(1, "z"), row(null, "q"), row(3, "r"));
        run(rows("a").of(1, 2, 1).distinctLast()).hasValues(2, 1);
    }

    @Test
    @Checks(steps = RowStep.Distinct.class)
    default void duplicatesKeepsEveryRowThatComesMoreThanOnce() {
        run(rows("a", "b")
                        .of(1, "x", 2, "y", 1, "z", null, "p", null, "q", 3, "r")
                        .duplicates("a"))
                .hasRows(row(1, "x"), row(1, "z"), row(null, "p"), row(null, "q"));
        run(rows("a").of(1, 2, 3).duplicates()).hasRows();
    }

    @Test
    @Checks(steps = RowStep.Distinct.class)
    default void duplicateErrorsAreEqualByTheirText() {
        CellError error = EngineFixture.error(CellError.Code.CAST, "abc", 1, "cast(x, int64)");
        CellError again = EngineFixture.error(CellError.Code.CAST, "abc", 3, "cast(x, int64)");

        run(rows("x").of("abc", "def", "abc").cast("x", INT64).duplicates()).hasErrors(error, again);
    }
}
