package io.millrace.dataflow.plan.rule;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.plan.rule.RulePlans.after;
import static io.millrace.dataflow.plan.rule.RulePlans.assertUnchanged;
import static io.millrace.dataflow.plan.rule.RulePlans.before;
import static io.millrace.dataflow.plan.rule.RulePlans.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import org.junit.jupiter.api.Test;

class PushLimitsTest {
    private static final PushLimits RULE = new PushLimits();

    private final Dataflow scan = scan("x.csv");
    private final Dataflow other = scan("y.csv");

    @Test
    void aLimitGoesBelowProjections() {
        Dataflow dataflow = scan.withColumn("d", col("a").plus(1)).drop("a").limit(5);

        assertThat(before(dataflow)).isEqualTo("""
                0  scan x.csv: a, b, f
                1  project a, b, f, d = (a + 1)  <- 0
                2  project b, f, d  <- 1
                3  limit 5  <- 2
                """);
        assertThat(after(RULE, dataflow)).isEqualTo("""
                0  scan x.csv: a, b, f
                1  limit 5  <- 0
                2  project a, b, f, d = (a + 1)  <- 1
                3  project b, f, d  <- 2
                """);
    }

    @Test
    void ofTwoLimitsTheSmallerStays() {
        assertThat(after(RULE, scan.limit(5).limit(9))).isEqualTo("""
                0  scan x.csv: a, b, f
                1  limit 5  <- 0
                """);
        assertThat(after(RULE, scan.limit(9).withColumn("d", col("a").plus(1)).limit(5)))
                .isEqualTo("""
                        0  scan x.csv: a, b, f
                        1  limit 5  <- 0
                        2  project a, b, f, d = (a + 1)  <- 1
                        """);
    }

    @Test
    void aCopyOfALimitGoesIntoTheLeftInputOfALeftJoin() {
        assertThat(after(RULE, scan.leftJoin(other, "a").limit(5))).isEqualTo("""
                0  scan x.csv: a, b, f
                1  limit 5  <- 0
                2  scan y.csv: a, b, f
                3  left join on a = a: a, b, f, b_right, f_right  <- 1, 2
                4  limit 5  <- 3
                """);
    }

    @Test
    void aCopyOfALimitGoesIntoTheInputsOfAUnionThatGiveNoRowsAsTheyAreRead() {
        assertThat(after(RULE, scan.union(other.sort("a")).limit(5))).isEqualTo("""
                0  scan x.csv: a, b, f
                1  scan y.csv: a, b, f
                2  sort a ascending  <- 1
                3  limit 5  <- 2
                4  union  <- 0, 3
                5  limit 5  <- 4
                """);
    }

    @Test
    void aLimitStaysBehindWhatMayGiveFewerRowsOrLooksAtAll() {
        assertUnchanged(RULE, scan.filter(col("a").gt(1)).limit(5));
        assertUnchanged(RULE, scan.sort("a").limit(5));
        assertUnchanged(RULE, scan.distinct("a").limit(5));
        assertUnchanged(RULE, scan.innerJoin(other, "a").limit(5));
        assertUnchanged(RULE, scan.rightJoin(other, "a").limit(5));
        assertUnchanged(RULE, scan.fullJoin(other, "a").limit(5));
        assertUnchanged(RULE, scan.skip(2).limit(5));
        assertUnchanged(RULE, scan.tail(2).limit(5));
        assertUnchanged(RULE, scan.withRowNumber("n").limit(5));
        assertUnchanged(RULE, scan.appendColumns(other).limit(5));
    }

    @Test
    void aLimitStaysBehindPoliciesOnErrorsAndRows() {
        assertUnchanged(RULE, scan.failOnErrors().limit(5));
        assertUnchanged(RULE, scan.dropErrorsAtMost(3).limit(5));
        assertUnchanged(RULE, scan.quarantine("q.csv").limit(5));
        assertUnchanged(RULE, scan.verifyHasRows().limit(5));
    }

    @Test
    void aUserFunctionIsCalledForTheRowsItWasCalledForBefore() {
        assertUnchanged(RULE, scan.withColumn("u", RulePlans.unknown()).limit(5));
    }

    @Test
    void aLimitOfNoRowsAndALargeOneStay() {
        assertUnchanged(RULE, scan.withColumn("d", col("a").plus(1)).limit(0));
        assertUnchanged(RULE, scan.withColumn("d", col("a").plus(1)).limit(1_000_000));
    }

    @Test
    void aProjectionThatOthersReadTooIsNotLimited() {
        Dataflow shared = scan.withColumn("d", col("a").plus(1));

        assertUnchanged(RULE, shared.limit(5).union(shared));
    }
}
