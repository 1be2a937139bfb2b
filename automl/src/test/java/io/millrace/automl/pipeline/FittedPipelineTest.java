package io.millrace.automl.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.automl.feature.Frame;
import io.millrace.automl.learner.Matrix;
import io.millrace.automl.pipeline.FittedPipeline.Member;
import io.millrace.automl.trial.Task;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.kernel.Replay;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FittedPipelineTest {
    private static final List<FittedPipeline> ALL = List.of(
            Pipelines.of(Task.binary("left")),
            Pipelines.of(Task.multiclass("level")),
            Pipelines.of(Task.regression("x")));
    private static final FittedPipeline BINARY = ALL.get(0);
    private static final FittedPipeline NUMBER = ALL.get(2);

    @Property(tries = 30, seed = "11")
    void aRowScoresTheSameAloneInABatchAndOutOfFold(
            @ForAll @IntRange(min = 0, max = 2) int which,
            @ForAll @IntRange(min = 1, max = 40) int count,
            @ForAll @IntRange(min = 0, max = 1_000) int seed) {
        FittedPipeline pipeline = ALL.get(which);
        List<List<@Nullable Object>> rows = Pipelines.rows(count, seed);

        Scored batch = Pipelines.score(pipeline, Pipelines.SCHEMA, rows);

        double[][] outOfFold = outOfFold(pipeline, rows);
        for (int row = 0; row < count; row++) {
            Scored alone = Pipelines.score(pipeline, Pipelines.SCHEMA, List.of(rows.get(row)));
            for (int output = 0; output < outOfFold.length; output++) {
                assertThat(bits(alone.outputs()[output][0])).isEqualTo(bits(batch.outputs()[output][row]));
                assertThat(bits(outOfFold[output][row])).isEqualTo(bits(batch.outputs()[output][row]));
            }
            assertThat(pipeline.score(Pipelines.map(rows.get(row)))).isEqualTo(batch.prediction(row));
        }
    }

    /** What the models give for features taken from the whole frame at once, as at training. */
    private static double[][] outOfFold(FittedPipeline pipeline, List<List<@Nullable Object>> rows) {
        Frame frame = Replay.of(Pipelines.SCHEMA, Pipelines.STEPS)
                .run(rows, (converted, result) -> Frame.of(result.schema(), List.of(result)));
        double total = pipeline.members().stream().mapToDouble(Member::weight).sum();
        double[][] sums = new double[0][];
        for (Member member : pipeline.members()) {
            Matrix matrix = member.features().apply(frame);
            double[][] predicted = member.model().predict(matrix);
            sums = sums.length == 0 ? new double[predicted.length][rows.size()] : sums;
            for (int output = 0; output < sums.length; output++) {
                for (int row = 0; row < rows.size(); row++) {
                    sums[output][row] += member.weight() / total * predicted[output][row];
                }
            }
        }
        return sums;
    }

    @Test
    void whatIsDecodedScoresAndIsEncodedTheSame() {
        List<List<@Nullable Object>> rows = Pipelines.rows(50, 77);
        for (FittedPipeline pipeline : ALL) {
            FittedPipeline decoded = FittedPipeline.decode(pipeline.encoded(), "test");

            assertThat(decoded.encoded()).isEqualTo(pipeline.encoded());
            assertThat(decoded.task()).isEqualTo(pipeline.task());
            assertThat(decoded.labels()).isEqualTo(pipeline.labels());
            assertThat(decoded.inputSchema()).isEqualTo(pipeline.inputSchema());
            assertThat(decoded.recipe()).isEqualTo(pipeline.recipe());
            assertThat(Arrays.deepEquals(
                            Pipelines.score(decoded, Pipelines.SCHEMA, rows).outputs(),
                            Pipelines.score(pipeline, Pipelines.SCHEMA, rows).outputs()))
                    .isTrue();
        }
    }

    @Test
    void learningTheSameAgainGivesTheSameBytes() {
        assertThat(Pipelines.of(Task.binary("left")).encoded()).isEqualTo(BINARY.encoded());
    }

    @Test
    void manyRowsScoreLikeFew() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            rows.addAll(Pipelines.rows(50, i % 3));
        }

        double[] scored = Pipelines.score(NUMBER, Pipelines.SCHEMA, rows).outputs()[0];

        assertThat(scored).hasSize(4_500);
        assertThat(Arrays.copyOfRange(scored, 4_350, 4_500)).isEqualTo(Arrays.copyOf(scored, 150));
    }

    @Test
    void probabilitiesOfAllLabelsAreGiven() {
        Prediction binary = BINARY.score(Pipelines.map(Pipelines.rows(1, 3).get(0)));
        Prediction multiclass =
                ALL.get(1).score(Pipelines.map(Pipelines.rows(1, 3).get(0)));
        Prediction number = NUMBER.score(Pipelines.map(Pipelines.rows(1, 3).get(0)));

        assertThat(binary.probabilities().keySet()).containsExactly("no", "yes");
        assertThat(binary.probabilities().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isEqualTo(1);
        assertThat(multiclass.probabilities().keySet()).containsExactly("high", "low", "middle");
        assertThat(multiclass.probabilities())
                .containsEntry(
                        (String) multiclass.value(),
                        multiclass.probabilities().values().stream()
                                .mapToDouble(Double::doubleValue)
                                .max()
                                .orElseThrow());
        assertThat(number.value()).isInstanceOf(Double.class);
        assertThat(number.probabilities()).isEmpty();
    }

    @Test
    void equallyProbableLabelsGiveTheFirst() {
        Scored scored = new Scored(List.of("a", "b"), new double[][] {{0.5, 0.75}}, 2, Map.of(), List.of());

        assertThat(scored.prediction(0)).isEqualTo(new Prediction("a", Map.of("a", 0.5, "b", 0.5)));
        assertThat(scored.row(1)).containsExactly("b", 0.25, 0.75);
    }

    @Test
    void outputColumnsNameThePredictionAndEveryLabel() {
        assertThat(ALL.get(1).outputSchema().names())
                .containsExactly("prediction", "probability_high", "probability_low", "probability_middle");
        assertThat(NUMBER.outputSchema()).isEqualTo(Schema.of(Field.required("prediction", DataTypes.FLOAT64)));
    }

    @Test
    void allMissingColumnsAreNamedAtOnce() {
        Schema schema = Schema.of(
                Field.optional("Age", DataTypes.INT64),
                Field.optional("fee", DataTypes.FLOAT64),
                Field.optional("member", DataTypes.BOOL),
                Field.optional("city", DataTypes.TEXT),
                Field.optional("notes", DataTypes.TEXT),
                Field.optional("pay", DataTypes.FLOAT64),
                Field.optional("since", DataTypes.DATE));

        assertThatThrownBy(() -> Pipelines.score(BINARY, schema, List.of()))
                .isInstanceOfSatisfying(
                        DataflowException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MISSING_COLUMN))
                .hasMessage("""
                        MISSING_COLUMN: Cannot score rows without columns 'age', 'note', 'seen'
                          For 'age', did you mean 'Age'?
                          For 'note', did you mean 'notes'?
                          Columns here: Age, fee, member, city, notes, pay, since""");
    }

    @Test
    void aMissingColumnOfARowIsNamed() {
        Map<String, @Nullable Object> row = Pipelines.map(Pipelines.rows(1, 3).get(0));
        row.remove("city");
        row.put("town", "Oslo");

        assertThatThrownBy(() -> BINARY.score(row)).hasMessage("""
                        MISSING_COLUMN: Cannot score rows without column 'city'
                          Columns here: age, pay, fee, member, note, since, seen, town""");
    }

    @Test
    void extraColumnsAreIgnoredAndTheUnknownAmongThemNamed() {
        List<Field> fields = new ArrayList<>(Pipelines.SCHEMA.fields());
        fields.add(0, Field.optional("left", DataTypes.TEXT));
        fields.add(3, Field.optional("colour", DataTypes.TEXT));
        fields.add(5, Field.optional("customer", DataTypes.TEXT));
        List<List<@Nullable Object>> rows = Pipelines.rows(9, 8);
        List<List<@Nullable Object>> wider = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> values = new ArrayList<>(row);
            values.add(0, "yes");
            values.add(3, "red");
            values.add(5, "Ann");
            wider.add(values);
        }

        Scored scored = Pipelines.score(BINARY, Schema.of(fields), wider);

        assertThat(scored.ignoredColumns()).containsExactly("colour");
        assertThat(scored.outputs())
                .isDeepEqualTo(Pipelines.score(BINARY, Pipelines.SCHEMA, rows).outputs());
    }

    @Test
    void retypedColumnsAreConvertedAndMisfitsCountedAndScoredAsMissing() {
        Schema schema = Schema.of(
                Field.optional("age", DataTypes.TEXT),
                Field.optional("pay", DataTypes.TEXT),
                Field.optional("fee", DataTypes.FLOAT64),
                Field.optional("member", DataTypes.INT64),
                Field.optional("city", DataTypes.INT64),
                Field.optional("note", DataTypes.DATE),
                Field.optional("since", DataTypes.FLOAT64),
                Field.optional("seen", DataTypes.TEXT));
        List<List<@Nullable Object>> rows = List.of(
                Arrays.asList("41", "12.5", 3.25, 1L, 7L, null, null, "2024-03-01 10:00:00"),
                Arrays.asList("44", "", 3.255, 2L, null, null, 1.5, "yesterday"));
        List<List<@Nullable Object>> same = List.of(
                Arrays.asList(
                        41L,
                        12.5,
                        new java.math.BigDecimal("3.25"),
                        true,
                        "7",
                        null,
                        null,
                        java.time.Instant.parse("2024-03-01T10:00:00Z")),
                Arrays.asList(44L, null, null, null, null, null, null, null));

        Scored scored = Pipelines.score(BINARY, schema, rows);

        assertThat(scored.outputs())
                .isDeepEqualTo(Pipelines.score(BINARY, Pipelines.SCHEMA, same).outputs());
        assertThat(scored.misfits()).isEqualTo(Map.of("pay", 1L, "fee", 1L, "member", 1L, "since", 1L, "seen", 1L));
    }

    @Test
    void aRowOfOtherJavaClassesIsConverted() {
        Map<String, @Nullable Object> row =
                new HashMap<>(Pipelines.map(Pipelines.rows(1, 5).get(0)));
        row.put("age", 33);
        row.put("pay", 20);
        row.put("fee", 1.5f);
        Map<String, @Nullable Object> same = new HashMap<>(row);
        same.put("age", 33L);
        same.put("pay", 20.0);
        same.put("fee", new java.math.BigDecimal("1.50"));

        assertThat(BINARY.score(row)).isEqualTo(BINARY.score(same));
    }

    @Test
    void aValueOfAClassWithoutATypeIsRefused() {
        Map<String, @Nullable Object> row = Pipelines.map(Pipelines.rows(1, 5).get(0));
        row.put("since", new AtomicInteger(2024));

        assertThatThrownBy(() -> BINARY.score(row)).hasMessage("""
                        INVALID_ARGUMENT: Cannot score a row whose column 'since' holds a java.util.concurrent.atomic.AtomicInteger
                          Give a boolean, number, text, LocalDate, Instant or byte[]""");
    }

    @Test
    void anEmptyBatchScoresNothing() {
        assertThat(Pipelines.score(BINARY, Pipelines.SCHEMA, List.of()).rows()).isZero();
    }

    @Test
    void featureColumnsAreThoseAfterTheRecipe() {
        assertThat(FittedPipeline.featureColumns(BINARY.members()))
                .containsExactly("age", "pay", "fee", "member", "town", "note", "since", "seen", "rate");
    }

    private static long bits(double value) {
        return Double.doubleToLongBits(value);
    }
}
