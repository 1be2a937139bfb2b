package io.millrace.dataflow.plan.rule;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.Expr.lit;
import static io.millrace.dataflow.plan.rule.RulePlans.bound;
import static io.millrace.dataflow.plan.rule.RulePlans.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.kernel.ConstantKernels;
import io.millrace.dataflow.plan.Binder;
import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptimiserTest {
    private static final Optimiser OPTIMISER = Optimiser.of(new ConstantKernels());

    @Test
    void explainShowsEachRuleThatChangesThePlanWithThePlanThatItLeaves() {
        Plan plan = bound(scan("x.csv")
                .withColumn("d", col("a").plus(1))
                .filter(col("a").gt(lit(1).plus(2)))
                .limit(5)
                .select("d"));

        assertThat(OPTIMISER.explain(plan)).isEqualTo("""
                as bound
                0  scan x.csv: a, b, f
                1  project a, b, f, d = (a + 1)  <- 0
                2  filter (a > (1 + 2))  <- 1
                3  limit 5  <- 2
                4  project d  <- 3

                compute constants
                0  scan x.csv: a, b, f
                1  project a, b, f, d = (a + 1)  <- 0
                2  filter (a > 3)  <- 1
                3  limit 5  <- 2
                4  project d  <- 3

                filter early
                0  scan x.csv: a, b, f
                1  filter (a > 3)  <- 0
                2  project a, b, f, d = (a + 1)  <- 1
                3  limit 5  <- 2
                4  project d  <- 3

                limit early
                0  scan x.csv: a, b, f
                1  filter (a > 3)  <- 0
                2  limit 5  <- 1
                3  project a, b, f, d = (a + 1)  <- 2
                4  project d  <- 3

                leave out columns that nothing reads
                0  scan x.csv: a
                1  filter (a > 3)  <- 0
                2  limit 5  <- 1
                3  project d = (a + 1)  <- 2
                4  project d  <- 3

                merge projections
                0  scan x.csv: a
                1  filter (a > 3)  <- 0
                2  limit 5  <- 1
                3  project d = (a + 1)  <- 2
                """);
    }

    @Test
    void aPlanThatNoRuleChangesIsThePlanItself() {
        Plan plan = bound(scan("x.csv").filter(col("a").gt(3)).sort("b"));

        assertThat(OPTIMISER.apply(plan)).isSameAs(plan);
        assertThat(OPTIMISER.trace(plan)).isEmpty();
    }

    @Test
    void chainsOfTwoThousandStepsAreNoTrouble() {
        Dataflow chain = scan("x.csv");
        for (int i = 0; i < 500; i++) {
            chain = chain.withColumn("x" + i % 50, col("a").plus(i))
                    .filter(col("a").gt(lit(i).plus(1)))
                    .rename("b", "c")
                    .rename("c", "b");
        }

        assertThat(OPTIMISER.apply(bound(chain.select("x7").limit(3))).stages()).hasSizeLessThan(1_000);
    }

    @Test
    void anExpressionOfTwoThousandCallsInEachOtherIsNoTrouble() {
        TypedExpr deep = new TypedExpr.Input(0, DataTypes.INT64, true);
        TypedExpr one = new TypedExpr.Constant(1L, DataTypes.INT64);
        TypedExpr constant = one;
        for (int i = 0; i < 2_000; i++) {
            deep = new TypedExpr.Call(Function.ADD, List.of(deep, one), DataTypes.INT64, true);
            constant = new TypedExpr.Call(Function.ADD, List.of(constant, one), DataTypes.INT64, true);
        }
        TypedExpr predicate = new TypedExpr.Call(Function.LT, List.of(deep, constant), DataTypes.BOOL, true);
        List<Plan.Stage> stages = new ArrayList<>(bound(scan("x.csv").sort("a")).stages());
        stages.add(new Plan.Stage(2, List.of(1), new Operator.Filter(predicate), RulePlans.SCHEMA, "filter", ""));

        Plan optimised = OPTIMISER.apply(new Plan(stages));

        assertThat(optimised.stages()).hasSize(3);
        assertThat(optimised.stages().get(1).operator())
                .isInstanceOfSatisfying(Operator.Filter.class, filter -> assertThat(
                                filter.predicate().arguments())
                        .contains(new TypedExpr.Constant(2_001L, DataTypes.INT64)));
        assertThat(OperatorText.of(optimised)).contains("1  filter ((((", "…  <- 0");
    }

    @Test
    void twoThousandColumnsAreNoTrouble() {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            fields.add(Field.optional("x" + i, DataTypes.INT64));
        }
        Schema wide = Schema.of(fields);
        Dataflow dataflow = Dataflow.readCsv("wide.csv", csv -> csv.schema(wide));
        for (int i = 0; i < 20; i++) {
            dataflow = dataflow.withColumn("x" + i, col("x" + i).plus(lit(1).plus(1)))
                    .filter(col("x1999").gt(i));
        }
        Plan plan = Binder.bind(dataflow.node(), (source, options) -> wide);

        assertThat(OPTIMISER.apply(plan).schema()).isEqualTo(plan.schema());
    }
}
