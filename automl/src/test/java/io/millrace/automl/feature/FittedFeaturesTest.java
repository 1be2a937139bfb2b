package io.millrace.automl.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.codec.CodecException;
import io.millrace.automl.learner.Encoding;
import io.millrace.automl.learner.Matrix;
import io.millrace.automl.learner.Matrix.Feature;
import io.millrace.automl.learner.Objective;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FittedFeaturesTest {
    @Property(tries = 60, seed = "7")
    void aRowHasTheSameFeaturesAloneAsInABatch(
            @ForAll @IntRange(min = 2, max = 150) int rows,
            @ForAll @IntRange(min = 0, max = 1_000) int seed,
            @ForAll Encoding encoding,
            @ForAll Objective objective) {
        Frame frame = Frames.mixed(rows, seed);
        FittedFeatures features = fit(frame, objective, encoding);
        Frame other = Frames.mixed(20, seed + 1);

        Matrix batch = features.apply(other);

        for (int row = 0; row < other.rows(); row++) {
            Matrix alone = features.apply(other.select(new int[] {row}));
            for (int feature = 0; feature < features.features().size(); feature++) {
                assertThat(alone.column(feature)[0])
                        .as(features.features().get(feature).name())
                        .isEqualTo(Double.valueOf(batch.column(feature)[row]));
            }
        }
    }

    @Property(tries = 60, seed = "7")
    void whatIsReadGivesTheSameFeaturesAndBytes(
            @ForAll @IntRange(min = 2, max = 150) int rows,
            @ForAll @IntRange(min = 0, max = 1_000) int seed,
            @ForAll Encoding encoding,
            @ForAll Objective objective) {
        Frame frame = Frames.mixed(rows, seed);
        FittedFeatures features = fit(frame, objective, encoding);
        byte[] bytes = bytes(features);

        BinaryReader in = BinaryReader.of(bytes);
        FittedFeatures read = FittedFeatures.read(in);

        in.expectEnd();
        assertThat(bytes(read)).isEqualTo(bytes);
        assertThat(read.features()).isEqualTo(features.features());
        assertThat(Arrays.deepEquals(columns(read.apply(frame)), columns(features.apply(frame))))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void fittingTwiceGivesTheSameBytes(Encoding encoding) {
        Frame frame = Frames.mixed(300, 1);

        assertThat(bytes(fit(frame, Objective.MULTICLASS, encoding)))
                .isEqualTo(bytes(fit(Frames.mixed(300, 1), Objective.MULTICLASS, encoding)));
    }

    @ParameterizedTest
    @EnumSource
    void theOrderOfADictionaryDoesNotMatter(Encoding encoding) {
        Frame frame = Frames.of(Frames.texts("t", "b", "a", "b", null, "c", "a"));
        Frame.Texts shuffled =
                new Frame.Texts("t", new String[] {"never", "c", "b", "a"}, new int[] {2, 3, 2, -1, 1, 3});

        assertThat(bytes(fit(frame, Objective.REGRESSION, encoding, 1, 2, 1, 0, 9, 2)))
                .isEqualTo(bytes(fit(Frames.of(shuffled), Objective.REGRESSION, encoding, 1, 2, 1, 0, 9, 2)));
    }

    @ParameterizedTest
    @EnumSource
    void unseenAndMissingValuesDoNotThrow(Encoding encoding) {
        FittedFeatures features = fit(Frames.mixed(200, 3), Objective.BINARY, encoding);
        long never = Frame.Times.MISSING;
        Frame strange = Frames.of(
                Frames.numbers("amount", Double.NaN, Double.POSITIVE_INFINITY, -1e300),
                Frames.numbers("level", Double.NaN, Double.NEGATIVE_INFINITY, 77),
                Frames.texts("colour", null, "ultraviolet", ""),
                Frames.texts("code", null, "k999", ""),
                Frames.texts("remark", null, "¿qué? 漢字 \uD83D\uDE00", ""),
                Frames.times("day", never, Long.MIN_VALUE + 1, Long.MAX_VALUE),
                Frames.times("moment", never, Long.MIN_VALUE + 1, Long.MAX_VALUE));

        Matrix matrix = features.apply(strange);

        for (double[] column : columns(matrix)) {
            assertThat(Arrays.stream(column).filter(Double::isInfinite).toArray())
                    .isEmpty();
        }
        for (int feature = 0; feature < matrix.features().size(); feature++) {
            Feature each = matrix.features().get(feature);
            if (each.isCategorical()) {
                for (double code : matrix.column(feature)) {
                    assertThat(Double.isNaN(code) || (code >= 0 && code < each.cardinality()))
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void columnsThatAreMissingThroughoutAFoldDoNotThrow(Encoding encoding) {
        Frame whole = Frames.mixed(200, 4);
        FeaturePlan plan = FeaturePlan.of(whole);
        Frame fold = Frames.of(
                Frames.numbers("amount", Double.NaN, Double.NaN),
                Frames.numbers("level", Double.NaN, Double.NaN),
                Frames.texts("colour", null, null),
                Frames.texts("code", null, null),
                Frames.texts("remark", null, null),
                Frames.times("day", Frame.Times.MISSING, Frame.Times.MISSING),
                Frames.times("moment", Frame.Times.MISSING, Frame.Times.MISSING));

        FittedFeatures features = FittedFeatures.fit(plan, fold, new double[] {0, 1}, Objective.BINARY, 2, encoding, 1);

        assertThatCode(() -> features.apply(whole)).doesNotThrowAnyException();
    }

    @Test
    void oneHotFeaturesHoldNoMissingValue() {
        Frame frame = Frames.mixed(300, 5);

        for (double[] column :
                columns(fit(frame, Objective.BINARY, Encoding.ONE_HOT).apply(frame))) {
            assertThat(Arrays.stream(column).filter(Double::isNaN).toArray()).isEmpty();
        }
    }

    @Test
    void inputColumnsAreThoseOfThePlan() {
        assertThat(fit(Frames.mixed(300, 5), Objective.BINARY, Encoding.CODES).inputColumns())
                .containsExactly("amount", "level", "colour", "code", "remark", "day", "moment");
    }

    @Test
    void aMissingColumnAndAnotherKindOfColumnAreRefused() {
        FittedFeatures features = fit(Frames.mixed(50, 5), Objective.BINARY, Encoding.CODES);
        Frame other = Frames.of(Frames.texts("amount", "1"));

        assertThatThrownBy(() -> features.apply(other)).hasMessage("column 'amount' holds Texts, not Numbers");
        assertThatThrownBy(() -> features.apply(Frames.of(Frames.numbers("amount", 1))))
                .hasMessage("the frame has no column 'level', only [amount]");
    }

    @Test
    void truncatedBytesAreRefused() {
        byte[] bytes = bytes(fit(Frames.mixed(60, 6), Objective.BINARY, Encoding.CODES));

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> FittedFeatures.read(BinaryReader.of(cut))).isInstanceOf(CodecException.class);
        }
    }

    private static FittedFeatures fit(Frame frame, Objective objective, Encoding encoding) {
        return fit(frame, objective, encoding, Frames.target(frame, classes(objective)));
    }

    private static FittedFeatures fit(Frame frame, Objective objective, Encoding encoding, double... target) {
        return FittedFeatures.fit(FeaturePlan.of(frame), frame, target, objective, classes(objective), encoding, 1);
    }

    private static int classes(Objective objective) {
        return switch (objective) {
            case BINARY -> 2;
            case MULTICLASS -> 3;
            case REGRESSION -> 0;
        };
    }

    private static double[][] columns(Matrix matrix) {
        return IntStream.range(0, matrix.features().size())
                .mapToObj(matrix::column)
                .toArray(double[][]::new);
    }

    private static byte[] bytes(FittedFeatures features) {
        BinaryWriter out = new BinaryWriter();
        features.write(out);
        return out.toByteArray();
    }
}
