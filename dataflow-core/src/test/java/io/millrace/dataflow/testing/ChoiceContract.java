package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.testing.EngineFixture.error;
import static io.millrace.dataflow.testing.Rows.rows;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.table.CellError.Code;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Functions that take one of their arguments. */
interface ChoiceContract extends EngineFixture {
    private TableAssert chosen(Dataflow input, Expr expression) {
        return run(input.withColumn("y", expression).select("y"));
    }

    @Test
    @Checks(functions = Function.NULL_IF)
    default void nullIfMakesNullsOfOneValue() {
        chosen(rows("t").of("NA", "na", "", null), col("t").nullIf("NA"))
                .hasTypes(TEXT)
                .hasValues(null, "na", "", null);
        chosen(rows("x").of(Double.NaN, 1.0, -0.0), col("x").nullIf(Double.NaN)).hasValues(null, 1.0, 0.0);
        chosen(rows("x").of(0, 7), col("x").nullIf(0)).hasTypes(INT64).hasValues(null, 7);
        chosen(rows("a", "b").of(1, null, 1, 1), col("a").nullIf(col("b"))).hasValues(1, null);
    }

    @Test
    @Checks(functions = {Function.IF_ERROR, Function.IS_ERROR})
    default void ifErrorFillsErrorsAndLeavesNulls() {
        Dataflow input = rows("t").of("1", "x", null);

        chosen(input, col("t").cast(INT64).ifError(-1))
                .hasTypes(INT64)
                .hasValues(1, -1, null)
                .hasNoErrors();
        chosen(input, col("t").cast(INT64).ifError(null))
                .hasValues(1, null, null)
                .hasNoErrors();
        chosen(input, col("t").cast(INT64).isNotError()).hasTypes(BOOL).hasValues(true, false, true);
        chosen(input, col("t").cast(INT64).ifError(col("t").text().length().dividedBy(0)))
                .hasValues(1.0, null, null)
                .hasErrors(error(
                        Code.DIVISION_BY_ZERO,
                        "1.0 / 0.0",
                        2,
                        "withColumn(y, if_error(cast(t as int64), (length(t) / 0)))"));
    }

    @Test
    @Checks(functions = {Function.LEAST, Function.GREATEST})
    default void leastAndGreatestPassOverNulls() {
        Dataflow input = rows("a", "b").of(1, 2.5, null, 3.5, 4, null, null, null, 5, Double.NaN);

        chosen(input, Expr.least(col("a"), col("b"), 4.0)).hasTypes(FLOAT64).hasValues(1.0, 3.5, 4.0, 4.0, 4.0);
        chosen(input, Expr.greatest(col("a"), col("b"))).hasValues(2.5, 3.5, 4.0, null, Double.NaN);
        chosen(rows("a", "b").of("b", "a", "é", "z"), Expr.least(col("a"), col("b")))
                .hasValues("a", "z");
        chosen(rows("a", "b").of(LocalDate.of(2024, 3, 1), LocalDate.of(2024, 2, 1)), Expr.greatest(col("a"), col("b")))
                .hasValues(LocalDate.of(2024, 3, 1));
    }

    @Test
    @Checks(functions = {Function.LEAST, Function.GREATEST})
    default void anErrorAmongTheArgumentsOfAnExtremeIsTheResult() {
        chosen(rows("t").of("x"), Expr.least(1, col("t").cast(INT64)))
                .hasErrors(error(Code.CAST, "x", 1, "withColumn(y, least(1, cast(t as int64)))"));
        chosen(rows("t").of("x"), Expr.greatest(1, col("t").cast(INT64)))
                .hasErrors(error(Code.CAST, "x", 1, "withColumn(y, greatest(1, cast(t as int64)))"));
    }
}
