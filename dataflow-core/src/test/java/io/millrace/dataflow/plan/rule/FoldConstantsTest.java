package io.millrace.dataflow.plan.rule;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.Expr.lit;
import static io.millrace.dataflow.plan.rule.RulePlans.after;
import static io.millrace.dataflow.plan.rule.RulePlans.assertUnchanged;
import static io.millrace.dataflow.plan.rule.RulePlans.before;
import static io.millrace.dataflow.plan.rule.RulePlans.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.kernel.ConstantKernels;
import io.millrace.dataflow.schema.DataTypes;
import org.junit.jupiter.api.Test;

class FoldConstantsTest {
    private static final FoldConstants RULE = new FoldConstants(new ConstantKernels());

    private final Dataflow scan = scan("x.csv");

    @Test
    void whatReadsNoColumnIsComputedOnce() {
        Dataflow dataflow = scan.filter(col("a").gt(lit(2).times(21)))
                .withColumn("day", lit("2024-03-01").cast(DataTypes.DATE))
                .withColumn("half", lit(1).dividedBy(2).plus(col("f")));

        assertThat(before(dataflow)).isEqualTo("""
                0  scan x.csv: a, b, f
                1  filter (a > (2 * 21))  <- 0
                2  project a, b, f, day = cast('2024-03-01' as date)  <- 1
                3  project a, b, f, day, half = ((1.0 / 2.0) + f)  <- 2
                """);
        assertThat(after(RULE, dataflow)).isEqualTo("""
                0  scan x.csv: a, b, f
                1  filter (a > 42)  <- 0
                2  project a, b, f, day = 2024-03-01  <- 1
                3  project a, b, f, day, half = (0.5 + f)  <- 2
                """);
    }

    @Test
    void aConditionThatDecidesNothingIsLeftOut() {
        assertThat(after(RULE, scan.filter(lit(1).eq(1).and(col("a").gt(3)).or(lit(1).eq(2)))))
                .isEqualTo("""
                        0  scan x.csv: a, b, f
                        1  filter (a > 3)  <- 0
                        """);
    }

    @Test
    void aConditionThatDecidesStaysBesideOneThatMayBeAnError() {
        assertUnchanged(RULE, scan.filter(lit(false).and(col("a").gt(3))));
        assertUnchanged(RULE, scan.filter(lit(true).or(col("a").gt(3))));
    }

    @Test
    void whatIsAnErrorStaysToBeComputedForEveryRow() {
        assertUnchanged(RULE, scan.withColumn("e", lit(1).dividedBy(lit(0))));
        assertUnchanged(RULE, scan.withColumn("e", lit("x").cast(DataTypes.INT64)));
        assertUnchanged(RULE, scan.withColumn("e", lit(Long.MAX_VALUE).plus(1)));
    }

    @Test
    void nullIsAConstantToo() {
        assertThat(after(
                        RULE,
                        scan.withColumn("n", lit(null).cast(DataTypes.INT64).plus(1))))
                .isEqualTo("""
                        0  scan x.csv: a, b, f
                        1  project a, b, f, n = null  <- 0
                        """);
    }

    @Test
    void userFunctionsAndRandomNumbersAreNotConstants() {
        Dataflow seven = scan.select("b").withColumn("a", lit(7));

        assertUnchanged(RULE, seven.withColumn("u", RulePlans.unknown().plus(1)));
        assertUnchanged(RULE, scan.withColumn("r", Expr.rowRandom(5).times(2)));
    }

    @Test
    void aLongTextStaysToBeMade() {
        assertUnchanged(RULE, scan.withColumn("t", lit("x").text().repeat(5_000)));
    }

    @Test
    void listsAndStructsStayToBeMade() {
        assertUnchanged(RULE, scan.withColumn("l", Expr.list(1, 2).list().sort()));
    }
}
