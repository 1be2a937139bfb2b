package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.PivotBuilder;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.PivotColumn;
import io.millrace.dataflow.plan.TableStep;
import io.millrace.dataflow.table.CellError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Columns that become rows, and rows that become columns. */
interface ReshapeContract extends EngineFixture {
    private static Dataflow sales() {
        return rows("shop", "day", "amount")
                .of("a", "mo", 1, "b", "tu", 2, "a", "tu", 3, "a", "mo", 4, "b", null, 5, "c", "we", null);
    }

    @Test
    @Checks(steps = TableStep.Unpivot.class)
    default void unpivotMakesOneRowPerValueColumnInOrder() {
        run(rows("id", "x", "y").of(1, 10, 11, 2, null, 21).unpivot(List.of("id"), List.of("y", "x"), "name", "value"))
                .hasColumns("id", "name", "value")
                .hasTypes(INT64, TEXT, INT64)
                .hasRows(row(1, "y", 11), row(1, "x", 10), row(2, "y", 21), row(2, "x", null));
    }

    @Test
    @Checks(steps = TableStep.Unpivot.class)
    default void unpivotTakesAllColumnsThatAreNotKept() {
        run(rows("x", "id", "y").of(1, "a", 2.5).unpivot(List.of("id"), List.of(), "name", "value"))
                .hasTypes(TEXT, TEXT, FLOAT64)
                .hasRows(row("a", "x", 1.0), row("a", "y", 2.5));
        run(rows("x", "y").of(1, 2).unpivot(List.of(), List.of(), "name", "value"))
                .hasRows(row("x", 1), row("y", 2));
    }

    @Test
    @Checks(steps = TableStep.Unpivot.class)
    default void unpivotKeepsErrors() {
        CellError error = EngineFixture.error(CellError.Code.CAST, "abc", 2, "cast(x, int64)");

        run(rows("x", "y").of("1", 5, "abc", 6).cast("x", INT64).unpivot(List.of(), List.of(), "name", "value"))
                .hasRows(row("x", 1), row("y", 5), row("x", null), row("y", 6))
                .hasErrorsAt("2 value")
                .hasErrors(error);
    }

    @Test
    @Checks(steps = TableStep.Unpivot.class)
    default void unpivotOfManyRowsKeepsTheirOrder() {
        List<List<@Nullable Object>> many = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            many.add(row(i, 10 * i, 100 * i));
        }

        run(rows("id: int64", "x: int64", "y: int64")
                        .ofRows(many)
                        .unpivot(List.of("id"), List.of("x", "y"), "name", "value")
                        .filter(col("id").in(0, 8_192, 19_999))
                        .select("value"))
                .hasValues(0, 0, 81_920, 819_200, 199_990, 1_999_900);
    }

    @Test
    @Checks(steps = TableStep.Unpivot.class)
    default void unpivotRefusesValuesWithoutACommonType() {
        assertThatThrownBy(() ->
                        run(rows("id", "x", "y").of(1, 2, "z").unpivot(List.of("id"), List.of(), "name", "value")))
                .isInstanceOf(DataflowException.class)
                .hasMessageContaining(
                        "TYPE_MISMATCH: Cannot give one type to the values in unpivot([id], [], name, value)")
                .hasMessageEndingWith("  Column 'x' is int64\n  Column 'y' is text\n  Cast them to one type first");
    }

    @Test
    @Checks(steps = TableStep.Pivot.class)
    default void pivotGivesEveryNamedValueAColumn() {
        run(sales().pivot("day", Aggregate.sum("amount"), "shop")
                        .values("tu", "mo", "su")
                        .toDataflow())
                .hasColumns("shop", "tu", "mo", "su")
                .hasRowsInAnyOrder(row("a", 3, 5, null), row("b", 2, null, null), row("c", null, null, null));
    }

    @Test
    @Checks(steps = TableStep.Pivot.class)
    default void pivotCountsTheRowsOfEachValue() {
        run(sales().pivot("day", Aggregate.count(), "shop").values("mo", null).toDataflow())
                .hasColumns("shop", "mo", "NULL")
                .hasRowsInAnyOrder(row("a", 2, 0), row("b", 0, 1), row("c", 0, 0));
    }

    @Test
    @Checks(steps = TableStep.Pivot.class)
    default void pivotLearnsItsValuesInOrder() {
        PivotBuilder pivot = sales().pivot("day", Aggregate.max("amount")).learn(engine());

        assertThat(pivot.columns())
                .containsExactly(
                        PivotColumn.of("mo", "mo"),
                        PivotColumn.of("tu", "tu"),
                        PivotColumn.of("we", "we"),
                        PivotColumn.ofNull("NULL"));
        run(pivot.toDataflow()).hasRows(row(4, 3, null, 5));
        run(pivot.columns(pivot.columns().subList(1, 2)).toDataflow())
                .hasColumns("tu")
                .hasValues(3);
    }

    @Test
    @Checks(steps = TableStep.Pivot.class)
    default void pivotedErrorsHaveAColumnOfTheirOwn() {
        Dataflow broken = rows("k", "n", "x")
                .of("a", "1", 1, "a", "abc", 2, "a", "def", 4, "b", null, 8)
                .cast("n", INT64);
        PivotBuilder pivot = broken.pivot("n", Aggregate.sum("x"), "k").learn(engine());

        run(pivot.toDataflow())
                .hasColumns("k", "1", "NULL", "ERROR")
                .hasRowsInAnyOrder(row("a", 1, null, 6), row("b", null, 8, null))
                .hasNoErrors();
    }

    @Test
    @Checks(steps = TableStep.Pivot.class)
    default void pivotedNamesDoNotCollide() {
        Dataflow clashing = rows("k", "v", "x").of("p", "k", 1, "p", "NULL", 2, "p", null, 4);

        run(clashing.pivot("v", Aggregate.sum("x"), "k").learn(engine()).toDataflow())
                .hasColumns("k", "NULL", "k_1", "NULL_1")
                .hasRows(row("p", 2, 1, 4));
    }

    @Test
    @Checks(steps = TableStep.Pivot.class)
    default void pivotRefusesMoreValuesThanItsLimit() {
        assertThatThrownBy(
                        () -> sales().pivot("day", Aggregate.count()).limit(2).learn(engine()))
                .isInstanceOf(DataflowException.class)
                .hasMessage("""
                        TOO_MANY_VALUES: Cannot make a column of every value of 'day': there are more than 2
                          Raise the limit with limit(...), or name the values with values(...)""");
        assertThat(sales().pivot("day", Aggregate.count())
                        .limit(3)
                        .learn(engine())
                        .columns())
                .hasSize(4);
    }

    @Test
    @Checks(steps = TableStep.Pivot.class)
    default void pivotWithoutValuesIsRefused() {
        assertThatThrownBy(() -> sales().pivot("day", Aggregate.count()).toDataflow())
                .isInstanceOf(DataflowException.class)
                .hasMessage("""
                        INVALID_ARGUMENT: Cannot pivot column 'day': its values are not known
                          Call learn(engine), or name them with values(...)""");
    }
}
