package io.millrace.automl.learner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FeatureBinsTest {
    @Property(tries = 300, seed = "3")
    void aValueIsInTheFirstBinWhoseUpperBoundIsNotBelowIt(
            @ForAll double[] values, @ForAll @IntRange(min = 2, max = 255) int most) {
        FeatureBins bins = FeatureBins.of(Matrix.Feature.numeric("x"), values, most);
        byte[] placed = bins.apply(values);
        assertThat(bins.missingBin()).isLessThanOrEqualTo(most);
        for (int row = 0; row < values.length; row++) {
            int bin = placed[row] & 0xFF;
            assertThat(values[row]).isLessThanOrEqualTo(bins.upperBound(bin));
            if (bin > 0) {
                assertThat(values[row]).isGreaterThan(bins.upperBound(bin - 1));
            }
        }
    }

    @Test
    void fewDistinctValuesHaveABinEachAndNaNTheLast() {
        double[] values = {3, 1, 2, Double.NaN, 1, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
        FeatureBins bins = FeatureBins.of(Matrix.Feature.numeric("x"), values, 255);
        assertThat(bins.apply(values)).containsExactly(3, 1, 2, 5, 1, 0, 4);
        assertThat(bins.upperBound(1)).isEqualTo(1.5);
    }

    @Test
    void binsHoldAboutAsManyRowsAndAFrequentValueHasItsOwn() {
        double[] values = new double[10_000];
        for (int row = 0; row < values.length; row++) {
            values[row] = row < 5_000 ? 0 : row;
        }
        FeatureBins bins = FeatureBins.of(Matrix.Feature.numeric("x"), values, 51);
        byte[] placed = bins.apply(values);
        int[] counts = new int[bins.size()];
        for (byte bin : placed) {
            counts[bin]++;
        }
        assertThat(counts[0]).isEqualTo(5_000);
        assertThat(Arrays.stream(counts, 1, bins.missingBin())).allMatch(count -> count >= 95 && count <= 105);
    }

    @Test
    void rareUnseenAndMissingCategoriesShareTheLastBin() {
        double[] codes = {2, 2, 2, 2, 0, 0, 0, 1, Double.NaN};
        FeatureBins bins = FeatureBins.of(Matrix.Feature.categorical("x", 4), codes, 255);
        assertThat(bins.apply(codes)).containsExactly(0, 0, 0, 0, 1, 1, 1, 2, 2);
        assertThat(bins.apply(new double[] {3, 99, -1})).containsExactly(2, 2, 2);
        assertThat(bins.categories(new boolean[] {true, false})).containsExactly(4);
    }
}
