package io.millrace.automl.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.feature.FeaturePlan.Planned;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeaturePlanTest {
    private static final int ROWS = 200;

    @Test
    void columnsWithoutInformationAreIgnored() {
        assertThat(plan(Frames.numbers("x", Double.NaN, Double.NaN)))
                .isEqualTo(new Planned("x", Treatment.IGNORED, "all values are missing"));
        assertThat(plan(Frames.texts("x", "a", "a")))
                .isEqualTo(new Planned("x", Treatment.IGNORED, "all values are the same"));
        assertThat(plan(Frames.numbers("x", 3, 3)))
                .isEqualTo(new Planned("x", Treatment.IGNORED, "all values are the same"));
        assertThat(plan(Frames.times("x", 5, 5)))
                .isEqualTo(new Planned("x", Treatment.IGNORED, "all values are the same"));
    }

    @Test
    void aConstantThatIsSometimesMissingIsUsed() {
        assertThat(plan(Frames.numbers("x", 3, Double.NaN)).treatment()).isEqualTo(Treatment.NUMBER);
        assertThat(plan(Frames.texts("x", "a", null)).treatment()).isEqualTo(Treatment.CATEGORY);
    }

    @Test
    void identifiersAreIgnored() {
        double[] counting = IntStream.range(0, ROWS).asDoubleStream().toArray();

        assertThat(plan(Frames.numbers("PassengerId", counting)))
                .isEqualTo(new Planned(
                        "PassengerId",
                        Treatment.IGNORED,
                        "every value is different, and its name is that of an identifier"));
        assertThat(plan(Frames.numbers("paid", counting)).treatment()).isEqualTo(Treatment.NUMBER);
        assertThat(plan(texts("key", row -> UUID.nameUUIDFromBytes(new byte[] {(byte) row})
                        .toString())))
                .isEqualTo(
                        new Planned("key", Treatment.IGNORED, "nearly every value is different, as in an identifier"));
    }

    @Test
    void textsThatRepeatAreCategories() {
        assertThat(plan(texts("x", row -> "kind " + row % 60)).treatment()).isEqualTo(Treatment.CATEGORY);
    }

    @Test
    void textsOfManyWordsAreText() {
        assertThat(plan(texts("x", row -> "this is remark " + row)).treatment()).isEqualTo(Treatment.TEXT);
        assertThat(plan(texts("x", row -> "this is remark " + row % 40)).treatment())
                .isEqualTo(Treatment.CATEGORY_AND_TEXT);
    }

    @Test
    void codesWithCommonPartsAreReadByTheirParts() {
        assertThat(plan(texts("cabin", row -> (row % 2 == 0 ? "C" : "D") + row)).treatment())
                .isEqualTo(Treatment.TEXT);
    }

    @Test
    void timesWithATimeOfDayHaveHours() {
        assertThat(plan(Frames.times("x", 0, TimePart.MICROS_A_DAY)).treatment())
                .isEqualTo(Treatment.DATE);
        assertThat(plan(Frames.times("x", 0, 1)).treatment()).isEqualTo(Treatment.DATE_AND_TIME);
    }

    @Test
    void readGivesBackWhatWasWritten() {
        FeaturePlan plan = FeaturePlan.of(Frames.mixed(ROWS, 1));
        BinaryWriter out = new BinaryWriter();
        plan.write(out);

        assertThat(FeaturePlan.read(BinaryReader.of(out.toByteArray()))).isEqualTo(plan);
    }

    private static Planned plan(Frame.Column column) {
        return FeaturePlan.of(Frames.of(column)).columns().get(0);
    }

    private static Frame.Texts texts(String name, IntFunction<String> value) {
        @Nullable String[] values = IntStream.range(0, ROWS).mapToObj(value).toArray(String[]::new);
        return Frames.texts(name, values);
    }
}
