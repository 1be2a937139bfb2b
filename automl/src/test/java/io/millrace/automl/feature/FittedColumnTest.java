package io.millrace.automl.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.automl.learner.Encoding;
import io.millrace.automl.learner.Matrix;
import io.millrace.automl.learner.Matrix.Feature;
import io.millrace.automl.learner.Objective;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FittedColumnTest {
    private static final double NAN = Double.NaN;

    @Test
    void numbersForTreesStayAsTheyAre() {
        Frame frame = Frames.of(Frames.numbers("x", 3, NAN, -1.5));

        Matrix matrix = fit(frame, Encoding.CODES, 0, 1, 0).apply(frame);

        assertThat(matrix.features()).containsExactly(Feature.numeric("x"));
        assertThat(matrix.column(0)).containsExactly(3, NAN, -1.5);
    }

    @Test
    void numbersForLinearModelsAreStandardisedAndNearToKnotsAndMarked() {
        Frame frame = Frames.of(Frames.numbers("x", 0, 10, NAN, 20));

        Matrix matrix = fit(frame, Encoding.ONE_HOT, 0, 1, 0, 1).apply(frame);

        assertThat(names(matrix)).containsExactly("x", "x:knot1", "x:knot2", "x:missing");
        assertThat(matrix.column(0)).containsExactly(new double[] {-1.2247, 0, 0, 1.2247}, Offset.offset(1e-4));
        assertThat(matrix.column(1)).containsExactly(0, 1, 1, 0);
        assertThat(matrix.column(2)).containsExactly(0, 0, 0, 1);
        assertThat(matrix.column(3)).containsExactly(0, 0, 1, 0);
    }

    @Test
    void aNumberBetweenKnotsSharesThem() {
        Frame training = Frames.of(Frames.numbers("x", 0, 10, 20));

        Matrix matrix = fit(training, Encoding.ONE_HOT, 0, 1, 0).apply(Frames.of(Frames.numbers("x", -5, 2.5, 14, 99)));

        assertThat(matrix.column(1)).containsExactly(new double[] {0, 0.25, 0.6, 0}, Offset.offset(1e-12));
        assertThat(matrix.column(2)).containsExactly(new double[] {0, 0, 0.4, 1}, Offset.offset(1e-12));
    }

    @Test
    void categoriesAreNumberedByFrequencyAndThenText() {
        Frame frame = Frames.of(Frames.texts("x", "b", "c", "a", "c", null));

        FittedFeatures features = fit(frame, Encoding.CODES, 0, 1, 0, 1, 0);

        assertThat(features.features()).containsExactly(Feature.categorical("x", 3));
        assertThat(features.apply(frame).column(0)).containsExactly(2, 0, 1, 0, NAN);
        assertThat(features.apply(Frames.of(Frames.texts("x", "new"))).column(0))
                .containsExactly(NAN);
    }

    @Test
    void rareAndUnseenTextsShareACategory() {
        List<@Nullable String> values = new ArrayList<>(Collections.nCopies(70, "often"));
        values.addAll(Collections.nCopies(29, "seldom"));
        values.add("once");
        Frame frame = Frames.of(Frames.texts("x", values.toArray(String[]::new)));

        FittedFeatures features = fit(frame, Encoding.CODES, new double[100]);

        assertThat(features.features()).containsExactly(Feature.categorical("x", 3));
        assertThat(features.apply(Frames.of(Frames.texts("x", "often", "seldom", "once", "new", null)))
                        .column(0))
                .containsExactly(0, 1, 2, 2, NAN);
    }

    @Test
    void categoriesForLinearModelsAreOneHot() {
        Frame frame = Frames.of(Frames.texts("x", "b", "c", "a", "c", null));

        Matrix matrix = fit(frame, Encoding.ONE_HOT, 0, 1, 0, 1, 0).apply(frame);

        assertThat(names(matrix)).containsExactly("x=c", "x=a", "x=b", "x:missing");
        assertThat(matrix.column(0)).containsExactly(0, 1, 0, 1, 0);
        assertThat(matrix.column(1)).containsExactly(0, 0, 1, 0, 0);
        assertThat(matrix.column(2)).containsExactly(1, 0, 0, 0, 0);
        assertThat(matrix.column(3)).containsExactly(0, 0, 0, 0, 1);
    }

    @Test
    void twoCategoriesAreOneFeature() {
        Frame frame = Frames.of(Frames.texts("x", "no", "yes", "no"));

        Matrix matrix = fit(frame, Encoding.ONE_HOT, 0, 1, 0).apply(frame);

        assertThat(names(matrix)).containsExactly("x=yes");
        assertThat(matrix.column(0)).containsExactly(0, 1, 0);
    }

    @Test
    void categoriesForLearnersOfNumbersAreOrderedByTheTarget() {
        List<@Nullable String> values = new ArrayList<>();
        double[] target = new double[90];
        for (int row = 0; row < 90; row++) {
            values.add(List.of("high", "low", "middle").get(row % 3));
            target[row] = row % 3 == 0 ? 9 : row % 3 == 1 ? 1 : 5;
        }
        Frame frame = Frames.of(Frames.texts("x", values.toArray(String[]::new)));

        FittedFeatures features = fit(frame, Encoding.ORDINAL, target);

        assertThat(features.features()).containsExactly(Feature.numeric("x"));
        assertThat(features.apply(Frames.of(Frames.texts("x", "low", "middle", "high", "new", null)))
                        .column(0))
                .containsExactly(0, 1, 2, NAN, NAN);
    }

    @Test
    void datesAndTimesAreTheirParts() {
        Frame frame = Frames.of(Frames.times(
                "at",
                LocalDateTime.parse("2024-02-29T13:45:10").toEpochSecond(ZoneOffset.UTC) * 1_000_000,
                LocalDate.parse("1969-12-31").toEpochDay() * 86_400_000_000L,
                Frame.Times.MISSING));

        Matrix matrix = fit(frame, Encoding.CODES, 0, 1, 0).apply(frame);

        assertThat(names(matrix))
                .containsExactly(
                        "at:epoch_day",
                        "at:year",
                        "at:month",
                        "at:day",
                        "at:day_of_week",
                        "at:day_of_year",
                        "at:hour",
                        "at:minute_of_day");
        assertThat(matrix.column(0)[1]).isEqualTo(-1);
        assertThat(matrix.column(1)).containsExactly(2024, 1969, NAN);
        assertThat(matrix.column(2)).containsExactly(2, 12, NAN);
        assertThat(matrix.column(3)).containsExactly(29, 31, NAN);
        assertThat(matrix.column(4)).containsExactly(4, 3, NAN);
        assertThat(matrix.column(5)).containsExactly(60, 365, NAN);
        assertThat(matrix.column(6)).containsExactly(13, 0, NAN);
        assertThat(matrix.column(7)).containsExactly(825, 0, NAN);
    }

    @Test
    void textsAreTheirFormAndTheirWords() {
        Frame training = Frames.of(
                Frames.texts("x", "free money now", "FREE phone 4 you!", "see you later", "later then, my friend"));
        FittedText fitted = TextFitter.forTrees((Frame.Texts) training.column("x"), new int[] {1, 1, 0, 0}, 2, 10);
        Frame.Texts scored = Frames.texts("x", "FREE free Later", null);
        double[][] out = new double[fitted.features().size()][2];

        fitted.apply(scored, out, 0);

        assertThat(fitted.features().stream().map(Feature::name))
                .containsExactly(
                        "x:length", "x:words", "x:digits", "x:capitals", "x:symbols", "x~free", "x~later", "x~you");
        assertThat(column(out, 0)).containsExactly(15, 3, 0, 5, 0, 2, 1, 0);
        assertThat(column(out, 1)).containsOnly(NAN);
    }

    @Test
    void wordsForLinearModelsHaveOneLength() {
        Frame.Texts training = Frames.texts("x", "a b c", "a b d", "a c d", "a e");
        FittedText fitted = TextFitter.forLinearModels(training, 10, 0);
        double[][] out = new double[fitted.features().size()][2];

        fitted.apply(Frames.texts("x", "b c c", "zzz"), out, 0);

        assertThat(fitted.features().stream().skip(5).map(Feature::name)).containsExactly("x~b", "x~c", "x~d");
        double[] words = java.util.Arrays.copyOfRange(column(out, 0), 5, 8);
        assertThat(Math.hypot(words[0], words[1])).isCloseTo(3, Offset.offset(1e-12));
        assertThat(words[1]).isGreaterThan(words[0]);
        assertThat(words[2]).isZero();
        assertThat(java.util.Arrays.copyOfRange(column(out, 1), 5, 8)).containsOnly(0);
    }

    @Test
    void tokensAreWordsNumbersIdeographsAndSymbols() {
        List<String> tokens = new ArrayList<>();

        Tokens.each("Don't pay £1500, C85 漢字!", tokens::add);

        assertThat(tokens).containsExactly("don", "'", "t", "pay", "£", "1500", ",", "c", "85", "漢", "字", "!");
    }

    private static FittedFeatures fit(Frame frame, Encoding encoding, double... target) {
        return FittedFeatures.fit(FeaturePlan.of(frame), frame, target, Objective.REGRESSION, 0, encoding, 1);
    }

    private static List<String> names(Matrix matrix) {
        return matrix.features().stream().map(Feature::name).toList();
    }

    private static double[] column(double[][] out, int row) {
        return java.util.Arrays.stream(out).mapToDouble(feature -> feature[row]).toArray();
    }
}
