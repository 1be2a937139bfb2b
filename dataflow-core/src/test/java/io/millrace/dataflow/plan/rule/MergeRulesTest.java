package io.millrace.dataflow.plan.rule;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.plan.rule.RulePlans.after;
import static io.millrace.dataflow.plan.rule.RulePlans.assertUnchanged;
import static io.millrace.dataflow.plan.rule.RulePlans.before;
import static io.millrace.dataflow.plan.rule.RulePlans.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import org.junit.jupiter.api.Test;

class MergeRulesTest {
    private static final MergeFilters FILTERS = new MergeFilters();
    private static final MergeProjections PROJECTIONS = new MergeProjections();

    private final Dataflow scan = scan("x.csv");

    @Test
    void filtersThatFollowEachOtherBecomeOne() {
        Dataflow dataflow = scan.filter(col("b").text().upper().eq("X"))
                .filter(col("a").gt(1))
                .filter(col("f").isNotNull());

        assertThat(before(dataflow)).isEqualTo("""
                0  scan x.csv: a, b, f
                1  filter (upper(b) = 'X')  <- 0
                2  filter (a > 1)  <- 1
                3  filter is_not_null(f)  <- 2
                """);
        assertThat(after(FILTERS, dataflow)).isEqualTo("""
                0  scan x.csv: a, b, f
                1  filter (((upper(b) = 'X') and (a > 1)) and is_not_null(f))  <- 0
                """);
    }

    @Test
    void aFilterThatIsCostlyOrUnknownStaysBehindTheOneBeforeIt() {
        assertUnchanged(
                FILTERS, scan.filter(col("a").gt(1)).filter(col("b").text().matches("x+")));
        assertUnchanged(
                FILTERS, scan.filter(col("a").gt(1)).filter(RulePlans.unknown().eq(1)));
        assertUnchanged(
                FILTERS, scan.filter(col("a").gt(1)).filter(Expr.rowRandom(1).lt(0.5)));
    }

    @Test
    void aFilterHasSixteenConditionsAtMost() {
        Dataflow many = scan;
        for (int i = 0; i < 40; i++) {
            many = many.filter(col("a").ne(i));
        }
        Plan merged = FILTERS.apply(RulePlans.bound(many));

        assertThat(merged.stages()).hasSize(4);
        assertThat(merged.stages().subList(1, 4))
                .allMatch(stage -> ExprFacts.conditions(((Operator.Filter) stage.operator()).predicate())
                                .size()
                        <= 16);
    }

    @Test
    void aFilterThatOthersReadTooStays() {
        Dataflow shared = scan.filter(col("a").gt(1));

        assertUnchanged(FILTERS, shared.union(shared.filter(col("f").isNotNull())));
    }

    @Test
    void selectionsAreMergedWithTheProjectionBesideThem() {
        Dataflow dataflow =
                scan.select("b", "a").withColumn("d", col("a").plus(1)).rename("d", "e");

        assertThat(before(dataflow)).isEqualTo("""
                0  scan x.csv: a, b, f
                1  project b, a  <- 0
                2  project b, a, d = (a + 1)  <- 1
                3  project b, a, e = d  <- 2
                """);
        assertThat(after(PROJECTIONS, dataflow)).isEqualTo("""
                0  scan x.csv: a, b, f
                1  project b, a, e = (a + 1)  <- 0
                """);
    }

    @Test
    void twoProjectionsThatComputeStaySinceAnErrorNamesItsStep() {
        assertUnchanged(PROJECTIONS, scan.withColumn("d", col("a").plus(1)).withColumn("e", col("d").plus(1)));
    }

    @Test
    void aColumnThatIsReadTwiceOrNotAtAllIsComputedWhereItWas() {
        Dataflow computed = scan.withColumn("d", col("a").plus(1));

        assertUnchanged(PROJECTIONS, computed.withColumn("e", col("d")));
        assertUnchanged(PROJECTIONS, computed.drop("d"));
    }

    @Test
    void aProjectionThatOthersReadTooStays() {
        Dataflow shared = scan.select("a", "b");

        assertUnchanged(PROJECTIONS, shared.union(shared.select("a", "b")));
    }
}
