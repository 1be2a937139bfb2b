package io.millrace.dataflow.testing;

import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Cardinality;
import io.millrace.dataflow.expr.JoinKind;
import io.millrace.dataflow.learn.JoinCandidate;
import io.millrace.dataflow.learn.JoinCandidate.KeyRows;
import io.millrace.dataflow.learn.Joining;
import io.millrace.dataflow.learn.Learn;
import org.junit.jupiter.api.Test;

/** Keys of joins, found in what columns share. */
interface JoiningContract extends EngineFixture {
    private static Dataflow orders() {
        return rows("id", "customer_id", "state", "amount: float64")
                .of(
                        1, 11, "open", 5.0, 2, 11, "paid", 6.0, 3, 13, "open", 5.0, 4, null, "paid", 7.0, 5, 99, "open",
                        1.0);
    }

    private static Dataflow customers() {
        return rows("id", "name", "state")
                .of(11, "Ann", "open", 12, "Bob", "open", 13, "Cid", "paid", 3, "Dan", "open");
    }

    @Test
    default void keysAreSuggestedWithWhatSpeaksForThem() {
        Joining joining = Learn.joining(orders(), customers()).learn(engine());

        assertThat(joining).hasToString("""
                join: 3 candidates
                  0) customer_id = id: score 0.54, many to one, 3 pairs
                     left:  3 of 5 rows have a partner, 3 different keys on 4 rows
                     right: 2 of 4 rows have a partner, 4 different keys
                  1) state: score 0.50, many to many, 11 pairs
                     left:  5 of 5 rows have a partner, 2 different keys on 5 rows
                     right: 4 of 4 rows have a partner, 2 different keys on 4 rows
                  2) id: score 0.37, one to one, 1 pair
                     left:  1 of 5 rows have a partner, 5 different keys
                     right: 1 of 4 rows have a partner, 4 different keys
                  leftJoin(customer_id = id).expectManyToOne()""");
        JoinCandidate first = joining.candidates().get(0);
        assertThat(first.left()).isEqualTo(new KeyRows(5, 4, 3, 3));
        assertThat(first.right()).isEqualTo(new KeyRows(4, 4, 4, 2));
        assertThat(first.shared()).isEqualTo(2);
        assertThat(first.nameLikeness()).isEqualTo(0.5);
        assertThat(first.cardinality()).isEqualTo(Cardinality.MANY_TO_ONE);
    }

    @Test
    default void theSuggestedJoinLosesNoRowOfTheLeft() {
        Joining joining = Learn.joining(
                        orders().select("id", "customer_id"), customers().select("id", "name"))
                .learn(engine());

        run(joining.toDataflow().select("customer_id", "name"))
                .hasRows(row(11, "Ann"), row(11, "Ann"), row(13, "Cid"), row(null, null), row(99, null));
    }

    @Test
    default void anotherCandidateAndKindAreChosen() {
        Joining joining = Learn.joining(orders(), customers())
                .learn(engine())
                .choose(2)
                .kind(JoinKind.INNER)
                .withOptions(join -> join.suffixes("", "_customer"));

        assertThat(joining.toString()).endsWith("innerJoin(id).suffixes('', '_customer').expectOneToOne()");
        run(joining.toDataflow().select("id", "state", "name", "state_customer"))
                .hasRows(row(3, "open", "Dan", "open"));
    }

    @Test
    default void theJoinFailsWhereAKeyIsNoLongerOnOneRow() {
        Joining joining = Learn.joining(orders(), customers()).learn(engine());
        Dataflow doubled = customers().union(customers());
        Dataflow kept = orders().select("customer_id").join(doubled, joining.options());

        assertThatThrownBy(() -> kept.collect(engine()).close()).hasMessageStartingWith("DUPLICATE_KEY");
        run(orders().join(doubled, joining.expecting(Cardinality.MANY_TO_MANY).options())
                        .select("customer_id"))
                .hasValues(11, 11, 11, 11, 13, 13, null, 99);
    }

    @Test
    default void columnsAreTakenTogetherWhereNoneIsUniqueAlone() {
        Dataflow lines = rows("order", "line", "item").of(1, 1, "a", 1, 2, "b", 2, 1, "c", 2, 2, "d", 3, 1, "e");
        Dataflow returns = rows("order", "line", "why").of(1, 2, "broken", 2, 1, "late", 2, 2, "late", 1, 1, "late");

        Joining joining = Learn.joining(lines, returns).learn(engine());

        assertThat(joining.options()).hasToString("leftJoin(order, line).expectOneToOne()");
        assertThat(joining.candidates().get(0).pairs()).isEqualTo(4);
        run(joining.toDataflow())
                .hasColumns("order", "line", "item", "why")
                .hasRows(
                        row(1, 1, "a", "late"),
                        row(1, 2, "b", "broken"),
                        row(2, 1, "c", "late"),
                        row(2, 2, "d", "late"),
                        row(3, 1, "e", null));
    }

    @Test
    default void columnsWithoutCommonValuesAreNoKeys() {
        Dataflow left = rows("a", "x: float64", "b: bool").of(1, 1.0, true);
        Dataflow right = rows("a", "x: float64", "b: bool").of(2, 1.0, true);

        assertThatThrownBy(() -> Learn.joining(left, right).learn(engine())).hasMessage("""
                NOTHING_TO_LEARN: Cannot suggest a join: no columns of one type share enough values
                  Columns of int64, decimal, text, date and timestamp are compared; cast or clean others first, or lower\
                 threshold(...)""");
    }

    @Test
    default void withoutRowsNothingIsSuggested() {
        assertThatThrownBy(() ->
                        Learn.joining(rows("a").of(1), rows("a: int64").none()).learn(engine()))
                .hasMessage("NOTHING_TO_LEARN: Cannot suggest a join: the right dataflow has no rows");
        assertThatThrownBy(() -> Learn.joining(
                                rows("a: int64").of(null, null), rows("a").of(1))
                        .learn(engine()))
                .hasMessageStartingWith("NOTHING_TO_LEARN: Cannot suggest a join: no columns of one type share");
    }
}
