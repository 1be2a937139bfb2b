package io.millrace.dataflow.plan;

import static io.millrace.dataflow.expr.ColumnSelector.all;
import static io.millrace.dataflow.expr.ColumnSelector.columns;
import static io.millrace.dataflow.expr.ColumnSelector.matching;
import static io.millrace.dataflow.expr.ColumnSelector.numeric;
import static io.millrace.dataflow.expr.ColumnSelector.ofType;
import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.Schema.Field.optional;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Recipe;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.ColumnSelector;
import io.millrace.dataflow.expr.EachColumn;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.schema.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ColumnStepsTest {
    private static Dataflow birds() {
        return Dataflow.rows(StepExamples.BIRDS, List.of());
    }

    /** The message without the line of the test. */
    private static void assertRefused(ThrowingCallable call, String... lines) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DataflowException.class, refused -> {
            List<String> details = refused.details();
            assertThat(details.get(0)).startsWith("at ColumnStepsTest.java:");
            assertThat(refused.code() + ": " + refused.what() + "\n"
                            + String.join("\n", details.subList(1, details.size())))
                    .isEqualTo(String.join("\n", lines) + (lines.length == 1 ? "\n" : ""));
        });
    }

    @Test
    void aSelectorThatFindsNothingNamesTheColumnsThere() {
        assertRefused(
                () -> birds().select(matching("x_.*").or(ofType(BOOL))),
                "UNKNOWN_COLUMN: Cannot find a column for select(matching('x_.*').or(ofType(bool)))",
                "Columns here: id: int64, species: text, mass: float64, cost: decimal(10, 2), seen: date,"
                        + " at: timestamp");
    }

    @Test
    void namesInASelectorMustBeThere() {
        assertRefused(
                () -> birds().drop(columns("mas").or(numeric())),
                "UNKNOWN_COLUMN: Cannot find column 'mas' for drop(columns(mas).or(numeric()))",
                "Did you mean 'mass'?",
                "Columns here: id, species, mass, cost, seen, at");
        assertRefused(
                () -> birds().trim("specie", "sean"),
                "UNKNOWN_COLUMN: Cannot find columns 'specie', 'sean' for withColumns(specie, sean, trim(each()))",
                "Did you mean 'species' for 'specie'?",
                "Did you mean 'seen' for 'sean'?",
                "Columns here: id, species, mass, cost, seen, at");
        assertRefused(
                () -> birds().renameAll(Map.of("mas", "m")),
                "UNKNOWN_COLUMN: Cannot find column 'mas' for renameAll(mas to m)",
                "Did you mean 'mass'?",
                "Columns here: id, species, mass, cost, seen, at");
        assertRefused(
                () -> birds().moveAfter("mas", "id"),
                "UNKNOWN_COLUMN: Cannot find column 'mas' for moveAfter(mas, id)",
                "Did you mean 'mass'?",
                "Columns here: id, species, mass, cost, seen, at");
    }

    @Test
    void whatLeavesNoColumnIsRefused() {
        assertRefused(
                () -> birds().select(columns("x").optional()),
                "INVALID_ARGUMENT: Cannot keep no column in select(columns(x).optional())");
        assertRefused(() -> birds().drop(all()), "INVALID_ARGUMENT: Cannot drop every column in drop(all())");
        assertRefused(
                () -> birds().distinct(matching("x").optional()),
                "INVALID_ARGUMENT: Cannot tell rows apart by no column in distinct(matching('x').optional())");
    }

    @Test
    void namesMustStayDifferent() {
        assertRefused(
                () -> birds().renameMatching("(s|c).*", "$1"),
                "DUPLICATE_COLUMN: Cannot have two columns named 's'",
                "columns 2 and 5 of 6");
        assertRefused(
                () -> birds().withRowNumber("id"),
                "DUPLICATE_COLUMN: Cannot have two columns named 'id'",
                "columns 1 and 7 of 7");
    }

    @Test
    void aReplacementMayNameOnlyGroupsThatAreThere() {
        assertRefused(
                () -> birds().renameMatching("m.*", "$2"),
                "INVALID_ARGUMENT: Cannot make a name of '$2' in renameMatching(matching('m.*'), '$2'): No group 2");
    }

    @Test
    void whatIsNoRegularExpressionIsRefusedAtOnce() {
        assertThatThrownBy(() -> matching("x["))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a regular expression: 'x[': Unclosed character class at position 1");
    }

    @Test
    void aChangeInPlaceKeepsTheTypeOfItsColumn() {
        assertRefused(
                () -> birds().replace("id", 1, 0.5),
                "TYPE_MISMATCH: Cannot put float64 values into int64 column 'id' by"
                        + " case when (id = 1) then 0.5 else id end",
                "Give values of the type of the column, or cast the column first");
    }

    @Test
    void everyColumnThatDoesNotFitIsReported() {
        assertRefused(
                () -> birds().trim("id", "species", "mass"),
                "TYPE_MISMATCH: Cannot apply 'trim' to (int64) in trim(id)",
                "Cast the arguments, or give as many as the function takes",
                "Cannot apply 'trim' to (float64) in trim(mass)");
    }

    @Test
    void aSeedIsOneForAllRows() {
        assertRefused(
                () -> birds().filter(Expr.call("row_random", col("id")).lt(0.5)),
                "INVALID_ARGUMENT: Cannot use id as a seed in row_random(id)",
                "Give a whole number; every row has the same seed");
    }

    @Test
    void argumentsThatAreWrongByThemselvesAreRefusedAtOnce() {
        Map<ThrowingCallable, String> wrong = new LinkedHashMap<>();
        wrong.put(() -> birds().sample(1.5, 1), "a fraction is between 0 and 1: 1.5");
        wrong.put(() -> birds().randomSplit(Double.NaN, 1), "a fraction is between 0 and 1: NaN");
        wrong.put(() -> birds().splitInto(0, 1), "parts must be positive: 0");
        wrong.put(() -> birds().skip(-1), "rows must not be negative: -1");
        wrong.put(() -> birds().tail(-1), "rows must not be negative: -1");
        wrong.put(() -> birds().sampleRows(-1, 1), "rows must not be negative: -1");
        wrong.put(() -> birds().clip("id", null, null), "a lower or an upper bound is needed");
        wrong.put(() -> birds().splitColumn("species", "", "a"), "the separator must not be empty");
        wrong.put(() -> birds().splitColumn("species", "-"), "at least one name is needed");
        wrong.put(() -> birds().splitColumn("species", "-", "a", "a"), "the name 'a' comes twice");
        wrong.put(() -> birds().mapValues("id", "x", Map.of()), "at least one value is needed");
        wrong.put(() -> birds().stratifiedSample("id", Map.of(), 1), "at least one fraction is needed");
        wrong.put(
                () -> birds().stratifiedSample(List.of("id", "mass"), Map.of(List.of(1), 0.5), 1),
                "1 values for 2 columns");

        wrong.forEach((call, message) -> assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message));
    }

    @Test
    void aSelectorIsSavedAsItIsAndFitsWhateverColumnsThereAre() {
        Dataflow flow = Dataflow.readCsv("birds.csv")
                .select(numeric().or(matching("S.*").ignoringCase()))
                .fillNull(numeric(), 0);
        Node saved = PlanJson.read(flow.toJson(), java.nio.file.Path.of(""));

        assertThat(saved).isEqualTo(flow.node());
        assertThat(Binder.bind(saved, (source, options) -> StepExamples.BIRDS)
                        .schema()
                        .names())
                .containsExactly("id", "mass", "cost", "species", "seen");
        assertThat(Binder.bind(saved, (source, options) -> Schema.of(optional("sum", INT64), optional("t", TEXT)))
                        .schema()
                        .names())
                .containsExactly("sum");
    }

    @Test
    void aPredicateOnFieldsBecomesNames() {
        assertThat(ColumnSelector.where(StepExamples.BIRDS, field -> !field.nullable()))
                .isEqualTo(columns("id"));
    }

    @Test
    void noFunctionOfTheCatalogHasTheNameOfThePlaceholder() {
        assertThat(Function.named(EachColumn.placeholder().toString().replace("()", "")))
                .isEmpty();
    }

    @Test
    void spelledOutStepsGiveTheSameColumns() {
        List<UnaryOperator<Recipe>> recipes = List.of(
                recipe -> recipe.select(numeric().or(all())),
                recipe -> recipe.drop(matching("x").optional()),
                recipe -> recipe.drop(ofType(TEXT)),
                recipe -> recipe.moveAfter("mass", "id", "at"),
                recipe -> recipe.renameAll(Map.of("id", "mass", "mass", "id", "seen", "day")),
                recipe -> recipe.renameMatching("(.)e.*", "$1"),
                recipe -> recipe.withColumns(
                        numeric(), each -> each.plus(col("id")).plus(col("mass"))),
                recipe -> recipe.fillNull(columns("cost"), 1),
                recipe -> recipe.cast("id", TEXT));
        for (UnaryOperator<Recipe> recipe : recipes) {
            List<Step> steps = recipe.apply(Recipe.empty()).steps();
            List<Step> spelled = Binder.spelledOut(StepExamples.BIRDS, steps);

            assertThat(spelled)
                    .noneMatch(step -> step instanceof ColumnStep.Move
                            || step instanceof ColumnStep.RenameAll
                            || step instanceof ColumnStep.RenameMatching
                            || step instanceof ColumnStep.WithColumns);
            assertThat(schema(spelled)).as(steps.toString()).isEqualTo(schema(steps));
        }
    }

    private static Schema schema(List<Step> steps) {
        Schema schema = StepExamples.BIRDS;
        for (Step step : steps) {
            schema = Binder.schema(step, List.of(schema));
        }
        return schema;
    }
}
