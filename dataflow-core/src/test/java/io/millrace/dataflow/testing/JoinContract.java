package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.JoinKeys;
import io.millrace.dataflow.expr.JoinOptions;
import io.millrace.dataflow.plan.TableStep;
import io.millrace.dataflow.table.CellError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Joins: who stays, in which order, and under which names. */
interface JoinContract extends EngineFixture {
    private static Dataflow left() {
        return rows("id", "x").of(3, "a", 1, "b", null, "c", 2, "d", 1, "e");
    }

    private static Dataflow right() {
        return rows("id", "y").of(5, 50, 1, 10, null, 0, 3, 30, 1, 11, 4, 40);
    }

    @Test
    @Checks(steps = TableStep.Join.class)
    default void pairsAreInTheOrderOfTheLeftAndThenOfTheRightInput() {
        run(left().innerJoin(right(), "id"))
                .hasColumns("id", "x", "y")
                .hasRows(row(3, "a", 30), row(1, "b", 10), row(1, "b", 11), row(1, "e", 10), row(1, "e", 11));
    }

    @Test
    @Checks(steps = TableStep.Join.class)
    default void leftJoinKeepsUnmatchedRowsInPlace() {
        run(left().leftJoin(right(), "id"))
                .hasRows(
                        row(3, "a", 30),
                        row(1, "b", 10),
                        row(1, "b", 11),
                        row(null, "c", null),
                        row(2, "d", null),
                        row(1, "e", 10),
                        row(1, "e", 11));
    }

    @Test
    @Checks(steps = TableStep.Join.class)
    default void rightJoinPutsUnmatchedRowsLastWithTheirKeys() {
        run(left().rightJoin(right(), "id"))
                .hasColumns("id", "x", "y")
                .hasRows(
                        row(3, "a", 30),
                        row(1, "b", 10),
                        row(1, "b", 11),
                        row(1, "e", 10),
                        row(1, "e", 11),
                        row(5, null, 50),
                        row(null, null, 0),
                        row(4, null, 40));
    }

    @Test
    @Checks(steps = TableStep.Join.class)
    default void fullJoinKeepsTheRowsOfBothInputs() {
        run(left().fullJoin(right(), "id"))
                .hasRows(
                        row(3, "a", 30),
                        row(1, "b", 10),
                        row(1, "b", 11),
                        row(null, "c", null),
                        row(2, "d", null),
                        row(1, "e", 10),
                        row(1, "e", 11),
                        row(5, null, 50),
                        row(null, null, 0),
                        row(4, null, 40));
    }

    @Test
    @Checks(steps = TableStep.Join.class)
    default void semiAndAntiJoinPartTheLeftRows() {
        run(left().semiJoin(right(), "id")).hasColumns("id", "x").hasRows(row(3, "a"), row(1, "b"), row(1, "e"));
        run(left().antiJoin(right(), "id")).hasRows(row(null, "c"), row(2, "d"));
    }

    @Test
    @Checks(steps = TableStep.Join.class)
    default void joinsWithEmptyInputsKeepWhatTheySay() {
        Dataflow none = rows("id: int64", "y: int64").none();

        run(right().rightJoin(none, "id")).hasRows();
        run(none.fullJoin(rows("id", "x").of(1, "a"), "id")).hasRows(row(1, null, "a"));
        run(left().semiJoin(none, "id")).hasRows();
        run(left().antiJoin(none, "id")).hasRowCount(5);
        run(left().crossJoin(none)).hasColumns("id", "x", "id_right", "y").hasRows();
    }

    @Test
    @Checks(steps = TableStep.Join.class)
    default void crossJoinPairsEveryRowWithEveryRow() {
        run(rows("x").of("a", "b", "c").crossJoin(rows("y").of(1, 2)))
                .hasColumns("x", "y")
                .hasRows(row("a", 1), row("a", 2), row("b", 1), row("b", 2), row("c", 1), row("c", 2));
    }

    @Test
    @Checks(steps = TableStep.Join.class)
    default void anErrorKeyHasNoPartnerAndStaysAnError() {
        Dataflow broken = rows("id", "x").of("1", "a", "one", "b").cast("id", INT64);
        CellError error = EngineFixture.error(CellError.Code.CAST, "one", 2, "cast(id, int64)");

        run(broken.fullJoin(broken, "id"))
                .hasColumns("id", "x", "x_right")
                .hasRows(row(1, "a", "a"), row(null, "b", null), row(null, null, "b"))
                .hasErrorsAt("1 id", "2 id")
                .hasErrors(error, error);
        run(broken.antiJoin(broken, "id")).hasRows(row(null, "b")).hasErrors(error);
        run(broken.semiJoin(broken, "id")).hasRows(row(1, "a")).hasNoErrors();
    }

    @Test
    @Checks(steps = TableStep.Join.class)
    default void keysMayBePairsOfNames() {
        Dataflow customers = rows("customer", "day", "z").of(1, 7, "p", 1, 8, "q", 9, 7, "r");
        JoinKeys keys = JoinKeys.of("id", "customer").and("day");
        Dataflow orders = rows("id", "day").of(1, 8, 2, 7);

        run(orders.join(customers, JoinOptions.inner(keys)))
                .hasColumns("id", "day", "customer", "z")
                .hasRows(row(1, 8, 1, "q"));
        run(orders.join(customers, JoinOptions.full(keys)))
                .hasRows(row(1, 8, 1, "q"), row(2, 7, null, null), row(null, 7, 1, "p"), row(null, 7, 9, "r"));
    }

