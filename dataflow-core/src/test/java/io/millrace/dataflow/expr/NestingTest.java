package io.millrace.dataflow.expr;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.Expr.lit;
import static io.millrace.dataflow.expr.Expr.when;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.plan.OperatorJson;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.PlanJson;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Table;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class NestingTest {
    private static final Dataflow NUMBERS =
            Dataflow.rows(Schema.of(List.of(Field.optional("x", INT64))), List.of(List.of(1L), List.of(2L)));

    @Test
    void expressionsThatAreTooDeepAreRefusedByTheStepTheyAreGivenTo() {
        Expr sum = nested(10_000, col("x"), expr -> expr.plus(1));
        Expr predicate = nested(10_000, col("x").gt(0), Expr::not);

        assertTooDeep(() -> NUMBERS.withColumn("y", sum));
        assertTooDeep(() -> NUMBERS.withColumns(ColumnSelector.all(), each -> sum));
        assertTooDeep(() -> NUMBERS.filter(predicate));
        assertTooDeep(() -> NUMBERS.filterEvery(ColumnSelector.all(), each -> each.and(predicate)));
        assertTooDeep(() -> NUMBERS.groupBy().aggregate(Aggregate.sum(sum)));
        assertTooDeep(() -> NUMBERS.groupBy().aggregate(Aggregate.sum("x").where(predicate)));
        assertTooDeep(() -> NUMBERS.window(over -> over, WindowFunction.lag(sum, 1)));
        assertTooDeep(() -> JoinKeys.of("x").and(sum, col("x")));
        assertTooDeep(() -> NUMBERS.filter(
                nested(10_000, col("x").gt(0), expr -> when(expr).then(true).otherwise(false))));
        assertTooDeep(() -> NUMBERS.withColumn("y", nested(10_000, col("x"), expr -> expr.cast(TEXT))));
    }

    @Test
    void whatIsTooDeepOrTooLargeIsWrittenInPart() {
        String deep = nested(10_000, col("x"), expr -> expr.plus(1)).toString();
        String large = nested(60, col("x"), expr -> expr.plus(expr)).toString();

        assertThat(deep)
                .startsWith("((((")
                .contains("(… + …) + 1)")
                .endsWith(" + 1)")
                .hasSizeLessThan(10_000);
        assertThat(large).contains("(x + x)").endsWith("…)").hasSizeLessThan(1_100_000);
    }

    @Test
    void anExpressionWhosePartsAreUsedTwiceOverAndOverIsRefused() {
        assertThatThrownBy(() -> NUMBERS.withColumn("y", nested(60, col("x"), expr -> expr.plus(expr))))
                .isInstanceOf(DataflowException.class)
                .hasMessage("""
                        INVALID_ARGUMENT: Cannot use an expression that is so large: it may have at most 1000000 parts, those that are used twice being counted twice
                          Compute parts of it in columns of their own, with withColumn""");
    }

    @Test
    void selectorsThatAreTooDeepAreRefused() {
        ColumnSelector deep = ColumnSelector.all();
        ColumnSelector twice = ColumnSelector.all();
        for (int i = 0; i < 10_000; i++) {
            deep = deep.not();
            twice = i < 60 ? twice.and(twice) : twice;
        }
        for (ColumnSelector selector : List.of(deep, twice)) {
            assertThatThrownBy(() -> NUMBERS.select(selector))
                    .isInstanceOf(DataflowException.class)
                    .hasMessage("""
                            INVALID_ARGUMENT: Cannot use a selector that is nested so deep: at most 300 may stand inside each other, with 1000000 parts
                              Name the columns, or join selectors with or, which takes any number""");
        }
    }

    @Test
    void aDecimalWithABillionZerosIsRefused() {
        assertThatThrownBy(() -> lit(new BigDecimal("1e999999999")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a decimal has up to 38 digits, and this one has an exponent of 999999999");
    }

    /** On a thread with the stack that threads have by default, for the threads that plan are those of others. */
    @Test
    void theDeepestExpressionsAreSavedReadBoundAndRun() throws InterruptedException {
        List<Expr> deepest = List.of(
                nested(299, col("x"), expr -> expr.plus(1)),
                nested(
                        299,
                        col("x"),
                        expr -> expr.plus(new BigDecimal("0.5"))
                                .floorDividedBy(1)
                                .minus(0),
                        3),
                nested(199, col("x").gt(0), expr -> when(expr).then(expr(1)).otherwise(false)),
                nested(599, col("x"), expr -> expr.cast(FLOAT64)));
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(null, () -> deepest.forEach(NestingTest::requireWhole), "deep", 1 << 20);
        thread.setUncaughtExceptionHandler((ignored, thrown) -> failure.set(thrown));
        thread.start();
        thread.join();

        assertThat(failure.get()).isNull();
    }

    private static Expr expr(int value) {
        return col("x").gt(value);
    }

    private static void requireWhole(Expr expr) {
        Dataflow deep = NUMBERS.withColumn("y", expr);
        assertThat(PlanJson.read(deep.toJson(), Path.of(""))).isEqualTo(deep.node());
        try (LocalEngine engine = LocalEngine.create();
                Table table = deep.collect(engine)) {
            Plan plan = deep.plan(engine);
            String travels = OperatorJson.write(plan.result().operator()).toString();
            assertThat(OperatorJson.read(parsed(travels)).toString())
                    .isEqualTo(plan.result().operator().toString());
            assertThat(deep.explain(engine)).contains("withColumn(y, ");
            assertThat(table.rowCount()).isEqualTo(2);
        }
    }

    private static JsonNode parsed(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException tooDeep) {
            throw new AssertionError(tooDeep);
        }
    }

    private static void assertTooDeep(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(DataflowException.class).hasMessage("""
                        INVALID_ARGUMENT: Cannot use an expression that is nested so deep: at most 300 calls, or 200 choices, may stand inside each other
                          Compute parts of it in columns of their own, with withColumn""");
    }

    private static Expr nested(int times, Expr first, UnaryOperator<Expr> around) {
        return nested(times, first, around, 1);
    }

    private static Expr nested(int times, Expr first, UnaryOperator<Expr> around, int levels) {
        Expr expr = first;
        for (int i = 0; i < times / levels; i++) {
            expr = around.apply(expr);
        }
        return expr;
    }
}
