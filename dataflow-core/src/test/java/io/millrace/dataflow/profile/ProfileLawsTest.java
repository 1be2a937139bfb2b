package io.millrace.dataflow.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.testing.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Figures against their definitions, and shares against the whole. */
class ProfileLawsTest {
    @Property(seed = "20240601", tries = 200)
    void momentsAreThoseOfTheirDefinitions(@ForAll("numbers") List<Double> numbers) {
        Moments moments = moments(numbers);
        int n = numbers.size();
        double mean = numbers.stream().mapToDouble(x -> x).sum() / n;
        double second = power(numbers, mean, 2);
        double deviation = Math.sqrt(second / (n - 1));
        double scale = Math.max(1, numbers.stream().mapToDouble(Math::abs).max().orElse(0));

        assertThat(moments.count()).isEqualTo(n);
        assertThat(moments.mean()).isCloseTo(mean, within(1e-12 * scale));
        if (new HashSet<>(numbers).size() == 1) {
            assertThat(moments.variance()).isZero();
            assertThat(moments.skewness()).isNaN();
            assertThat(moments.kurtosis()).isNaN();
            return;
        }
        assertThat(moments.variance()).isCloseTo(second / (n - 1), within(1e-9 * second));
        assertThat(moments.skewness()).isCloseTo(power(numbers, mean, 3) / n / Math.pow(deviation, 3), within(1e-6));
        assertThat(moments.kurtosis())
                .isCloseTo(power(numbers, mean, 4) / n / Math.pow(deviation, 4) - 3, within(1e-6));
    }

    @Property(seed = "20240602", tries = 200)
    void quantilesOfFewValuesAreHazens(@ForAll("numbers") List<Double> numbers) {
        List<Double> sorted = new ArrayList<>(numbers);
        Collections.sort(sorted);
        Quantiles quantiles = column(numbers).quantiles().orElseThrow();

        assertThat(quantiles.precision()).isEqualTo(Precision.EXACT);
        for (double share : Quantiles.SHARES) {
            double place = Math.max(1, Math.min(sorted.size(), share * sorted.size() + 0.5));
            double low = sorted.get((int) Math.floor(place) - 1);
            double high = sorted.get((int) Math.ceil(place) - 1);
            double expected = low + (high - low) * (place - Math.floor(place));
            assertThat(quantiles.at(share)).isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
        }
    }

    @Property(seed = "20240603", tries = 100)
    void histogramsCountEveryValueInItsBin(@ForAll("numbers") List<Double> numbers) {
        List<Histogram.Bin> bins = column(numbers).histogram().orElseThrow().bins();

        for (int i = 0; i < bins.size(); i++) {
            Histogram.Bin bin = bins.get(i);
            boolean isLast = i == bins.size() - 1;
            assertThat(bin.count())
                    .isEqualTo(numbers.stream()
                            .filter(x -> x >= bin.low() && (x < bin.high() || (isLast && x <= bin.high())))
                            .count());
        }
        assertThat(bins.stream().mapToLong(Histogram.Bin::count).sum()).isEqualTo(numbers.size());
    }

    @Property(seed = "20240604", tries = 60)
    void sharesOfTextJoinToTheWhole(@ForAll("texts") List<String> texts, @ForAll("cuts") List<Integer> cuts) {
        ProfileOptions options = ProfileOptions.defaults().withSemanticTypes();

        assertThat(Shares.profile("t: text", texts, cuts, options).toJson())
                .isEqualTo(Shares.profile("t: text", texts, List.of(), options).toJson());
    }

    @Property(seed = "20240605", tries = 60)
    void sharesOfNumbersJoinToTheWhole(@ForAll("numbers") List<Double> numbers, @ForAll("cuts") List<Integer> cuts) {
        assertThat(Shares.profile("x: float64", numbers, cuts, ProfileOptions.defaults())
                        .toJson())
                .isEqualTo(Shares.profile("x: float64", numbers).toJson());
    }

    @Property(seed = "20240606", tries = 12)
    void sharesOfManyDifferentNumbersJoinToTheWhole(@ForAll long seed, @ForAll("cuts") List<Integer> cuts) {
        List<Double> numbers = random(seed, 6_000);
        List<Integer> farCuts = cuts.stream().map(cut -> cut * 60).toList();

        ColumnProfile joined = Shares.profile("x: float64", numbers, farCuts, ProfileOptions.defaults())
                .column("x");
        ColumnProfile whole = column(numbers);

        // As many as are all kept, so that only the search for frequent values estimates.
        assertThat(joined.distinct()).isEqualTo(whole.distinct()).matches(Count::isExact);
        assertThat(joined.moments()).isEqualTo(whole.moments());
        assertThat(joined.quantiles()).isEqualTo(whole.quantiles());
        assertThat(joined.histogram()).isEqualTo(whole.histogram());
        assertThat(joined.smallest()).isEqualTo(whole.smallest());
        assertThat(joined.largest()).isEqualTo(whole.largest());
        assertThat(joined.topValues().get(0).value()).isEqualTo(0.0);
    }