    @Test
    @Checks(steps = TableStep.Join.class)
    default void keysMayBeExpressions() {
        Dataflow texts = rows("code", "z").of("A", 1, "b", 2, null, 3);
        JoinKeys keys = JoinKeys.of(col("x").text().lower(), col("code").text().lower());

        run(left().join(texts, JoinOptions.left(keys)))
                .hasColumns("id", "x", "code", "z")
                .hasRows(
                        row(3, "a", "A", 1),
                        row(1, "b", "b", 2),
                        row(null, "c", null, null),
                        row(2, "d", null, null),
                        row(1, "e", null, null));
    }

    @Test
    @Checks(steps = TableStep.Join.class)
    default void namesFollowTheRuleThatWasGiven() {
        Dataflow one = rows("id", "x", "x_r").of(1, 2, 3);
        Dataflow two = rows("id", "x", "y").of(1, 4, 5);

        run(one.innerJoin(two, "id")).hasColumns("id", "x", "x_r", "x_right", "y");
        run(one.join(two, JoinOptions.inner(JoinKeys.of("id")).prefixes("l_", "r_")))
                .hasColumns("id", "l_x", "l_x_r", "r_x", "r_y")
                .hasRows(row(1, 2, 3, 4, 5));
        run(one.join(two, JoinOptions.inner(JoinKeys.of("id")).suffixes("_l", "_r")))
                .hasColumns("id", "x_l", "x_r", "x_r_2", "y")
                .hasRows(row(1, 2, 3, 4, 5));
        run(one.join(two, JoinOptions.cross().prefixes("", "two ")))
                .hasColumns("id", "x", "x_r", "two id", "two x", "two y");
    }

    @Test
    @Checks(steps = TableStep.Join.class)
    default void anExpectedCardinalityIsChecked() {
        JoinOptions manyToOne = JoinOptions.left(JoinKeys.of("id")).expectManyToOne();

        run(left().join(rows("id", "y").of(1, 10, null, 0, null, 1), manyToOne)).hasRowCount(5);
        assertThatThrownBy(() -> run(left().join(right(), manyToOne)))
                .isInstanceOf(DataflowException.class)
                .hasMessage("""
                        DUPLICATE_KEY: Cannot pair rows in leftJoin(id).expectManyToOne(): the right input has more than one row with 'id' = 1
                          Keep one row of each key first, for example with distinct(...), or do not expect keys to be unique""");
        assertThatThrownBy(() -> run(left().join(
                                rows("id", "y").of(1, 10),
                                JoinOptions.inner(JoinKeys.of("id")).expectOneToOne())))
                .hasMessageStartingWith("DUPLICATE_KEY: Cannot pair rows in innerJoin(id).expectOneToOne(): "
                        + "the left input has more than one row with 'id' = 1");
        assertThatThrownBy(() -> run(left().join(
                                rows("id", "y").of(1, 10),
                                JoinOptions.semi(JoinKeys.of("id")).expectOneToMany())))
                .hasMessageStartingWith("DUPLICATE_KEY: Cannot pair rows in semiJoin(id).expectOneToMany(): "
                        + "the left input has more than one row with 'id' = 1");
    }

    @Test
    @Checks(steps = TableStep.Join.class)
    default void theSizesOfTheInputsDoNotChangeTheResult() {
        List<List<@Nullable Object>> many = new ArrayList<>();
        for (int i = 0; i < 40_000; i++) {
            many.add(row(i % 20_000, i));
        }
        Dataflow large = rows("id: int64", "n: int64").ofRows(many);
        Dataflow small = rows("id", "x").of(19_999, "a", -1, "b", 7, "c");

        run(small.leftJoin(large, "id"))
                .hasRows(
                        row(19_999, "a", 19_999),
                        row(19_999, "a", 39_999),
                        row(-1, "b", null),
                        row(7, "c", 7),
                        row(7, "c", 20_007));
        run(large.innerJoin(small, "id"))
                .hasRows(row(7, 7, "c"), row(19_999, 19_999, "a"), row(7, 20_007, "c"), row(19_999, 39_999, "a"));
        run(small.rightJoin(large, "id").filter(col("x").isNull()).limit(2)).hasRows(row(0, null, 0), row(1, null, 1));
    }

    @Test
    @Checks(steps = TableStep.Join.class)
    default void columnsThatNobodyReadsMayBeLeftOutOfAJoin() {
        run(left().fullJoin(right(), "id").select("y").filter(col("y").gt(30))).hasValues(50, 40);
        run(left().rightJoin(right(), "id").select("id").limit(1)).hasValues(3);
        run(left().semiJoin(right(), "id").select("x")).hasValues("a", "b", "e");
        run(left().crossJoin(right()).select("y").limit(2)).hasValues(50, 10);
    }
}
