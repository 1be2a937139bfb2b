package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.Expr.list;
import static io.millrace.dataflow.expr.Expr.lit;
import static io.millrace.dataflow.expr.Expr.struct;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.listOf;
import static io.millrace.dataflow.testing.EngineFixture.error;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.ColumnStep;
import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.CellError.Code;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lists and structs. */
interface NestedContract extends EngineFixture {
    private static List<@Nullable Object> of(@Nullable Object... elements) {
        return Arrays.asList(elements);
    }

    /** Two numbers and a null, no elements, and no list. */
    private static Dataflow lists() {
        return rows("x: list<int64>").of(of(3, null, 1, 3), of(), null);
    }

    private TableAssert computed(Expr expression) {
        return run(lists().withColumn("y", expression).select("y"));
    }

    @Test
    default void listsAndStructsComeBackAsTheyWere() {
        Map<String, Object> bird = Map.of("name", "crow", "seen", List.of(1, 2));

        run(rows("a: list<list<text>>", "b: struct<name: text, seen: list<int64>>")
                        .of(of(of("x", null), null, of()), bird, null, null))
                .hasRows(row(of(of("x", null), null, of()), bird), row(null, null));
    }

    @Test
    @Checks(functions = Function.LIST)
    default void listsAreMadeOfValuesNullsAmongThem() {
        run(rows("a", "b").of(1, 2.5, null, 1.5).withColumn("y", list(col("a"), col("b"), 7)))
                .hasRows(row(1, 2.5, of(1.0, 2.5, 7.0)), row(null, 1.5, of(null, 1.5, 7.0)));
    }

    @Test
    @Checks(functions = {Function.LIST, Function.STRUCT})
    default void anErrorAmongThePartsIsTheResult() {
        Dataflow bad = rows("x").of("1", "p").cast("x", INT64);

        run(bad.withColumn("y", list(col("x"), 2)).withColumn("z", struct("a", col("x"))))
                .hasRows(row(1, of(1, 2), Map.of("a", 1)), row(null, null, null))
                .hasErrorsAt("1 x", "1 y", "1 z");
    }

    @Test
    @Checks(functions = {Function.STRUCT, Function.FIELD})
    default void structsAreMadeAndTakenApart() {
        Dataflow birds = rows("name", "mass")
                .of("crow", 0.5, null, 1.5)
                .withColumn("bird", struct("n", col("name"), "a, \"b\": <c>", col("mass")));

        run(birds.withColumn("n", col("bird").struct().field("n"))
                        .withColumn("m", col("bird").struct().field("a, \"b\": <c>"))
                        .select("n", "m"))
                .hasRows(row("crow", 0.5), row(null, 1.5));
    }

    @Test
    @Checks(functions = Function.FIELD)
    default void anUnknownFieldIsRefusedWithASuggestion() {
        assertThatThrownBy(() -> rows("s: struct<name: text>")
                        .none()
                        .withColumn("y", col("s").struct().field("nane")))
                .hasMessageContaining("UNKNOWN_COLUMN: Cannot find field 'nane' of s")
                .hasMessageContaining("Did you mean 'name'?");
    }

    @Test
    @Checks(functions = {Function.ELEMENT, Function.LIST_LENGTH})
    default void elementsAreFoundFromBothEnds() {
        computed(col("x").list().element(0)).hasValues(3, null, null).hasNoErrors();
        computed(col("x").list().element(-2)).hasValues(1, null, null);
        computed(col("x").list().element(4)).hasValues(null, null, null);
        computed(col("x").list().element(Long.MIN_VALUE)).hasValues(null, null, null);
        computed(col("x").list().length()).hasValues(4, 0, null);
    }

    @Test
    @Checks(functions = {Function.LIST_CONTAINS, Function.LIST_POSITION})
    default void elementsAreLookedFor() {
        computed(col("x").list().contains(1)).hasValues(true, false, null);
        computed(col("x").list().contains(1.5)).hasValues(false, false, null);
        computed(col("x").list().contains(null)).hasValues(null, null, null);
        computed(col("x").list().position(1)).hasValues(2, null, null);
    }

    @Test
    @Checks(functions = {Function.LIST_SLICE, Function.LIST_CONCAT})
    default void listsAreCutAndJoined() {
        computed(col("x").list().slice(1, 2)).hasValues(of(null, 1), of(), null);
        computed(col("x").list().slice(-2)).hasValues(of(1, 3), of(), null);
        computed(col("x").list().slice(9, -1)).hasValues(of(), of(), null);
        computed(col("x").list().concat(lit(List.of(7)))).hasValues(of(3, null, 1, 3, 7), of(7), null);
    }

    @Test
    @Checks(functions = {Function.LIST_DISTINCT, Function.LIST_SORT})
    default void listsAreSortedNullsFirst() {
        computed(col("x").list().sort()).hasValues(of(null, 1, 3, 3), of(), null);
        computed(col("x").list().distinct()).hasValues(of(3, null, 1), of(), null);
    }

