package io.millrace.dataflow.plan.rule;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.plan.rule.RulePlans.after;
import static io.millrace.dataflow.plan.rule.RulePlans.assertUnchanged;
import static io.millrace.dataflow.plan.rule.RulePlans.before;
import static io.millrace.dataflow.plan.rule.RulePlans.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Aggregate;
import org.junit.jupiter.api.Test;

class ShareStagesTest {
    private static final ShareStages RULE = new ShareStages();

    @Test
    void aJoinOfASourceWithItselfReadsItOnce() {
        Dataflow dataflow = filtered().innerJoin(filtered().select("a", "f"), "a");

        assertThat(before(dataflow)).isEqualTo("""
                0  scan x.csv: a, b, f
                1  filter (a > 1)  <- 0
                2  scan x.csv: a, b, f
                3  filter (a > 1)  <- 2
                4  project a, f  <- 3
                5  inner join on a = a: a, b, f, f_right  <- 1, 4
                """);
        assertThat(after(RULE, dataflow)).isEqualTo("""
                0  scan x.csv: a, b, f
                1  filter (a > 1)  <- 0
                2  project a, f  <- 1
                3  inner join on a = a: a, b, f, f_right  <- 1, 2
                """);
    }

    @Test
    void theLargestEqualPartIsShared() {
        assertThat(after(RULE, filtered().innerJoin(scan("x.csv"), "a"))).isEqualTo("""
                0  scan x.csv: a, b, f
                1  filter (a > 1)  <- 0
                2  inner join on a = a: a, b, f, b_right, f_right  <- 1, 0
                """);
    }

    @Test
    void rowsThatNobodyHoldsAreReadTwiceRatherThanKept() {
        assertUnchanged(RULE, scan("x.csv").union(scan("x.csv")));
        assertUnchanged(RULE, scan("x.csv").semiJoin(scan("x.csv"), "a"));
        assertUnchanged(RULE, scan("x.csv").innerJoin(filtered(), "a"));
        assertUnchanged(RULE, scan("x.csv").innerJoin(scan("x.csv").groupBy("a").aggregate(Aggregate.count()), "a"));
    }

    @Test
    void rowsAreGroupedOnceThatAPlanGroupsTwiceInTheSameWay() {
        Dataflow dataflow = counts().union(counts().filter(col("count").gt(1)));

        assertThat(before(dataflow)).isEqualTo("""
                0  scan x.csv: a, b, f
                1  group by b: count = count_rows()  <- 0
                2  scan x.csv: a, b, f
                3  group by b: count = count_rows()  <- 2
                4  filter (count > 1)  <- 3
                5  union  <- 1, 4
                """);
        assertThat(after(RULE, dataflow)).isEqualTo("""
                0  scan x.csv: a, b, f
                1  group by b: count = count_rows()  <- 0
                2  filter (count > 1)  <- 1
                3  union  <- 1, 2
                """);
    }

    @Test
    void whatDiffersInSourceExpressionOrKeyIsNotShared() {
        assertUnchanged(RULE, scan("x.csv").innerJoin(scan("y.csv"), "a"));
        assertUnchanged(RULE, counts().union(scan("y.csv").groupBy("b").aggregate(Aggregate.count())));
        assertUnchanged(
                RULE,
                counts().union(scan("x.csv").filter(col("a").gt(1)).groupBy("b").aggregate(Aggregate.count())));
    }

    @Test
    void whatCallsAUserFunctionOrCountsErrorsIsDoneAsOftenAsItIsSaid() {
        assertUnchanged(RULE, unknown().union(unknown()));
        assertThat(after(RULE, unknownRows().innerJoin(unknownRows(), "a"))).startsWith("""
                0  scan x.csv: a, b, f
                1  project a, b, f, u = mystery(a)  <- 0
                2  project a, b, f, u = mystery(a)  <- 0
                """);
        assertUnchanged(RULE, quarantined().union(quarantined()));
    }

    private static Dataflow filtered() {
        return scan("x.csv").filter(col("a").gt(1));
    }

    private static Dataflow counts() {
        return scan("x.csv").groupBy("b").aggregate(Aggregate.count());
    }

    private static Dataflow unknownRows() {
        return scan("x.csv").withColumn("u", RulePlans.unknown());
    }

    private static Dataflow unknown() {
        return unknownRows().groupBy("u").aggregate(Aggregate.count());
    }

    private static Dataflow quarantined() {
        return scan("x.csv").quarantine("q.csv").groupBy("b").aggregate(Aggregate.count());
    }
}
