package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.testing.EngineFixture.error;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.learn.Bins;
import io.millrace.dataflow.learn.Impute;
import io.millrace.dataflow.learn.LabelEncode;
import io.millrace.dataflow.learn.Learn;
import io.millrace.dataflow.learn.MinMaxScale;
import io.millrace.dataflow.learn.OneHot;
import io.millrace.dataflow.learn.QuantileTransform;
import io.millrace.dataflow.learn.StandardScale;
import io.millrace.dataflow.learn.Statistic;
import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.table.CellError;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Steps with constants that were learnt from rows: imputing, encoding, scaling, binning. */
interface LearntStepsContract extends EngineFixture {
    @Test
    @Checks(functions = Function.LOOK_UP)
    default void aLookUpGivesTheValueBesideAnEqualKeyAndElseNull() {
        run(rows("x: float64")
                        .of(1.0, -0.0, Double.NaN, 7.5, null)
                        .withColumn("y", col("x").lookUp(Map.of(1, "one", 0.0, "none", Double.NaN, "no number")))
                        .select("y"))
                .hasTypes(TEXT)
                .hasValues("one", "none", "no number", null, null)
                .hasNoErrors();
    }

    @Test
    @Checks(functions = Function.LOOK_UP)
    default void aLookUpOfAnErrorIsThatError() {
        run(rows("x")
                        .of("7", "x")
                        .cast("x", INT64)
                        .withColumn("y", col("x").lookUp(Map.of(7, true)))
                        .select("y"))
                .hasValues(true, null)
                .hasErrors(error(CellError.Code.CAST, "x", 2, "cast(x, int64)"));
    }

    @Test
    @Checks(functions = Function.INTERPOLATE)
    default void interpolationIsStraightBetweenPointsAndFlatBeyondThem() {
        run(rows("x: float64")
                        .of(-5.0, 0.0, 1.0, 2.0, 3.0, 9.0, Double.NaN, null)
                        .withColumn(
                                "x",
                                col("x").math().interpolate(new TreeMap<>(Map.of(0.0, 10.0, 2.0, 20.0, 4.0, 0.0)))))
                .hasValues(10.0, 10.0, 15.0, 20.0, 10.0, 0.0, Double.NaN, null);
    }

    @Test
    default void aMeanStandsInPlaceOfNulls() {
        Dataflow ages = rows("age", "name").of(20, "a", null, "b", 31, "c");

        Impute impute = Learn.from(ages).impute("age", Statistic.MEAN).learn(engine());

        assertThat(impute).hasToString("impute age: mean 25.5");
        run(impute.toDataflow()).hasTypes(FLOAT64, TEXT).hasRows(row(20.0, "a"), row(25.5, "b"), row(31.0, "c"));
    }

    @Test
    default void eachStatisticIsLearntFromTheValues() {
        Dataflow numbers = rows("x").of(4, null, 1, 9, 4, 2);

        assertThat(Learn.from(numbers)
                        .impute("x", Statistic.MEDIAN)
                        .learn(engine())
                        .value())
                .isEqualTo(4.0);
        assertThat(Learn.from(numbers)
                        .impute("x", Statistic.MIN)
                        .learn(engine())
                        .value())
                .isEqualTo(1L);
        assertThat(Learn.from(numbers)
                        .impute("x", Statistic.MAX)
                        .learn(engine())
                        .value())
                .isEqualTo(9L);
        assertThat(Learn.from(numbers)
                        .impute("x", Statistic.MODE)
                        .learn(engine())
                        .value())
                .isEqualTo(4L);
    }

    @Test
    default void aGroupHasItsOwnValueAndOneWithoutHasThatOfAllRows() {
        Dataflow people = rows("city", "vip: bool", "age")
                .of("Ulm", true, 10, "Ulm", true, null, "Köln", true, 30, null, null, 50, null, null, null)
                .union(rows("city", "vip: bool", "age: int64").of("Bonn", false, null));

        Impute impute = Learn.from(people)
                .impute("age", Statistic.MAX)
                .by("city", "vip")
                .learn(engine());

        assertThat(impute).hasToString("""
                impute age: max 50
                  city = null, vip = null: 50
                  city = 'Köln', vip = true: 30
                  city = 'Ulm', vip = true: 10
                  any other group: 50""");
        run(impute.withGroup(11, "Ulm", true).withValue(7).toDataflow().select("age"))
                .hasTypes(INT64)
                .hasValues(10, 11, 30, 50, 50, 7);
    }

