package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.ColumnSelector.all;
import static io.millrace.dataflow.expr.ColumnSelector.allBut;
import static io.millrace.dataflow.expr.ColumnSelector.columns;
import static io.millrace.dataflow.expr.ColumnSelector.matching;
import static io.millrace.dataflow.expr.ColumnSelector.numeric;
import static io.millrace.dataflow.expr.ColumnSelector.ofType;
import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.ColumnStep;
import io.millrace.dataflow.plan.RowStep;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Steps about which columns there are, their names and their order, and steps over selected columns. */
interface ColumnsContract extends EngineFixture {
    private static Dataflow wide() {
        return rows("x_b", "id", "x_a", "name").of(1.5, 1, 2.5, "p", 3.5, 2, null, "q");
    }

    @Test
    @Checks(steps = ColumnStep.Select.class)
    default void selectTakesColumnsByPatternTypeAndTheirCombinations() {
        run(wide().select(matching("x_.*"))).hasColumns("x_b", "x_a").hasRows(row(1.5, 2.5), row(3.5, null));
        run(wide().select(matching("X_.*").ignoringCase())).hasColumns("x_b", "x_a");
        run(wide().select(ofType(INT64, TEXT))).hasColumns("id", "name").hasRows(row(1, "p"), row(2, "q"));
        run(wide().select(numeric().and(matching("x_.*").not()))).hasColumns("id");
        run(wide().select(columns("name").or(numeric()).or(columns("id"))))
                .hasColumns("name", "x_b", "id", "x_a")
                .hasRows(row("p", 1.5, 1, 2.5), row("q", 3.5, 2, null));
        run(wide().select(allBut("name", "x_b"))).hasColumns("id", "x_a");
    }

    @Test
    @Checks(steps = ColumnStep.Drop.class)
    default void dropLeavesSelectedColumnsOut() {
        run(wide().drop(matching("x_.*"))).hasColumns("id", "name").hasRows(row(1, "p"), row(2, "q"));
        run(wide().drop(columns("id", "gone").optional())).hasColumns("x_b", "x_a", "name");
        run(wide().drop(matching("z.*").optional())).hasColumns("x_b", "id", "x_a", "name");
    }

    @Test
    @Checks(steps = RowStep.Distinct.class)
    default void distinctComparesSelectedColumns() {
        run(rows("x_a", "x_b", "y").of(1, 2, 3, 1, 2, 4, 1, 3, 5).distinct(matching("x_.*")))
                .hasRows(row(1, 2, 3), row(1, 3, 5));
    }

    @Test
    @Checks(steps = ColumnStep.RenameAll.class)
    default void renameAllLetsColumnsChangeTheirNamesWithEachOther() {
        run(rows("a", "b", "c").of(1, 2, 3).renameAll(Map.of("a", "b", "b", "a")))
                .hasColumns("b", "a", "c")
                .hasRows(row(1, 2, 3));
        run(rows("a", "b").of(1, 2).renameAll(Map.of())).hasColumns("a", "b");
    }

    @Test
    @Checks(steps = ColumnStep.RenameMatching.class)
    default void renameMatchingMakesNamesOfGroups() {
        run(wide().renameMatching("x_(.*)", "$1_value"))
                .hasColumns("b_value", "id", "a_value", "name")
                .hasRows(row(1.5, 1, 2.5, "p"), row(3.5, 2, null, "q"));
        run(wide().renameMatching(matching("NAME").ignoringCase(), "label")).hasColumns("x_b", "id", "x_a", "label");
    }

    @Test
    @Checks(steps = ColumnStep.Move.class)
    default void moveChangesTheOrderOfColumnsAlone() {
        run(wide().moveFirst("name", "x_a"))
                .hasColumns("name", "x_a", "x_b", "id")
                .hasRows(row("p", 2.5, 1.5, 1), row("q", null, 3.5, 2));
        run(wide().moveFirst(matching("x_a|id"))).hasColumns("id", "x_a", "x_b", "name");
        run(wide().moveAfter("id", "name", "x_b")).hasColumns("id", "name", "x_b", "x_a");
        run(wide().moveAfter("name", "x_b")).hasColumns("id", "x_a", "name", "x_b");
        run(wide().moveAfter("id", numeric())).hasColumns("id", "x_b", "x_a", "name");
    }

