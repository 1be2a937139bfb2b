package io.millrace.dataflow.plan.rule;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.plan.rule.RulePlans.after;
import static io.millrace.dataflow.plan.rule.RulePlans.assertUnchanged;
import static io.millrace.dataflow.plan.rule.RulePlans.before;
import static io.millrace.dataflow.plan.rule.RulePlans.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.expr.JoinKeys;
import io.millrace.dataflow.expr.JoinOptions;
import io.millrace.dataflow.expr.WindowFunction;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushFiltersTest {
    private static final PushFilters RULE = new PushFilters();

    private final Dataflow scan = scan("x.csv");
    private final Dataflow other = scan("y.csv");

    @Test
    void aConditionGoesBelowTheProjectionThatPassesItsColumn() {
        Dataflow dataflow = scan.withColumn("d", col("a").plus(1)).filter(col("a").gt(3));

        assertThat(before(dataflow)).isEqualTo("""
                0  scan x.csv: a, b, f
                1  project a, b, f, d = (a + 1)  <- 0
                2  filter (a > 3)  <- 1
                """);
        assertThat(after(RULE, dataflow)).isEqualTo("""
                0  scan x.csv: a, b, f
                1  filter (a > 3)  <- 0
                2  project a, b, f, d = (a + 1)  <- 1
                """);
    }

    @Test
    void onlyTheConditionsOfPassedColumnsGoBelowAndTheOthersStay() {
        assertThat(after(
                        RULE,
                        scan.withColumn("d", col("a").plus(1))
                                .filter(col("d").gt(3).and(col("b").eq("x")))
                                .sort("f")
                                .rename("a", "n")
                                .filter(col("n").lt(9))))
                .isEqualTo("""
                        0  scan x.csv: a, b, f
                        1  filter (b = 'x')  <- 0
                        2  filter (a < 9)  <- 1
                        3  project a, b, f, d = (a + 1)  <- 2
                        4  filter (d > 3)  <- 3
                        5  sort f ascending  <- 4
                        6  project n = a, b, f, d  <- 5
                        """);
    }

    @Test
    void aConditionGoesIntoEveryInputOfAUnion() {
        assertThat(after(RULE, scan.union(other).filter(col("a").gt(3)))).isEqualTo("""
                0  scan x.csv: a, b, f
                1  filter (a > 3)  <- 0
                2  scan y.csv: a, b, f
                3  filter (a > 3)  <- 2
                4  union  <- 1, 3
                """);
    }

    @Test
    void aConditionGoesToTheSideOfAJoinThatItSpeaksOfAndOneOfTheKeyToBoth() {
        Dataflow joined = scan.innerJoin(other, "a")
                .filter(col("b").eq("x").and(col("b_right").eq("y")).and(col("a").gt(3)));

        assertThat(after(RULE, joined)).isEqualTo("""
                0  scan x.csv: a, b, f
                1  filter ((b = 'x') and (a > 3))  <- 0
                2  scan y.csv: a, b, f
                3  filter ((b = 'y') and (a > 3))  <- 2
                4  inner join on a = a: a, b, f, b_right, f_right  <- 1, 3
                """);
    }

    @Test
    void aConditionThatSpeaksOfBothSidesStaysBehindTheJoin() {
        assertUnchanged(RULE, scan.innerJoin(other, "a").filter(col("b").eq(col("b_right"))));
    }

    @Test
    void theSideThatAnOuterJoinFillsWithNullsIsNotFiltered() {
        assertUnchanged(RULE, scan.leftJoin(other, "a").filter(col("b_right").isNull()));
        assertUnchanged(RULE, scan.rightJoin(other, "a").filter(col("b").isNull()));
        assertUnchanged(
                RULE,
                scan.fullJoin(other, "a")
                        .filter(col("b").eq("x").or(col("b_right").eq("x"))));
    }

    @Test
    void theSideThatAnOuterJoinKeepsIsFiltered() {
        assertThat(after(RULE, scan.leftJoin(other, "a").filter(col("b").eq("x"))))
                .isEqualTo("""
                0  scan x.csv: a, b, f
                1  filter (b = 'x')  <- 0
                2  scan y.csv: a, b, f
                3  left join on a = a: a, b, f, b_right, f_right  <- 1, 2
                """);
        assertThat(after(RULE, scan.fullJoin(other, "a").filter(col("a").eq(1))))
                .isEqualTo("""
                0  scan x.csv: a, b, f
                1  filter (a = 1)  <- 0
                2  scan y.csv: a, b, f
                3  filter (a = 1)  <- 2
                4  full join on a = a: a, b, f, b_right, f_right  <- 1, 3
                """);
        assertThat(after(RULE, scan.antiJoin(other, "a").filter(col("a").eq(1))))
                .contains("3  filter (a = 1)  <- 2");
    }

    @Test
    void aKeyWhoseEqualValuesCanBeToldApartIsFilteredOnItsOwnSideAlone() {
        assertThat(after(
                        RULE,
                        scan.innerJoin(other, "f").filter(col("f").toJson().eq("-0.0"))))
                .isEqualTo("""
                        0  scan x.csv: a, b, f
                        1  filter (to_json(f) = '-0.0')  <- 0
                        2  scan y.csv: a, b, f
                        3  inner join on f = f: a, b, f, a_right, b_right  <- 1, 2
                        """);
        assertUnchanged(RULE, scan.fullJoin(other, "f").filter(col("f").toJson().eq("-0.0")));
    }

    @Test
    void nothingGoesBelowAJoinThatCountsTheRowsOfAKey() {
        assertUnchanged(
                RULE,
                scan.join(other, JoinOptions.inner(JoinKeys.of("a")).expectOneToOne())
                        .filter(col("a").eq(1)));
    }

    @Test
    void aConditionOfKeysGoesBelowGroupsDistinctsAndWindows() {
        assertThat(after(
                        RULE,
                        scan.groupBy("b")
                                .aggregate(Aggregate.count())
                                .filter(col("b").eq("x").and(col("count").gt(1)))))
                .isEqualTo("""
                        0  scan x.csv: a, b, f
                        1  filter (b = 'x')  <- 0
                        2  group by b: count = count_rows()  <- 1
                        3  filter (count > 1)  <- 2
                        """);
        assertThat(after(RULE, scan.distinct("a", "b").filter(col("a").eq(1)))).isEqualTo("""
                0  scan x.csv: a, b, f
                1  filter (a = 1)  <- 0
                2  distinct first of a, b  <- 1
                """);
        assertThat(after(RULE, windowed().filter(col("b").eq("x")))).isEqualTo("""
                0  scan x.csv: a, b, f
                1  filter (b = 'x')  <- 0
                2  window by b, ordered by a ascending: r = row_number()  <- 1
                """);
    }

    @Test
    void aConditionOfOtherColumnsStaysBehindGroupsDistinctsAndWindows() {
        assertUnchanged(RULE, scan.distinct("a").filter(col("b").eq("x")));
        assertUnchanged(RULE, windowed().filter(col("a").eq(1)));
        assertUnchanged(RULE, windowed().filter(col("r").eq(1)));
    }

    @Test
    void whatTellsEqualKeysApartStaysBehindGroupsAndDistincts() {
        assertUnchanged(RULE, scan.distinct("f").filter(col("f").toJson().eq("-0.0")));
        assertUnchanged(RULE, scan.distinct("a").filter(col("a").errorCode().eq("CAST")));
    }

    @Test
    void nothingGoesBelowWhatCountsRowsOrErrors() {
        Expr condition = col("a").gt(3);

        assertUnchanged(RULE, scan.limit(5).filter(condition));
        assertUnchanged(RULE, scan.skip(5).filter(condition));
        assertUnchanged(RULE, scan.tail(5).filter(condition));
        assertUnchanged(RULE, scan.withRowNumber("n").filter(condition));
        assertUnchanged(RULE, scan.verifyHasRows().filter(condition));
        assertUnchanged(RULE, scan.failOnErrors().filter(condition));
        assertUnchanged(RULE, scan.dropErrorsAtMost(3).filter(condition));
        assertUnchanged(RULE, scan.quarantine("q.csv").filter(condition));
        assertUnchanged(RULE, scan.appendColumns(other).filter(condition));
    }

    @Test
    void userFunctionsAndRandomNumbersAreNeverMovedNorCalledForFewerRows() {
        assertUnchanged(RULE, scan.sort("b").filter(RulePlans.unknown().eq(1)));
        assertUnchanged(RULE, scan.sort("b").filter(Expr.rowRandom(1).lt(0.5)));
        assertUnchanged(RULE, scan.withColumn("u", RulePlans.unknown()).filter(col("a").gt(3)));
        assertUnchanged(RULE, scan.sort("b").filter(RulePlans.unknown().eq(1)).filter(col("a").gt(3)));
    }

    @Test
    void aStageThatOthersReadTooIsNotFiltered() {
        Dataflow shared = scan.withColumn("d", col("a").plus(1));

        assertUnchanged(RULE, shared.union(shared.filter(col("a").gt(3))));
    }

    @Test
    void aConditionGoesBelowAListThatItDoesNotSpeakOf() {
        Dataflow exploded = scan.withColumn("l", col("b").text().splitList(",")).explode("l");

        assertThat(after(RULE, exploded.filter(col("a").gt(3)))).startsWith("""
                0  scan x.csv: a, b, f
                1  filter (a > 3)  <- 0
                """);
        assertUnchanged(RULE, exploded.filter(col("l").eq("x")));
    }

    @Test
    void aConditionOfKeptColumnsGoesBelowAnUnpivot() {
        Dataflow unpivoted = scan.unpivot(List.of("b"), List.of("a", "f"), "name", "value");

        assertThat(after(RULE, unpivoted.filter(col("b").eq("x")))).startsWith("""
                0  scan x.csv: a, b, f
                1  filter (b = 'x')  <- 0
                """);
        assertUnchanged(RULE, unpivoted.filter(col("value").gt(1)));
    }

    private Dataflow windowed() {
        return scan.window(
                over -> over.partitionBy("b").orderBy("a"),
                WindowFunction.rowNumber().as("r"));
    }
}