    @Test
    default void aRowWithAnErrorInItsKeyHasTheValueOfAllRows() {
        Dataflow rows = rows("key", "x: int64")
                .of(null, 2, "a", 1, null, null, "1", 7, "a", null)
                .cast("key", INT64);

        Impute impute = Learn.from(rows).impute("x", Statistic.MIN).by("key").learn(engine());

        assertThat(impute).hasToString("""
                impute x: min 1
                  key = null: 2
                  key = 1: 7
                  any other group: 1""");
        run(impute.withValue(9).toDataflow().select("x")).hasValues(2, 1, 2, 7, 9);
    }

    @Test
    default void zerosOfBothSignsAreOneGroup() {
        Dataflow rows = rows("key: float64", "x: int64").of(-0.0, 3, 0.0, null, -0.0, null, 1.5, 1);

        Impute impute = Learn.from(rows).impute("x", Statistic.MAX).by("key").learn(engine());

        run(impute.withValue(9).toDataflow().select("x")).hasValues(3, 3, 3, 1);
    }

    @Test
    default void aGroupOfADecimalOrFloatKeyIsNamedByAWholeNumber() {
        Dataflow rows = rows("key", "x: int64")
                .of("1", null, "2.50", 8)
                .withColumn("price", col("key").cast(DataTypes.decimal(10, 2)))
                .cast("key", FLOAT64);
        Learn learn = Learn.from(rows);

        Impute byFloat = learn.impute("x", Statistic.MAX).by("key").learn(engine());
        Impute byDecimal = learn.impute("x", Statistic.MAX).by("price").learn(engine());

        run(byFloat.withGroup(5, 1).toDataflow().select("x")).hasValues(5, 8);
        run(byDecimal.withGroup(5, 1).toDataflow().select("x")).hasValues(5, 8);
        assertThat(byDecimal.withGroup(5, new BigDecimal("2.5")).groups())
                .isEqualTo(Map.of(List.of(new BigDecimal("2.50")), 5L));
        assertThatThrownBy(() -> byDecimal.withGroup(5, new BigDecimal("1.001")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no cell of column 'price' of type decimal(10, 2) is equal to 1.001");
        assertThatThrownBy(() -> byFloat.withGroup(5, "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no cell of column 'key' of type float64 is equal to '1'");
    }

    @Test
    default void errorsTeachNothingAndStay() {
        Dataflow cells = rows("x").of("1", "x", null).cast("x", INT64);

        run(Learn.from(cells).impute("x", Statistic.MEDIAN).learn(engine()).toDataflow())
                .hasValues(1.0, null, 1.0)
                .hasErrors(error(CellError.Code.CAST, "x", 2, "cast(x, int64)"));
    }

    @Test
    default void nothingIsLearntFromColumnsWithoutValues() {
        Learn learn = Learn.from(rows("x: int64").of(null, null));

        assertThatThrownBy(() -> learn.impute("x", Statistic.MEAN).learn(engine()))
                .hasMessage("""
                NOTHING_TO_LEARN: Cannot learn the mean of column 'x': it has no value
                  Nulls and error values do not count""");
        assertThatThrownBy(() -> learn.oneHot("x").learn(engine())).hasMessage("""
                NOTHING_TO_LEARN: Cannot learn the labels of column 'x': it has no value
                  Nulls and error values do not count""");
        assertThatThrownBy(() -> learn.minMaxScale("x").learn(engine())).hasMessage("""
                NOTHING_TO_LEARN: Cannot learn the range of column 'x': it has no value
                  Nulls and error values do not count""");
        assertThatThrownBy(() -> learn.standardScale("x").learn(engine())).hasMessage("""
                NOTHING_TO_LEARN: Cannot learn the mean of column 'x': it has no value
                  Nulls and error values do not count""");
        assertThatThrownBy(() -> Learn.from(rows("x: int64").none())
                        .quantileTransform("x", "y")
                        .learn(engine()))
                .hasMessage("""
                NOTHING_TO_LEARN: Cannot learn the quantiles of column 'x': it has no value
                  Nulls and error values do not count""");
    }

    @Test
    default void aColumnOfAnotherTypeIsRefused() {
        Learn learn = Learn.from(rows("name").of("a"));

        assertThatThrownBy(() -> learn.minMaxScale("name").learn(engine())).hasMessage("""
                TYPE_MISMATCH: Cannot scale column 'name' of type text
                  It takes a column of numbers""");
        assertThatThrownBy(() -> learn.impute("nam", Statistic.MODE).learn(engine()))
                .hasMessage("""
                UNKNOWN_COLUMN: Cannot find column 'nam' for impute
                  Did you mean 'name'?
                  Columns here: name""");
    }

    @Test
    default void oneHotMarksTheLabelAndNothingForOthers() {
        Dataflow colours = rows("colour", "colour_red").of("red", 1, "blue", 2, null, 3, "red", 4);

        OneHot oneHot = Learn.from(colours).oneHot("colour").learn(engine());

        assertThat(oneHot).hasToString("""
                one-hot colour: 2 labels
                  'blue' -> colour_blue
                  'red' -> colour_red_2""");
        run(oneHot.toDataflow())
                .hasColumns("colour", "colour_red", "colour_blue", "colour_red_2")
                .hasRows(row("red", 1, 0, 1), row("blue", 2, 1, 0), row(null, 3, 0, 0), row("red", 4, 0, 1));
        run(rows("colour").of("green").apply(oneHot.toRecipe()).drop("colour")).hasRows(row(0, 0));
        run(oneHot.withLabels(List.of(new OneHot.Label("blue", "is_blue")))
                        .toDataflow()
                        .select("is_blue"))
                .hasValues(0, 1, 0, 0);
    }

    @Test
    default void oneHotOfAnErrorIsThatErrorInEveryColumn() {
        OneHot oneHot = Learn.from(rows("x").of(1, 2)).oneHot("x").learn(engine());

        run(rows("x").of("1", "?").cast("x", INT64).apply(oneHot.toRecipe()).select("x_1", "x_2"))
                .hasRows(row(1, 0), row(null, null))
                .hasErrors(
                        error(CellError.Code.CAST, "?", 2, "cast(x, int64)"),
                        error(CellError.Code.CAST, "?", 2, "cast(x, int64)"));
    }

    @Test
    default void aLabelDoesNotTakeTheNameOfItsOwnColumn() {
        OneHot oneHot = Learn.from(rows("x").of(1, 2)).oneHot("x").learn(engine());

        assertThatThrownBy(() -> oneHot.withLabels(List.of(new OneHot.Label(1, "x"), new OneHot.Label(2, "y"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a label cannot have the name of its column, 'x'");
    }

    @Test
    default void labelsBeyondTheLimitAreRefused() {
        Learn learn = Learn.from(rows("x").of(1, 2, 3));

        assertThatThrownBy(() -> learn.oneHot("x").limit(2).learn(engine())).hasMessage("""
                TOO_MANY_VALUES: Cannot learn the labels of column 'x': there are more than 2
                  Raise the limit with limit(...)""");
    }

    @Test
    default void labelsAreNumberedInTheirOrder() {
        Dataflow sizes = rows("size").of("s", "m", null, "l", "s");

        LabelEncode encode = Learn.from(sizes).labelEncode("size", "code").learn(engine());

        assertThat(encode).hasToString("""
                label-encode size as code: 3 labels, others are null
                  'l' -> 0
                  'm' -> 1
                  's' -> 2""");
        run(encode.toDataflow().select("code")).hasTypes(INT64).hasValues(2, 1, null, 0, 2);
        run(encode.withLabels(List.of("s", "m")).toDataflow().select("code")).hasValues(0, 1, null, null, 0);
    }

    @Test
    default void anUnknownLabelIsAnErrorWhereThatIsAskedFor() {
        LabelEncode encode = Learn.from(rows("x").of(5, 6))
                .labelEncode("x", "code")
                .unknownAsError()
                .learn(engine());

        run(rows("x").of(6, 7, null).apply(encode.toRecipe()).select("code"))
                .hasValues(1, null, null)
                .hasErrorsAt("1 code");
    }

    @Test
    default void aRangeIsStretchedToAnother() {
        Dataflow numbers = rows("x").of(2, null, 4, 6);

        MinMaxScale scale = Learn.from(numbers).minMaxScale("x").range(-1, 1).learn(engine());

        assertThat(scale).hasToString("min-max scale x: 2.0 to 6.0 becomes -1.0 to 1.0");
        run(scale.toDataflow()).hasTypes(FLOAT64).hasValues(-1.0, null, 0.0, 1.0);
        run(rows("x").of(0, 100).apply(scale.toRecipe())).hasValues(-1.0, 1.0);
        run(scale.withData(0, 8).withRange(0, 1).toDataflow()).hasValues(0.25, null, 0.5, 0.75);
        run(Learn.from(rows("x").of(3, 3)).minMaxScale("x").learn(engine()).toDataflow())
                .hasValues(0.0, 0.0);
    }

    @Test
    default void aColumnIsScaledByMeanAndDeviation() {
        Dataflow numbers = rows("x: float64").of(1.0, 2.0, 3.0, null, Double.NaN, Double.POSITIVE_INFINITY);

        StandardScale scale = Learn.from(numbers).standardScale("x").learn(engine());

        assertThat(scale).hasToString("standard scale x: mean 2.0, deviation 1.0");
        run(scale.toDataflow()).hasValues(-1.0, 0.0, 1.0, null, Double.NaN, Double.POSITIVE_INFINITY);
        run(scale.withMean(1).withDeviation(2).toDataflow().limit(3)).hasValues(0.0, 0.5, 1.0);
        run(Learn.from(rows("x").of(3, 3)).standardScale("x").learn(engine()).toDataflow())
                .hasValues(0.0, 0.0);
    }

    @Test
    default void quantilesBecomeUniformOrNormal() {
        Dataflow numbers = rows("x").of(100, 1, null, 10, 2, 3);

        QuantileTransform transform =
                Learn.from(numbers).quantileTransform("x", "share").learn(engine());

        assertThat(transform).hasToString("quantile transform x as share: 5 values, 1.0 -> 0.0 to 100.0 -> 1.0");
        run(transform.toDataflow().select("share")).hasValues(1.0, 0.0, null, 0.75, 0.25, 0.5);
        run(rows("x").of(-7, 55, 1000).apply(transform.toRecipe()).select("share"))
                .hasValues(0.0, 0.875, 1.0);
        assertThat(Learn.from(numbers)
                        .quantileTransform("x", "n")
                        .normal()
                        .learn(engine())
                        .points())
                .containsEntry(3.0, 0.0)
                .containsEntry(10.0, 0.6744897501960817)
                .containsEntry(1.0, -5.199337582192817)
                .containsEntry(100.0, 5.199337582192817);
        run(Learn.from(rows("x").of(8, 8))
                        .quantileTransform("x", "x")
                        .learn(engine())
                        .toDataflow())
                .hasValues(0.5, 0.5);
    }

    @Test
    default void binsHaveOneWidthOrHoldAsMany() {
        Dataflow numbers = rows("x").of(0, 1, 2, 3, 100, null);

        Bins wide = Learn.from(numbers).bins("x", "bin").byWidth(4).learn(engine());
        Bins full = Learn.from(numbers).bins("x", "bin").byQuantile(2).learn(engine());

        assertThat(wide.edges()).containsExactly(0.0, 25.0, 50.0, 75.0, 100.0);
        run(wide.toDataflow().select("bin")).hasTypes(INT64).hasValues(0, 0, 0, 0, 3, null);
        assertThat(full).hasToString("""
                bins of x as bin
                  0: [0.0, 2.0)
                  1: [2.0, 100.0]""");
        run(full.withEdges(List.of(0.0, 3.0, 50.0, 60.0)).toDataflow().select("bin"))
                .hasValues(0, 0, 0, 1, 2, null);
    }
}
