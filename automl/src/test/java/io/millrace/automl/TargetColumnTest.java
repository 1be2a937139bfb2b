package io.millrace.automl;

import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.DATE;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.decimal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.automl.feature.Frame;
import io.millrace.automl.trial.Task;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.schema.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TargetColumnTest {
    private static Frame.Column texts(@Nullable String... values) {
        List<String> dictionary = new ArrayList<>();
        int[] codes = new int[values.length];
        for (int row = 0; row < codes.length; row++) {
            String value = values[row];
            if (value == null) {
                codes[row] = -1;
                continue;
            }
            if (!dictionary.contains(value)) {
                dictionary.add(value);
            }
            codes[row] = dictionary.indexOf(value);
        }
        return new Frame.Texts("y", dictionary.toArray(new String[0]), codes);
    }

    private static Frame.Column numbers(double... values) {
        return new Frame.Numbers("y", values);
    }

    private static TargetColumn infer(Frame.Column column, DataType type) {
        return TargetColumn.of(column, type, Optional.empty(), labels -> labels);
    }

    @Test
    void twoTextsAreABinaryTaskWhoseSecondLabelIsPositive() {
        TargetColumn target = infer(texts("yes", "no", "no", null, "yes", "no"), TEXT);

        assertThat(target.task()).isEqualTo(Task.binary("y"));
        assertThat(target.labels()).containsExactly("no", "yes");
        assertThat(target.values()).containsExactly(1, 0, 0, Double.NaN, 1, 0);
    }

    @Test
    void threeTextsAreAMulticlassTask() {
        TargetColumn target = infer(texts("b", "a", "c", "a", "b"), TEXT);

        assertThat(target.task()).isEqualTo(Task.multiclass("y"));
        assertThat(target.labels()).containsExactly("a", "b", "c");
    }

    @Test
    void boolsAreLabels() {
        assertThat(infer(numbers(0, 1, 1, 0, 0), BOOL).labels()).containsExactly("false", "true");
    }

    @Test
    void fewWholeNumbersAreLabels() {
        assertThat(infer(numbers(1, 0, 1, 0, 0), INT64).task()).isEqualTo(Task.binary("y"));
        TargetColumn grades = infer(numbers(10, 2, 3, 2, 10), INT64);
        assertThat(grades.task()).isEqualTo(Task.multiclass("y"));
        assertThat(grades.labels()).containsExactly("2", "3", "10");
    }

    @Test
    void manyWholeNumbersAreNumbers() {
        double[] values = IntStream.range(0, 11).asDoubleStream().toArray();

        assertThat(infer(numbers(values), INT64).task()).isEqualTo(Task.regression("y"));
    }

    @Test
    void fractionsAreNumbersUnlessTwoAreWhole() {
        assertThat(infer(numbers(0.5, 1.5, 0.5, 1.5, 0.5), FLOAT64).task()).isEqualTo(Task.regression("y"));
        assertThat(infer(numbers(0, 1, 1, 0, 1), FLOAT64).labels()).containsExactly("0.0", "1.0");
        assertThat(infer(numbers(0, 1, 1, 0, 1), decimal(4, 2)).labels()).containsExactly("0.00", "1.00");
    }

    @Test
    void infinitiesAreNotKnown() {
        TargetColumn target = TargetColumn.of(
                numbers(1, 2, Double.POSITIVE_INFINITY, 4, 5, 6),
                FLOAT64,
                Optional.of(Task.regression("y")),
                labels -> labels);

        assertThat(target.values()).containsExactly(1, 2, Double.NaN, 4, 5, 6);
    }

    @Test
    void thePositiveLabelMayBeChosen() {
        TargetColumn target = TargetColumn.of(
                texts("yes", "no", "no", "no", "yes"), TEXT, Optional.of(Task.binary("y", "no")), labels -> labels);

        assertThat(target.labels()).containsExactly("yes", "no");
        assertThat(target.values()).containsExactly(0, 1, 1, 1, 0);
    }

    @Test
    void labelsAreNamedAsTheyAreSpelled() {
        TargetColumn target = TargetColumn.of(
                numbers(0, 1, 1, 0, 1),
                BOOL,
                Optional.of(Task.binary("y", "False")),
                labels -> List.of("False", "True"));

        assertThat(target.labels()).containsExactly("True", "False");
        assertThat(target.values()).containsExactly(1, 0, 0, 1, 0);
    }

    @Test
    void labelsAreInOrderOfCodePoints() {
        String emoji = new String(Character.toChars(0x1F600));

        assertThat(infer(texts(emoji, "\uFFFD", "a", "a", "a"), TEXT).labels()).containsExactly("a", "\uFFFD", emoji);
    }

    private static void refused(Frame.Column column, DataType type, @Nullable Task task, String message) {
        assertThatThrownBy(() -> TargetColumn.of(column, type, Optional.ofNullable(task), labels -> labels))
                .isInstanceOf(DataflowException.class)
                .hasMessage(message);
    }

    @Test
    void anUnknownPositiveLabelIsRefused() {
        refused(texts("yes", "no", "no", "no", "yes"), TEXT, Task.binary("y", "yess"), """
                        INVALID_ARGUMENT: Cannot find the positive label 'yess' in column 'y'
                          Did you mean 'yes'?
                          Labels: no, yes""");
    }

    @Test
    void aTargetOfNullsIsRefused() {
        refused(
                texts(null, null, null, null, null, null),
                TEXT,
                null,
                "UNUSABLE_TARGET: Cannot predict 'y': it is null in all 6 rows");
    }

    @Test
    void aTargetOfOneLabelIsRefused() {
        refused(
                texts("yes", "yes", null, "yes", "yes", "yes"),
                TEXT,
                null,
                "UNUSABLE_TARGET: Cannot predict 'y': every known value is 'yes'\n"
                        + "  A model needs at least two labels");
    }

    @Test
    void aNumberThatNeverVariesIsRefused() {
        refused(
                numbers(3, 3, 3, 3, 3),
                INT64,
                Task.regression("y"),
                "UNUSABLE_TARGET: Cannot predict 'y': every known value is 3");
    }

    @Test
    void tooFewKnownRowsAreRefused() {
        refused(
                texts("a", "b", null, null, null, null),
                TEXT,
                null,
                "UNUSABLE_TARGET: Cannot predict 'y': it is known in only 2 rows of 6\n  At least 5 are needed");
    }

    @Test
    void threeLabelsAreNotABinaryTask() {
        refused(texts("a", "b", "c", "a", "b"), TEXT, Task.binary("y"), """
                        UNUSABLE_TARGET: Cannot predict 'y' as binary: it has 3 labels
                          Labels: a, b, c
                          Use a multiclass task""");
    }

    @Test
    void textsAreNotNumbers() {
        refused(
                texts("a", "b", "c", "a", "b"),
                TEXT,
                Task.regression("y"),
                "UNUSABLE_TARGET: Cannot predict 'y' as a number: its type is text\n"
                        + "  Use a binary or multiclass task");
    }

    @Test
    void tooManyLabelsAreRefused() {
        String[] values = IntStream.range(0, 1_001).mapToObj(i -> "v" + i).toArray(String[]::new);

        refused(
                texts(values),
                TEXT,
                null,
                "UNUSABLE_TARGET: Cannot predict 'y': it has 1,001 different labels\n  At most 1,000 are supported");
    }

    @Test
    void timesAreRefused() {
        refused(
                new Frame.Times("y", new long[] {1, 2, 3, 4, 5}),
                DATE,
                null,
                "UNUSABLE_TARGET: Cannot predict 'y': its type is date\n"
                        + "  Cast it to text for labels, or derive a number from it");
    }
}
