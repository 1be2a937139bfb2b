package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.Expr.lit;
import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.DATE;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.TIMESTAMP;
import static io.millrace.dataflow.schema.DataTypes.decimal;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Recipe;
import io.millrace.dataflow.plan.ColumnStep;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.plan.SourceStep;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Steps that look at one row at a time. */
interface RowStepsContract extends EngineFixture {
    @Test
    @Checks(steps = SourceStep.Values.class)
    default void rowsOfEveryTypeComeBackAsTheyWere() {
        Instant noon = Instant.parse("2024-03-01T12:00:00.123456Z");
        Instant early = Instant.parse("0001-01-01T00:00:00Z");
        Dataflow values = rows("b", "i", "f", "d: decimal(10, 2)", "t", "day", "at")
                .of(
                        true,
                        Long.MIN_VALUE,
                        Double.NaN,
                        new BigDecimal("-12.50"),
                        "naïve 🐦",
                        LocalDate.of(2024, 2, 29),
                        noon,
                        false,
                        Long.MAX_VALUE,
                        Double.NEGATIVE_INFINITY,
                        new BigDecimal("99999999.99"),
                        "",
                        LocalDate.of(1582, 10, 10),
                        early,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);

        run(values)
                .hasColumns("b", "i", "f", "d", "t", "day", "at")
                .hasTypes(BOOL, INT64, FLOAT64, decimal(10, 2), TEXT, DATE, TIMESTAMP)
                .hasNoErrors()
                .hasRows(
                        row(
                                true,
                                Long.MIN_VALUE,
                                Double.NaN,
                                new BigDecimal("-12.50"),
                                "naïve 🐦",
                                LocalDate.of(2024, 2, 29),
                                noon),
                        row(
                                false,
                                Long.MAX_VALUE,
                                Double.NEGATIVE_INFINITY,
                                new BigDecimal("99999999.99"),
                                "",
                                LocalDate.of(1582, 10, 10),
                                early),
                        row(null, null, null, null, null, null, null));
    }

    @Test
    @Checks(steps = SourceStep.Values.class)
    default void noRowsKeepTheirColumns() {
        run(rows("x: int64", "y: text").none())
                .hasColumns("x", "y")
                .hasTypes(INT64, TEXT)
                .hasRows();
    }

    @Test
    @Checks(steps = ColumnStep.Select.class)
    default void selectKeepsColumnsInTheOrderGiven() {
        run(rows("a", "b", "c").of(1, "x", null, 2, "y", "z").select("c", "a"))
                .hasColumns("c", "a")
                .hasRows(row(null, 1), row("z", 2));
    }

    @Test
    @Checks(steps = ColumnStep.Drop.class)
    default void dropLeavesColumnsOut() {
        run(rows("a", "b", "c").of(1, "x", null, 2, "y", "z").drop("b"))
                .hasColumns("a", "c")
                .hasRows(row(1, null), row(2, "z"));
    }

    @Test
    @Checks(steps = ColumnStep.Rename.class)
    default void renameKeepsTheCellsInPlace() {
        run(rows("a", "b").of(1, "x").rename("a", "Größe \"ä\""))
                .hasColumns("Größe \"ä\"", "b")
                .hasRows(row(1, "x"));
    }

    @Test
    @Checks(steps = ColumnStep.Rename.class)
    default void columnsThatDifferInCaseOnlyAreDifferent() {
        run(rows("a", "A").of(1, 2).withColumn("sum", col("a").plus(col("A"))).filter(col("A").eq(2)))
                .hasRows(row(1, 2, 3));
    }

    @Test
    @Checks(steps = {ColumnStep.Select.class, RowStep.Filter.class})
    default void columnNamesMayHoldAnyCharacter() {
        run(rows("a.b", "c`d", " ", "e\nf")
                        .of(1, 2, 3, 4)
                        .filter(col("a.b").lt(col("c`d")))
                        .select("e\nf", " ", "a.b"))
                .hasColumns("e\nf", " ", "a.b")
                .hasRows(row(4, 3, 1));
    }

    @Test
    @Checks(steps = ColumnStep.WithColumn.class)
    default void withColumnAddsAtTheEndOrReplacesInPlace() {
        run(rows("a", "b")
                        .of(1, 10, 2, 20)
                        .withColumn("c", col("a").plus(col("b")))
                        .withColumn("a", lit("new")))
                .hasColumns("a", "b", "c")
                .hasTypes(TEXT, INT64, INT64)
                .hasRows(row("new", 10, 11), row("new", 20, 22));
    }

    @Test
    @Checks(steps = ColumnStep.WithColumn.class)
    default void aColumnMayBeNullInEveryRow() {
        run(rows("a").of(1, 2).withColumn("n", lit(null))).hasTypes(INT64, TEXT).hasRows(row(1, null), row(2, null));
    }

    @Test
    @Checks(steps = ColumnStep.Cast.class)
    default void castConvertsInPlace() {
        run(rows("a", "b").of("1", "x", null, "y").cast("a", INT64))
                .hasColumns("a", "b")
                .hasTypes(INT64, TEXT)
                .hasRows(row(1, "x"), row(null, "y"));
    }

    @Test
    @Checks(steps = RowStep.Filter.class)
    default void filterDropsRowsWhosePredicateIsFalseOrNull() {
        run(rows("x").of(1, null, 3, 2).filter(col("x").gt(1))).hasValues(3, 2);
    }

    @Test
    @Checks(steps = RowStep.Filter.class)
    default void filterDropsRowsWhosePredicateIsAnError() {
        run(rows("x").of("1", "abc", "3").filter(col("x").cast(INT64).gt(0))).hasValues("1", "3");
    }

    @Test
    @Checks(steps = RowStep.Filter.class)
    default void filterByAConstantKeepsAllOrNothing() {
        run(rows("x").of(1, 2).filter(lit(true))).hasValues(1, 2);
        run(rows("x").of(1, 2).filter(lit(false))).hasValues();
        run(rows("x").of(1, 2).filter(lit(null).cast(BOOL))).hasValues();
    }

    @Test
    @Checks(steps = ColumnStep.FillNull.class)
    default void fillNullReplacesNullsAndLeavesErrors() {
        run(rows("x").of("1", null, "abc").cast("x", INT64).fillNull("x", 0))
                .hasTypes(INT64)
                .hasValues(1, 0, null)
                .hasErrorsAt("2 x");
    }

    @Test
    @Checks(steps = {ColumnStep.Rename.class, ColumnStep.WithColumn.class, ColumnStep.Drop.class})
    default void aRecipeDoesItsStepsInOrder() {
        Recipe recipe = Recipe.empty()
                .rename("a", "b")
                .withColumn("c", col("b").times(2))
                .drop("b");

        run(rows("a").of(1, 2).apply(recipe)).hasColumns("c").hasValues(2, 4);
    }

    @Test
    @Checks(steps = {ColumnStep.WithColumn.class, RowStep.Filter.class, RowStep.Limit.class})
    default void aLongChainOfStepsRuns() {
        Dataflow chain = rows("x").of(0, 1, 2);
        for (int i = 0; i < 200; i++) {
            chain = chain.withColumn("x", col("x").plus(1));
            chain = i % 10 == 0 ? chain.filter(col("x").ge(0)).limit(3) : chain;
        }

        run(chain).hasValues(200, 201, 202);
    }
}