    @Property(seed = "20240607", tries = 8)
    void estimatesOfManyValuesAreWithinTheirBounds(@ForAll long seed, @ForAll("cuts") List<Integer> cuts) {
        List<Double> numbers = random(seed, 60_000);
        List<Double> sorted = new ArrayList<>(numbers);
        Collections.sort(sorted);
        List<Integer> farCuts = cuts.stream().map(cut -> cut * 600).toList();
        ColumnProfile column = Shares.profile("x: float64", numbers, farCuts, ProfileOptions.defaults())
                .column("x");
        Quantiles quantiles = column.quantiles().orElseThrow();
        double last = Double.NEGATIVE_INFINITY;
        for (Quantiles.Point point : quantiles.points()) {
            double below = sorted.stream().filter(x -> x < point.value()).count() / 60_000.0;
            double upTo = sorted.stream().filter(x -> x <= point.value()).count() / 60_000.0;
            double allowed = 0.001 + 0.01 * point.share() * (1 - point.share());
            assertThat(point.share()).isBetween(below - allowed, upTo + allowed);
            assertThat(point.value()).isGreaterThanOrEqualTo(last);
            last = point.value();
        }
        long distinct = new HashSet<>(numbers).size();

        assertThat(quantiles.precision()).isEqualTo(Precision.ESTIMATED);
        assertThat(column.distinct().value()).isCloseTo(distinct, within(distinct / 30));
        assertThat(column.moments().orElseThrow().mean())
                .isCloseTo(numbers.stream().mapToDouble(x -> x).average().orElseThrow(), within(1e-9));
        assertThat(column.smallest()).contains(sorted.get(0));
        assertThat(column.largest()).contains(sorted.get(sorted.size() - 1));
        assertThat(column.topValues().get(0).value()).isEqualTo(0.0);
        long zeros = numbers.stream().filter(x -> x == 0).count();
        assertThat(column.topValues().get(0).count().value()).isBetween(zeros, zeros + 400);
        for (Histogram.Bin bin : column.histogram().orElseThrow().bins()) {
            long exact = numbers.stream()
                    .filter(x -> x >= bin.low() && x < bin.high())
                    .count();
            assertThat(bin.count()).isCloseTo(exact, within(300L));
        }
    }

    @Property(seed = "20240608", tries = 6)
    void estimatesOfManyTextsAreWithinTheirBounds(@ForAll long seed, @ForAll("cuts") List<Integer> cuts) {
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 40_000; i++) {
            texts.add(random.nextInt(5) == 0 ? "often" : "text " + random.nextInt(1_000_000));
        }
        ColumnProfile column = Shares.profile(
                        "t: text", texts, cuts.stream().map(cut -> cut * 400).toList(), ProfileOptions.defaults())
                .column("t");
        long distinct = new HashSet<>(texts).size();
        long often = Collections.frequency(texts, "often");

        assertThat(column.distinct().value()).isCloseTo(distinct, within(distinct / 30));
        assertThat(column.topValues().get(0).value()).isEqualTo("often");
        assertThat(column.topValues().get(0).count().value()).isBetween(often, often + 300);
        assertThat(column.typeCounts()).containsExactly(Map.entry("text", 40_000L));
        assertThat(column.smallest()).contains(Collections.min(texts));
        assertThat(column.largest()).contains(Collections.max(texts));
    }

    @Property(seed = "20240609", tries = 10)
    void correlationsAreThoseOfTheirDefinition(@ForAll long seed) {
        Random random = new Random(seed);
        double slope = random.nextDouble() * 4 - 2;
        List<List<@Nullable Object>> rows = new ArrayList<>();
        double[] left = new double[500];
        double[] right = new double[500];
        for (int i = 0; i < left.length; i++) {
            left[i] = random.nextGaussian() + 1e6;
            right[i] = slope * left[i] + random.nextGaussian();
            rows.add(Rows.row(left[i], right[i]));
        }
        Profile profile = Rows.rows("a: float64", "b: float64").ofRows(rows).profile(LocalEngine.create());

        assertThat(profile.correlations()).hasSize(1);
        assertThat(profile.correlations().get(0).coefficient()).isCloseTo(pearson(left, right), within(1e-7));
    }

    private static double pearson(double[] left, double[] right) {
        double leftMean = Arrays.stream(left).average().orElseThrow();
        double rightMean = Arrays.stream(right).average().orElseThrow();
        double products = 0;
        double leftSquares = 0;
        double rightSquares = 0;
        for (int i = 0; i < left.length; i++) {
            products += (left[i] - leftMean) * (right[i] - rightMean);
            leftSquares += Math.pow(left[i] - leftMean, 2);
            rightSquares += Math.pow(right[i] - rightMean, 2);
        }
        return products / Math.sqrt(leftSquares * rightSquares);
    }

    @Provide
    Arbitrary<List<Double>> numbers() {
        return Arbitraries.oneOf(
                        Arbitraries.integers().between(-5, 5).map(Integer::doubleValue),
                        Arbitraries.doubles().between(-1_000, 1_000).ofScale(3))
                .list()
                .ofMinSize(1)
                .ofMaxSize(100);
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.oneOf(
                        Arbitraries.of(
                                "", "12", "-0.5", "true", "2024-02-30", "2024-02-29", "3/4/2024", "1.2.3.4", "ä→𝄞"),
                        Arbitraries.strings().ascii().ofMaxLength(12))
                .injectNull(0.1)
                .list()
                .ofMaxSize(100);
    }

    @Provide
    Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers().between(0, 100).list().ofMaxSize(4).map(cuts -> cuts.stream()
                .sorted()
                .toList());
    }

    /** Numbers of which a third is 0, some are whole, and the others spread over both signs. */
    private static List<Double> random(long seed, int count) {
        Random random = new Random(seed);
        List<Double> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(6);
            numbers.add(kind < 2 ? 0.0 : kind == 2 ? random.nextInt(100) : random.nextGaussian() * 100);
        }
        return numbers;
    }

    private static double power(List<Double> numbers, double mean, int exponent) {
        return numbers.stream().mapToDouble(x -> Math.pow(x - mean, exponent)).sum();
    }

    private static Moments moments(List<Double> numbers) {
        return column(numbers).moments().orElseThrow();
    }

    private static ColumnProfile column(List<Double> numbers) {
        return Shares.profile("x: float64", numbers).column("x");
    }
}
