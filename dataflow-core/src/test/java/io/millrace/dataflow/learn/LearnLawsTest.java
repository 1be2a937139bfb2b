package io.millrace.dataflow.learn;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.testing.TableAssert;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** What holds of learnt steps whatever the rows are. */
class LearnLawsTest {
    private final LocalEngine engine = LocalEngine.create().threads(2);

    @Property(seed = "20260701", tries = 60)
    void decodingGivesBackWhatWasEncoded(@ForAll("texts") List<@Nullable String> texts) {
        LabelEncode encode = Learn.from(texts(texts)).labelEncode("t", "code").learn(engine);
        Map<Object, Object> labels = new HashMap<>();
        for (Object label : encode.labels()) {
            labels.put(labels.size(), label);
        }

        assertThat(column(encode.toDataflow().withColumn("t", col("code").lookUp(labels)), "t"))
                .isEqualTo(texts);
    }

    @Property(seed = "20260702", tries = 60)
    void oneHotMarksOneLabelOfAValueAndNoneOfNull(@ForAll("texts") List<@Nullable String> texts) {
        OneHot oneHot = Learn.from(texts(texts)).oneHot("t").learn(engine);
        Dataflow marked = oneHot.toDataflow();

        List<List<@Nullable Object>> rows = rowsOf(marked);
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> marks = row.subList(1, row.size());
            int ones = Collections.frequency(marks, 1L);
            assertThat(ones + Collections.frequency(marks, 0L)).isEqualTo(marks.size());
            assertThat(ones).isEqualTo(row.get(0) == null ? 0 : 1);
            if (row.get(0) != null) {
                assertThat(oneHot.labels().get(marks.indexOf(1L)).value()).isEqualTo(row.get(0));
            }
        }
    }

    @Property(seed = "20260703", tries = 80)
    void theRangeOfWhatWasLearntIsFilledAndNotLeft(@ForAll("numbers") List<@Nullable Double> numbers) {
        MinMaxScale scale = Learn.from(numbers(numbers)).minMaxScale("x").learn(engine);

        List<Double> scaled = values(column(scale.toDataflow(), "x"));

        assertThat(scaled).allSatisfy(value -> assertThat(value).isBetween(0.0, 1.0));
        assertThat(scaled).contains(0.0);
        if (scale.data().low() < scale.data().high()) {
            assertThat(scaled).contains(1.0);
        }
    }

    @Property(seed = "20260704", tries = 80)
    void aScaleIsUndoneByItsMeanAndDeviation(@ForAll("numbers") List<@Nullable Double> numbers) {
        StandardScale scale = Learn.from(numbers(numbers)).standardScale("x").learn(engine);
        Expr undone = col("x").times(scale.deviation()).plus(scale.mean());

        List<@Nullable Object> back = column(scale.toDataflow().withColumn("x", undone), "x");

        double size = values(numbers).stream().mapToDouble(Math::abs).max().orElseThrow();
        for (int i = 0; i < numbers.size(); i++) {
            Double number = numbers.get(i);
            if (number == null) {
                assertThat(back.get(i)).isNull();
            } else {
                assertThat((Double) back.get(i)).isCloseTo(number, within(1e-12 * Math.max(1e-300, size)));
            }
        }
    }

    @Property(seed = "20260705", tries = 80)
    void aQuantileTransformNeverFallsAndStaysBetweenItsEnds(
            @ForAll("numbers") List<@Nullable Double> numbers, @ForAll("numbers") List<@Nullable Double> others) {
        Learn learn = Learn.from(numbers(numbers));
        QuantileTransform uniform =
                learn.quantileTransform("x", "y").quantiles(7).learn(engine);
        QuantileTransform normal = learn.quantileTransform("x", "y").normal().learn(engine);

        for (List<@Nullable Double> input : List.of(numbers, others)) {
            List<Double> sorted = new ArrayList<>(values(input));
            Collections.sort(sorted);
            List<Double> shares = values(column(numbers(sorted).apply(uniform.toRecipe()), "y"));
            List<Double> heights = values(column(numbers(sorted).apply(normal.toRecipe()), "y"));
            assertThat(shares).isSorted().allSatisfy(share -> assertThat(share).isBetween(0.0, 1.0));
            assertThat(heights).isSorted().allSatisfy(height -> assertThat(Math.abs(height))
                    .isLessThan(5.2));
        }
    }

    @Property(seed = "20260706", tries = 80)
    void aBinHoldsWhatLiesBetweenItsEdges(@ForAll("numbers") List<@Nullable Double> numbers) {
        BinsBuilder builder = Learn.from(numbers(numbers)).bins("x", "bin");
        for (Bins bins :
                List.of(builder.byWidth(4).learn(engine), builder.byQuantile(4).learn(engine))) {
            List<Double> edges = bins.edges();
            assertThat(edges).isSorted().hasSizeBetween(2, 5);
            for (List<@Nullable Object> row : rowsOf(bins.toDataflow())) {
                if (row.get(0) == null) {
                    assertThat(row.get(1)).isNull();
                } else {
                    int bin = ((Long) Objects.requireNonNull(row.get(1))).intValue();
                    double value = (Double) row.get(0);
                    boolean last = bin == edges.size() - 2;
                    assertThat(value).isGreaterThanOrEqualTo(edges.get(bin));
                    assertThat(last ? value <= edges.get(bin + 1) : value < edges.get(bin + 1))
                            .isTrue();
                }
            }
        }
    }

    @Property(seed = "20260707", tries = 60)
    void imputingFillsNullsByTheirGroupAndChangesNothingElse(@ForAll("keyed") List<List<@Nullable Object>> keyed) {
        Dataflow table = rows("k: text", "x: float64").ofRows(keyed);
        Map<@Nullable Object, Double> greatest = new HashMap<>();
        double all = Double.NEGATIVE_INFINITY;
        for (List<@Nullable Object> row : keyed) {
            if (row.get(1) instanceof Double value) {
                greatest.merge(row.get(0), value, Math::max);
                all = Math.max(all, value);
            }
        }
        List<@Nullable Object> expected = new ArrayList<>();
        for (List<@Nullable Object> row : keyed) {
            expected.add(row.get(1) == null ? greatest.getOrDefault(row.get(0), all) : row.get(1));
        }

        Impute impute =
                Learn.from(table).impute("x", Statistic.MAX).by("k").limit(5).learn(engine);

        assertThat(column(impute.toDataflow(), "x")).isEqualTo(expected);
    }

    @Property(seed = "20260708", tries = 20)
    void whatWasLearntIsSavedAndReadAsTheSame(
            @ForAll("texts") List<@Nullable String> texts, @ForAll("numbers") List<@Nullable Double> numbers) {
        List<Dataflow> learnt = List.of(
                Learn.from(texts(texts)).labelEncode("t", "code").learn(engine).toDataflow(),
                Learn.from(texts(texts)).oneHot("t").learn(engine).toDataflow(),
                Learn.from(texts(texts))
                        .impute("t", Statistic.MODE)
                        .learn(engine)
                        .toDataflow(),
                Learn.from(numbers(numbers)).minMaxScale("x").learn(engine).toDataflow(),
                Learn.from(numbers(numbers)).standardScale("x").learn(engine).toDataflow(),
                Learn.from(numbers(numbers))
                        .quantileTransform("x", "y")
                        .learn(engine)
                        .toDataflow(),
                Learn.from(numbers(numbers))
                        .bins("x", "bin")
                        .byQuantile(3)
                        .learn(engine)
                        .toDataflow());

        for (Dataflow dataflow : learnt) {
            Dataflow read = Dataflow.fromJson(dataflow.toJson(), Path.of("."));
            assertThat(read.node().fingerprint()).isEqualTo(dataflow.node().fingerprint());
            assertThat(rowsOf(read)).isEqualTo(rowsOf(dataflow));
        }
    }

    @Property(seed = "20260709", tries = 60)
    void aLookUpIsTheSameInWhateverOrderItsValuesAreGiven(@ForAll("keys") List<Object> keys, @ForAll long seed) {
        Map<Object, Object> given = new LinkedHashMap<>();
        keys.forEach(key -> given.put(key, "value of " + key));
        List<Object> shuffled = new ArrayList<>(given.keySet());
        Collections.shuffle(shuffled, new Random(seed));
        Map<Object, Object> reordered = new LinkedHashMap<>();
        shuffled.forEach(key -> reordered.put(key, Objects.requireNonNull(given.get(key))));

        assertThat(col("x").lookUp(reordered)).isEqualTo(col("x").lookUp(given));
    }

    private static Dataflow texts(List<@Nullable String> texts) {
        return rows("t: text").ofRows(cells(texts));
    }

    private static Dataflow numbers(List<? extends @Nullable Double> numbers) {
        return rows("x: float64").ofRows(cells(numbers));
    }

    private static List<List<@Nullable Object>> cells(List<? extends @Nullable Object> values) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Object value : values) {
            rows.add(Arrays.asList(value));
        }
        return rows;
    }

    private List<List<@Nullable Object>> rowsOf(Dataflow dataflow) {
        return TableAssert.assertThat(dataflow.collect(engine)).content().rows();
    }

    private List<@Nullable Object> column(Dataflow dataflow, String name) {
        List<@Nullable Object> values = new ArrayList<>();
        rowsOf(dataflow.select(name)).forEach(row -> values.add(row.get(0)));
        return values;
    }

    private static List<Double> values(List<? extends @Nullable Object> cells) {
        List<Double> values = new ArrayList<>();
        for (Object cell : cells) {
            if (cell instanceof Double value) {
                values.add(value);
            }
        }
        return values;
    }

    @Provide
    static Arbitrary<List<@Nullable String>> texts() {
        return Arbitraries.of("", " ", "a", "A", "ä", "ab", "b", "null", "🌊")
                .injectNull(0.2)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .filter(list -> list.stream().anyMatch(Objects::nonNull));
    }

    @Provide
    static Arbitrary<List<@Nullable Double>> numbers() {
        Arbitrary<Double> few = Arbitraries.integers().between(-3, 3).map(Integer::doubleValue);
        Arbitrary<Double> some = Arbitraries.doubles().between(-1e6, 1e6);
        Arbitrary<Double> far = Arbitraries.of(-1e150, -1e-300, 0.1, 1e150);
        return Arbitraries.frequencyOf(Tuple.of(4, few), Tuple.of(4, some), Tuple.of(1, far))
                .injectNull(0.1)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30)
                .filter(list -> list.stream().anyMatch(Objects::nonNull));
    }

    @Provide
    static Arbitrary<List<List<@Nullable Object>>> keyed() {
        Arbitrary<@Nullable Object> keys = Arbitraries.of("a", "1:a", "-", "")
                .<@Nullable Object>map(key -> key)
                .injectNull(0.2);
        Arbitrary<@Nullable Object> values = Arbitraries.integers()
                .between(-9, 9)
                .<@Nullable Object>map(Integer::doubleValue)
                .injectNull(0.4);
        return Combinators.combine(keys, values)
                .as((key, value) -> Arrays.<@Nullable Object>asList(key, value))
                .list()
                .ofMinSize(1)
                .ofMaxSize(20)
                .filter(list -> list.stream().anyMatch(row -> row.get(1) != null));
    }

    @Provide
    static Arbitrary<List<Object>> keys() {
        return Arbitraries.of(
                        (Object) 1L,
                        2,
                        -7,
                        0.5,
                        Double.NaN,
                        "a",
                        "B",
                        true,
                        false,
                        new BigDecimal("1.50"),
                        LocalDate.of(2024, 3, 1),
                        Instant.EPOCH)
                .list()
                .uniqueElements()
                .ofMinSize(1);
    }
}