    @Test
    @Checks(steps = {ColumnStep.WithColumn.class, ColumnStep.Move.class})
    default void columnsAreAddedRightOfAnother() {
        run(rows("a", "b").of(1, 2).duplicate("a", "copy"))
                .hasColumns("a", "copy", "b")
                .hasRows(row(1, 1, 2));
        run(rows("a", "b").of(1, 2).withColumnAfter("a", "sum", col("a").plus(col("b"))))
                .hasColumns("a", "sum", "b")
                .hasRows(row(1, 3, 2));
        run(rows("a", "b").of(1, 2).withColumnAfter("b", "a", col("b").times(10)))
                .hasColumns("b", "a")
                .hasRows(row(2, 20));
    }

    @Test
    @Checks(steps = ColumnStep.WithColumns.class)
    default void withColumnsComputesEveryColumnOfTheRowAsItWas() {
        run(rows("a", "b", "t").of(1, 2, "x").withColumns(numeric(), each -> each.plus(col("a"))))
                .hasColumns("a", "b", "t")
                .hasRows(row(2, 3, "x"));
        run(wide().castAll(matching("x_.*"), TEXT))
                .hasTypes(TEXT, INT64, TEXT, TEXT)
                .hasRows(row("1.5", 1, "2.5", "p"), row("3.5", 2, null, "q"));
        run(wide().castAll(matching("z.*").optional(), TEXT)).hasTypes(FLOAT64, INT64, FLOAT64, TEXT);
    }

    @Test
    @Checks(steps = RowStep.FilterColumns.class)
    default void rowsAreDroppedForANullInAnyOrInAllColumns() {
        Dataflow gaps = rows("a", "b", "c").of(1, 1, "x", null, 2, "y", null, null, "z", 4, null, null);

        run(gaps.dropNulls("a", "b").select("c")).hasValues("x");
        run(gaps.dropNullRows("a", "b").select("c")).hasValues("x", "y", null);
        run(gaps.dropNulls().select("c")).hasValues("x");
        run(gaps.dropNullRows().select("c")).hasValues("x", "y", "z", null);
        run(gaps.dropNulls(columns("gone").optional()).select("c")).hasValues("x", "y", "z", null);
        run(gaps.dropNullRows(columns("gone").optional()).select("c")).hasValues("x", "y", "z", null);
    }

    @Test
    @Checks(steps = RowStep.FilterColumns.class)
    default void anErrorValueIsNotNull() {
        Dataflow cast = rows("a").of("1", null, "abc").cast("a", INT64);

        run(cast.dropNulls("a")).hasValues(1, null).hasErrorsAt("1 a");
        run(cast.dropNullRows("a")).hasValues(1, null).hasErrorsAt("1 a");
    }

    @Test
    @Checks(steps = RowStep.FilterColumns.class)
    default void filtersAskEveryColumnOrAny() {
        Dataflow numbers = rows("a", "b", "c").of(1, 2, "x", -1, 3, "y", -1, -2, "z", null, 5, "n");

        run(numbers.filterEvery(numeric(), each -> each.gt(0)).select("c")).hasValues("x");
        run(numbers.filterAny(numeric(), each -> each.gt(0)).select("c")).hasValues("x", "y", "n");
        run(numbers.filterAny(all(), Expr::isNull).select("c")).hasValues("n");
    }

    @Test
    @Checks(steps = {ColumnStep.Select.class, ColumnStep.WithColumns.class, RowStep.FilterColumns.class})
    default void veryManyColumnsAreSelectedAtOnce() {
        String[] names = new String[1_000];
        Object[] values = new Object[names.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = "c" + i;
            values[i] = i;
        }
        run(rows(names)
                        .of(values)
                        .withColumns(numeric(), each -> each.plus(1))
                        .dropNulls()
                        .select(matching("c99[0-9]").and(columns("c995", "c990"))))
                .hasColumns("c990", "c995")
                .hasRows(row(991, 996));
    }
}
