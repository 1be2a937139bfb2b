package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.ColumnSelector.columns;
import static io.millrace.dataflow.expr.ColumnSelector.numeric;
import static io.millrace.dataflow.expr.ColumnSelector.ofType;
import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.decimal;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Recipe;
import io.millrace.dataflow.plan.ColumnStep;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Steps that change values in place. */
interface ValuesContract extends EngineFixture {
    private static Dataflow withError() {
        return rows("x").of("1", null, "abc").cast("x", INT64);
    }

    @Test
    @Checks(steps = ColumnStep.WithColumns.class)
    default void replacePutsOneValueInPlaceOfAnother() {
        run(rows("x").of(1, 2, null, 1).replace("x", 1, 9)).hasTypes(INT64).hasValues(9, 2, null, 9);
        run(rows("t").of("", "a").replace("t", "", "blank")).hasValues("blank", "a");
        run(rows("b").of(true, false).replace("b", true, null)).hasTypes(BOOL).hasValues(null, false);
        run(rows("d").of(LocalDate.of(1, 1, 1)).replace("d", LocalDate.of(1, 1, 1), LocalDate.of(2024, 1, 1)))
                .hasValues(LocalDate.of(2024, 1, 1));
        run(rows("a", "b").of(1, 2, 2, 1).replace(numeric(), 2, 0)).hasRows(row(1, 0), row(0, 1));
    }

    @Test
    @Checks(steps = ColumnStep.WithColumns.class)
    default void replaceTakesNullAndNan() {
        run(rows("x").of(Double.NaN, 1.0, null).replace("x", Double.NaN, null)).hasValues(null, 1.0, null);
        run(rows("x").of(Double.NaN, 1.0, null).replace("x", null, Double.NaN)).hasValues(Double.NaN, 1.0, Double.NaN);
        run(rows("x").of(Double.NaN, 1.0).replace("x", Double.NaN, 0))
                .hasTypes(FLOAT64)
                .hasValues(0.0, 1.0);
    }

    @Test
    @Checks(steps = ColumnStep.WithColumns.class)
    default void replaceLeavesErrorsAndKeepsTheDigitsOfDecimals() {
        run(withError().replace("x", 1, 2)).hasValues(2, null, null).hasErrorsAt("2 x");
        run(withError().replace("x", null, 0)).hasValues(1, 0, null).hasErrorsAt("2 x");
        run(rows("d: decimal(10, 2)").of(new BigDecimal("1.50"), null).replace("d", null, 0))
                .hasTypes(decimal(10, 2))
                .hasValues(new BigDecimal("1.50"), new BigDecimal("0.00"));
    }

    @Test
    @Checks(steps = ColumnStep.WithColumns.class)
    default void replaceNullTokensMakesNullsOfTexts() {
        run(rows("t")
                        .of("NA", "N/A", "", "NaN", "null", "NULL", "na", " NA", "x", null)
                        .replaceNullTokens("t"))
                .hasValues(null, null, null, null, null, null, "na", " NA", "x", null);
        run(rows("t", "u").of("-", "-", "NA", "?").replaceNullTokens(ofType(TEXT), "-", "?"))
                .hasRows(row(null, null), row("NA", null));
    }

    @Test
    @Checks(steps = ColumnStep.WithColumns.class)
    default void fillNullFillsSeveralColumns() {
        run(rows("a", "b", "t").of(null, 2, null, 1, null, "x").fillNull(numeric(), 0))
                .hasTypes(INT64, INT64, TEXT)
                .hasRows(row(0, 2, null), row(1, 0, "x"));
        run(withError().fillNull(columns("x"), 7)).hasValues(1, 7, null).hasErrorsAt("2 x");
    }

    @Test
    @Checks(steps = ColumnStep.WithColumns.class)
    default void clipPutsBoundsInPlaceOfWhatIsBeyondThem() {
        run(rows("x").of(-5, 0, 5, 11, null).clip("x", 0, 10)).hasTypes(INT64).hasValues(0, 0, 5, 10, null);
        run(rows("x").of(-5, 20).clip("x", null, 10)).hasValues(-5, 10);
        run(rows("x").of(-5, 20).clip("x", 0, null)).hasValues(0, 20);
        run(rows("a", "b").of(1.5, -1.5).clip(numeric(), -1, 1))
                .hasTypes(FLOAT64, FLOAT64)
                .hasRows(row(1.0, -1.0));
        run(rows("x").of(Double.NEGATIVE_INFINITY).clip("x", 0.0, 1.0)).hasValues(0.0);
        run(withError().clip("x", 2, 3)).hasValues(2, null, null).hasErrorsAt("2 x");
    }

    @Test
    @Checks(steps = ColumnStep.WithColumns.class)
    default void clipToNullMakesNullOfWhatIsBeyondTheBounds() {
        run(rows("x").of(-5, 0, 10, 11, null).clipToNull("x", 0, 10)).hasValues(null, 0, 10, null, null);
        run(rows("x").of(-5, 20).clipToNull("x", 0, null)).hasValues(null, 20);
    }