    @Test
    @Checks(functions = {Function.LIST_MIN, Function.LIST_MAX, Function.LIST_SUM})
    default void elementsAreSummedUpNullsPassedOver() {
        computed(col("x").list().min()).hasValues(1, null, null);
        computed(col("x").list().max()).hasValues(3, null, null);
        computed(col("x").list().sum()).hasValues(7, null, null);
        run(rows("x")
                        .of(List.of(Long.MAX_VALUE, 1))
                        .withColumn("x", col("x").list().sum()))
                .hasErrors(error(Code.OVERFLOW, "list_sum([9223372036854775807,1])", 1, "withColumn(x, list_sum(x))"));
    }

    @Test
    @Checks(functions = {Function.SPLIT_LIST, Function.LIST_JOIN})
    default void textIsSplitIntoAListAndJoinedAgain() {
        Dataflow split =
                rows("t").of("a,,b", "", null).withColumn("t", col("t").text().splitList(","));

        run(split).hasValues(of("a", "", "b"), of(""), null);
        run(split.withColumn("t", col("t").list().join("; "))).hasValues("a; ; b", "", null);
        computed(col("x").list().join("-")).hasValues("3-1-3", "", null);
    }

    @Test
    @Checks(steps = ColumnStep.Cast.class)
    default void listsAndStructsAreCastPartByPart() {
        run(rows("x: list<text>").of(of("1", null), of("2", "p"), null).cast("x", listOf(INT64)))
                .hasTypes(listOf(INT64))
                .hasValues(of(1, null), null, null)
                .hasErrors(error(Code.CAST, "[\"2\",\"p\"]", 2, "cast(x, list<int64>)"));
        DataType target = new DataType.Struct(List.of(Field.optional("b", listOf(FLOAT64)), Field.optional("a", TEXT)));
        run(rows("x: struct<a: int64, b: list<int64>>")
                        .of(Map.of("a", 1, "b", of(2, null)))
                        .cast("x", target))
                .hasValues(Map.of("b", of(2.0, null), "a", "1"));
    }

    @Test
    @Checks(steps = ColumnStep.Cast.class)
    default void listsBecomeTheirJson() {
        run(lists().cast("x", TEXT)).hasValues("[3,null,1,3]", "[]", null);
    }

    @Test
    @Checks(steps = RowStep.Explode.class)
    default void explodeGivesARowForEachElementInOrder() {
        Dataflow some = rows("n", "x: list<text>").of(1, of("a", null), 2, of(), 3, null, 4, of("b"));

        run(some.explode("x")).hasTypes(INT64, TEXT).hasRows(row(1, "a"), row(1, null), row(4, "b"));
        run(some.explodeOrNull("x")).hasRows(row(1, "a"), row(1, null), row(2, null), row(3, null), row(4, "b"));
        run(some.explode("x").select("n")).hasValues(1, 1, 4);
    }

    @Test
    @Checks(steps = RowStep.Explode.class)
    default void explodeKeepsErrorsInOneRow() {
        run(rows("x: list<text>").of(of("1"), of("p")).cast("x", listOf(INT64)).explode("x"))
                .hasValues(1, null)
                .hasErrorsAt("1 x");
    }

    @Test
    @Checks(steps = RowStep.Explode.class)
    default void rowsOfOneListKeepThePlaceItCameFrom() {
        run(rows("t").of("1,p", "q").explodeText("t", ",").cast("t", INT64))
                .hasValues(1, null, null)
                .hasErrors(error(Code.CAST, "p", 1, "cast(t, int64)"), error(Code.CAST, "q", 2, "cast(t, int64)"));
    }

    @Test
    @Checks(steps = RowStep.Explode.class)
    default void longListsAreExplodedWhole() {
        Object[] numbers = new Object[40_000];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }

        TableAssert result =
                run(rows("k", "x").of(1, List.of(numbers), 2, List.of(-1)).explode("x"));

        result.hasRowCount(40_001);
        org.assertj.core.api.Assertions.assertThat(result.content().rows().get(39_999))
                .isEqualTo(row(1L, 39_999L));
    }

    @Test
    @Checks(steps = RowStep.Explode.class)
    default void onlyListsAreExploded() {
        assertThatThrownBy(() -> rows("x: text").none().explode("x"))
                .hasMessageContaining(
                        "TYPE_MISMATCH: Cannot take text column 'x' apart in explode(x): it is not a list")
                .hasMessageContaining("Split text into a list first, or use explodeText");
    }

    @Test
    @Checks(steps = ColumnStep.Unnest.class)
    default void unnestPutsFieldsInPlaceUnderNamesOfTheirOwn() {
        run(rows("a", "s: struct<a: int64, b: text>", "s_a")
                        .of(1, Map.of("a", 2, "b", "x"), 3, 4, null, 5)
                        .unnest("s"))
                .hasColumns("a", "s_a_1", "b", "s_a")
                .hasRows(row(1, 2, "x", 3), row(4, null, null, 5));
    }

    @Test
    @Checks(steps = ColumnStep.Unnest.class)
    default void unnestGivesTheErrorOfTheStructInEveryField() {
        run(rows("s")
                        .of("{\"a\": 1}", "{")
                        .parseJsonColumn("s", io.millrace.dataflow.schema.DataTypes.parse("struct<a: int64, b: text>"))
                        .unnest("s"))
                .hasRows(row(1, null), row(null, null))
                .hasErrorsAt("1 a", "1 b");
    }

    @Test
    default void anEmptyBatchOfListsStaysEmpty() {
        run(lists().filter(lit(false)).withColumn("y", col("x").list().sort())).hasRows();
    }
}
