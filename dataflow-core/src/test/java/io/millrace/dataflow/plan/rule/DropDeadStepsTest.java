package io.millrace.dataflow.plan.rule;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.Expr.lit;
import static io.millrace.dataflow.plan.rule.RulePlans.after;
import static io.millrace.dataflow.plan.rule.RulePlans.assertUnchanged;
import static io.millrace.dataflow.plan.rule.RulePlans.before;
import static io.millrace.dataflow.plan.rule.RulePlans.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.JoinKeys;
import io.millrace.dataflow.expr.JoinOptions;
import io.millrace.dataflow.schema.DataTypes;
import org.junit.jupiter.api.Test;

class DropDeadStepsTest {
    private static final DropDeadSteps RULE = new DropDeadSteps();

    private final Dataflow scan = scan("x.csv");
    private final Dataflow other = scan("y.csv");

    @Test
    void aFilterThatIsTrueAndAProjectionOfEveryColumnInPlaceAreLeftOut() {
        Dataflow dataflow = scan.filter(lit(true)).select("a", "b", "f").filter(col("a").gt(1));

        assertThat(before(dataflow)).isEqualTo("""
                0  scan x.csv: a, b, f
                1  filter true  <- 0
                2  project a, b, f  <- 1
                3  filter (a > 1)  <- 2
                """);
        assertThat(after(RULE, dataflow)).isEqualTo("""
                0  scan x.csv: a, b, f
                1  filter (a > 1)  <- 0
                """);
    }

    @Test
    void aFilterThatIsFalseOrNullStaysAndReadsItsInput() {
        assertUnchanged(RULE, scan.filter(lit(false)));
        assertUnchanged(RULE, scan.filter(lit(null).cast(DataTypes.BOOL)));
    }

    @Test
    void aProjectionThatRenamesOrMovesColumnsStays() {
        assertUnchanged(RULE, scan.rename("a", "n"));
        assertUnchanged(RULE, scan.select("b", "a", "f"));
        assertUnchanged(RULE, scan.select("a", "b"));
    }

    @Test
    void aSortWhoseOrderAnotherMakesAnewIsLeftOut() {
        assertThat(after(RULE, scan.sort("a").filter(col("b").eq("x")).sort("b", "a")))
                .isEqualTo("""
                        0  scan x.csv: a, b, f
                        1  filter (b = 'x')  <- 0
                        2  sort b ascending, a ascending  <- 1
                        """);
    }

    @Test
    void aSortThatDecidesBetweenTheTiesOfAnotherStays() {
        assertUnchanged(RULE, scan.sort("a").sort("b"));
        assertUnchanged(RULE, scan.sort("a").limit(5).sort("a"));
    }

    @Test
    void theOrderOfRowsThatAreOnlyLookedUpOrCountedIsLeftOut() {
        assertThat(after(RULE, scan.semiJoin(other.sort("b"), "a"))).isEqualTo("""
                0  scan x.csv: a, b, f
                1  scan y.csv: a, b, f
                2  semi join on a = a: a, b, f  <- 0, 1
                """);
        assertThat(after(RULE, scan.sort("b").groupBy().aggregate(Aggregate.count())))
                .isEqualTo("""
                        0  scan x.csv: a, b, f
                        1  group by : count = count_rows()  <- 0
                        """);
    }

    @Test
    void theOrderOfRowsThatIsSeenStays() {
        assertUnchanged(RULE, scan.innerJoin(other.sort("b"), "a"));
        assertUnchanged(RULE, scan.sort("b").groupBy("a").aggregate(Aggregate.count()));
        assertUnchanged(RULE, scan.sort("b").groupBy().aggregate(Aggregate.first("a")));
        assertUnchanged(RULE, scan.sort("b").groupBy().aggregate(Aggregate.sum("f")));
        assertUnchanged(
                RULE,
                scan.join(other.sort("b"), JoinOptions.semi(JoinKeys.of("a")).expectManyToOne()));
    }

    @Test
    void theSecondOfTwoDistinctsIsLeftOutWhenItsRowsDifferAlready() {
        assertThat(after(RULE, scan.distinct("a").distinct("a", "b"))).isEqualTo("""
                0  scan x.csv: a, b, f
                1  distinct first of a  <- 0
                """);
        assertUnchanged(RULE, scan.distinct("a", "b").distinct("a"));
        assertUnchanged(RULE, scan.distinct("a").duplicates("a", "b"));
    }
}
