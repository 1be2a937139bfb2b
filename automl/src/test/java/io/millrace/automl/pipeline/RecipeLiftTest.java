package io.millrace.automl.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.automl.pipeline.RecipeLift.Lifted;
import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.ColumnSelector;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.kernel.Replay;
import io.millrace.dataflow.plan.ColumnStep;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecipeLiftTest {
    private static final Dataflow STRIKES = Dataflow.rows(
            Schema.of(
                    Field.optional("airport", DataTypes.TEXT),
                    Field.required("height", DataTypes.INT64),
                    Field.optional("cost", DataTypes.TEXT),
                    Field.optional("effect", DataTypes.TEXT)),
            List.of());

    @Test
    void aBareSourceIsItsOwnInput() {
        Lifted lifted = RecipeLift.of(STRIKES.node(), "effect").keeping(List.of("airport", "height"));

        assertThat(lifted.inputSchema())
                .isEqualTo(Schema.of(
                        Field.optional("airport", DataTypes.TEXT), Field.optional("height", DataTypes.INT64)));
        assertThat(lifted.steps()).isEmpty();
        assertThat(lifted.otherColumns()).containsExactly("cost", "effect");
    }

    @Test
    void stepsThatMakeTheTargetAreLeftOutWithTheirColumns() {
        Dataflow training =
                STRIKES.withColumn("damaged", Expr.col("effect").isNotNull()).drop("effect", "cost");

        RecipeLift lift = RecipeLift.of(training.node(), "damaged");

        assertThat(lift.derivedFromTarget()).isEmpty();
        Lifted lifted = lift.keeping(List.of("airport", "height"));
        assertThat(lifted.inputSchema().names()).containsExactly("airport", "height");
        assertThat(lifted.steps()).isEmpty();
        assertThat(lifted.otherColumns()).containsExactly("cost", "effect");
    }

    @Test
    void stepsThatFeaturesNeedAreKeptInOrder() {
        Dataflow training = STRIKES.fillNull("airport", "unknown")
                .rename("height", "feet")
                .withColumn("metres", Expr.col("feet").times(0.3048))
                .cast("feet", DataTypes.FLOAT64)
                .withColumn("useless", Expr.col("cost").text().length());

        Lifted lifted = RecipeLift.of(training.node(), "effect").keeping(List.of("metres", "airport"));

        assertThat(lifted.steps())
                .containsExactly(
                        new ColumnStep.FillNull("airport", "unknown"),
                        new ColumnStep.Rename("height", "feet"),
                        new ColumnStep.WithColumn("metres", Expr.col("feet").times(0.3048)));
        assertThat(lifted.inputSchema().names()).containsExactly("airport", "height");
    }

    @Test
    void stepsOverSelectedColumnsAreLiftedAsStepsOverNames() {
        Dataflow training = STRIKES.trim(ColumnSelector.ofType(DataTypes.TEXT))
                .renameAll(Map.of("airport", "cost", "cost", "airport"))
                .moveFirst("height")
                .drop(ColumnSelector.columns("airport"));

        RecipeLift lift = RecipeLift.of(training.node(), "effect");
        Lifted lifted = lift.keeping(List.of("cost", "height"));

        assertThat(lift.derivedFromTarget()).isEmpty();
        assertThat(lifted.inputSchema().names()).containsExactly("airport", "height");
        assertThat(lifted.steps())
                .startsWith(new ColumnStep.WithColumn(
                        "airport", Expr.col("airport").text().trim()));
        assertThat(Replay.of(lifted.inputSchema(), lifted.steps()).schema().names())
                .containsExactlyInAnyOrder("cost", "height");
    }

    @Test
    void columnsComputedFromTheTargetAreNamed() {
        Dataflow training = STRIKES.withColumn(
                        "before", Expr.col("effect").text().length())
                .rename("effect", "outcome")
                .withColumn("twice", Expr.col("before").times(2))
                .withColumn("overwritten", Expr.col("outcome").isNull())
                .withColumn("overwritten", Expr.col("height"))
                .withColumn(
                        "also", Expr.when(Expr.col("outcome").isNull()).then(1).otherwise(2))
                .cast("outcome", DataTypes.INT64)
                .withColumn("gone", Expr.col("outcome"))
                .drop("gone")
                .rename("before", "length");

        assertThat(RecipeLift.of(training.node(), "outcome").derivedFromTarget())
                .containsExactly("also", "length", "twice");
    }

    @Test
    void theSourcesOfAComputedTargetAreNotTheTarget() {
        Dataflow training = STRIKES.withColumn("risk", Expr.col("effect").isNotNull())
                .withColumn("words", Expr.col("effect").text().length());

        assertThat(RecipeLift.of(training.node(), "risk").derivedFromTarget()).isEmpty();
    }

    @Test
    void liftingStopsAtTheLastStepThatIsNotRowWise() {
        Dataflow training = STRIKES.withColumn("feet", Expr.col("height"))
                .filter(Expr.col("effect").isNotNull())
                .withColumn("metres", Expr.col("feet").times(0.3048));

        RecipeLift lift = RecipeLift.of(training.node(), "effect");

        assertThat(lift.baseSchema().names()).containsExactly("airport", "height", "cost", "effect", "feet");
        assertThat(lift.base().step()).isInstanceOf(RowStep.Filter.class);
        Lifted lifted = lift.keeping(List.of("metres"));
        assertThat(lifted.inputSchema().names()).containsExactly("feet");
        assertThat(lifted.steps())
                .containsExactly(
                        new ColumnStep.WithColumn("metres", Expr.col("feet").times(0.3048)));
    }

    @Test
    void aNameThatIsTakenAwayAndGivenAgainStaysFree() {
        Dataflow training = STRIKES.withColumn(
                        "long", Expr.col("airport").text().length())
                .drop("airport")
                .rename("cost", "airport");

        Lifted lifted = RecipeLift.of(training.node(), "effect").keeping(List.of("long", "airport"));

        assertThat(lifted.steps())
                .containsExactly(
                        new ColumnStep.WithColumn(
                                "long", Expr.col("airport").text().length()),
                        new ColumnStep.Drop(List.of("airport")),
                        new ColumnStep.Rename("cost", "airport"));
        assertThat(Replay.of(lifted.inputSchema(), lifted.steps()).schema().names())
                .containsExactly("airport", "long");
    }

    @Test
    void aSelectionTakesNamesAwayToo() {
        Dataflow training = STRIKES.withColumn(
                        "long", Expr.col("airport").text().length())
                .select("cost", "long", "effect")
                .rename("cost", "airport");

        Lifted lifted = RecipeLift.of(training.node(), "effect").keeping(List.of("long", "airport"));

        assertThat(lifted.inputSchema().names()).containsExactly("airport", "cost");
        assertThat(Replay.of(lifted.inputSchema(), lifted.steps()).schema().names())
                .containsExactly("airport", "long");
    }

    @Test
    void aColumnThatIsOverwrittenIsNotNeeded() {
        Dataflow training = STRIKES.withColumn("airport", Expr.col("cost"));

        Lifted lifted = RecipeLift.of(training.node(), "effect").keeping(List.of("airport"));

        assertThat(lifted.inputSchema().names()).containsExactly("cost");
        assertThat(lifted.steps()).containsExactly(new ColumnStep.WithColumn("airport", Expr.col("cost")));
    }
}