    @Test
    @Checks(steps = ColumnStep.WithColumns.class)
    default void textIsChangedInEverySelectedColumn() {
        run(rows("t", "u").of(" Ab ", "C\u00a0").trim("t", "u")).hasRows(row("Ab", "C\u00a0"));
        run(rows("t", "n").of(" Ab ", 1).trim(ofType(TEXT)).lower(ofType(TEXT))).hasRows(row("ab", 1));
        run(rows("t", "u").of("aß", null).upper("t", "u")).hasRows(row("ASS", null));
        run(rows("t", "u").of("a.b.c", "...").replaceText(ofType(TEXT), ".", "-"))
                .hasRows(row("a-b-c", "---"));
        run(rows("t").of("aXbX").lower("t").replaceText("t", "x", "")).hasValues("ab");
    }

    @Test
    @Checks(steps = ColumnStep.WithColumn.class)
    default void mapValuesLooksValuesUp() {
        Dataflow codes = rows("code").of("a", "b", "c", null);
        Map<String, Integer> known = Map.of("a", 1, "b", 2);

        run(codes.mapValues("code", "number", known))
                .hasColumns("code", "number")
                .hasTypes(TEXT, INT64)
                .hasRows(row("a", 1), row("b", 2), row("c", null), row(null, null));
        run(codes.mapValues("code", "number", known, -1))
                .hasRows(row("a", 1), row("b", 2), row("c", -1), row(null, -1));
        Map<String, Integer> withNull = new HashMap<>(known);
        withNull.put(null, 0);
        run(codes.mapValues("code", "code", withNull, -1)).hasValues(1, 2, -1, 0);
        run(withError().mapValues("x", "y", Map.of(1, "one"), "other").select("y"))
                .hasValues("one", "other", null)
                .hasErrorsAt("2 y");
    }

    @Test
    @Checks(steps = {ColumnStep.WithColumn.class, ColumnStep.Move.class})
    default void splitColumnPutsTheRestIntoTheLastPiece() {
        run(rows("t", "z")
                        .of("a-b-c-d", 1, "a-b", 2, "a", 3, "", 4, "--", 5, null, 6)
                        .splitColumn("t", "-", "p", "q", "r"))
                .hasColumns("t", "p", "q", "r", "z")
                .hasRows(
                        row("a-b-c-d", "a", "b", "c-d", 1),
                        row("a-b", "a", "b", null, 2),
                        row("a", "a", null, null, 3),
                        row("", "", null, null, 4),
                        row("--", "", "", "", 5),
                        row(null, null, null, null, 6));
    }

    @Test
    @Checks(steps = {ColumnStep.WithColumn.class, ColumnStep.Move.class})
    default void splitColumnMayReplaceTheColumnItself() {
        run(rows("t", "z").of("a, b", 1).splitColumn("t", ", ", "t", "u"))
                .hasColumns("t", "u", "z")
                .hasRows(row("a", "b", 1));
        run(rows("t").of("a|b").splitColumn("t", "|", "t")).hasValues("a|b");
    }

    @Test
    @Checks(steps = ColumnStep.WithColumns.class)
    default void columnsBecomeNumbersBoolsAndTexts() {
        run(rows("a", "b").of("1.5", "2", "x", null).toNumber("a", "b"))
                .hasTypes(FLOAT64, FLOAT64)
                .hasRows(row(1.5, 2.0), row(null, null))
                .hasErrorsAt("1 a");
        run(rows("a").of(2.0, 2.5).toWholeNumber("a")).hasValues(2, null).hasErrorsAt("1 a");
        run(rows("a").of("TRUE", "no").toBool("a")).hasValues(true, null).hasErrorsAt("1 a");
        run(rows("a").of(Instant.parse("2024-03-01T12:00:00Z")).toText("a")).hasValues("2024-03-01T12:00:00Z");
    }

    @Test
    @Checks(steps = ColumnStep.WithColumns.class)
    default void roundPatternsAndFormatsWorkInPlace() {
        run(rows("a", "t").of(1.25, "a1b22").round(numeric(), 1).replacePattern("t", "[0-9]+", "#"))
                .hasRows(row(1.3, "a#b#"));
        run(rows("d").of("03/01/2024", "2024-03-02", "soon").toDate("d", "%m/%d/%Y", "yyyy-MM-dd"))
                .hasValues(LocalDate.of(2024, 3, 1), LocalDate.of(2024, 3, 2), null)
                .hasErrorsAt("2 d");
        run(rows("d").of("2024-03-01").toDate("d")).hasValues(LocalDate.of(2024, 3, 1));
        run(rows("d").of("01.03.2024 12:30").toTimestamp("d", "dd.MM.yyyy HH:mm"))
                .hasValues(Instant.parse("2024-03-01T12:30:00Z"));
    }

    @Test
    @Checks(
            steps = {
                ColumnStep.WithColumns.class,
                ColumnStep.Move.class,
                ColumnStep.RenameAll.class,
                ColumnStep.Select.class
            })
    default void aRecipeMayHoldStepsOverSelectedColumns() {
        Recipe recipe = Recipe.empty()
                .trim(ofType(TEXT))
                .clip(numeric(), 0, 10)
                .renameAll(Map.of("a", "b", "b", "a"))
                .moveFirst("a")
                .drop(columns("gone").optional());

        run(rows("a", "b").of(-1, " x ").apply(recipe)).hasColumns("a", "b").hasRows(row("x", 0));
    }
}
