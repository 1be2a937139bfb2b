package io.millrace.dataflow.kernel;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.Expr.lit;
import static io.millrace.dataflow.expr.Expr.when;
import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.DATE;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.TIMESTAMP;
import static io.millrace.dataflow.schema.DataTypes.decimal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.Binder;
import io.millrace.dataflow.plan.ColumnStep;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.plan.Step;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RowProgramJsonTest {
    private static final Schema SCHEMA = Schema.of(
            Field.required("n", INT64),
            Field.optional("x", FLOAT64),
            Field.optional("t", TEXT),
            Field.optional("b", BOOL),
            Field.optional("d", DATE),
            Field.optional("at", TIMESTAMP),
            Field.optional("c", decimal(10, 2)));

    @Test
    void everyShapeOfAnExpressionIsReadAsItWasWritten() throws JsonProcessingException {
        RowProgram program = program(List.of(
                new ColumnStep.WithColumn(
                        "y", when(col("n").gt(3)).then(lit("many")).otherwise(col("t"))),
                new ColumnStep.WithColumn("z", when(col("b")).then(lit(1)).end()),
                new RowStep.Filter(col("x").isNull().or(col("x").lt(Double.NaN))),
                new ColumnStep.WithColumn("price", col("c").plus(new BigDecimal("1.50"))),
                new ColumnStep.WithColumn("late", col("d").gt(LocalDate.of(1, 1, 1))),
                new ColumnStep.WithColumn("soon", col("at").lt(Instant.parse("9999-12-31T23:59:59.999999Z"))),
                new ColumnStep.WithColumn("nothing", new Expr.Literal(null)),
                new ColumnStep.Cast("t", INT64),
                new ColumnStep.Rename("n", "number \"1\"\n"),
                new ColumnStep.Select(List.of("z", "y", "number \"1\"\n"))));

        RowProgram read = copy(program);

        assertThat(read.inputSchema()).isEqualTo(program.inputSchema());
        assertThat(read.instructions()).isEqualTo(program.instructions());
    }

    @Test
    void anEmptyProgramStaysEmpty() throws JsonProcessingException {
        RowProgram program = program(List.of());

        assertThat(copy(program).schema()).isEqualTo(SCHEMA);
        assertThat(copy(program).instructions()).isEmpty();
    }

    @Test
    void anUnknownFunctionIsAnError() throws JsonProcessingException {
        String json = RowProgramJson.write(program(
                        List.of(new ColumnStep.WithColumn("y", col("t").text().lower()))))
                .toString()
                .replace("\"lower\"", "\"whisper\"");

        assertThatThrownBy(() -> RowProgramJson.read(new ObjectMapper().readTree(json)))
                .isInstanceOf(DataflowException.class)
                .hasMessage("NOT_A_PLAN: Cannot read the plan: no function is named whisper");
    }

    @Property(tries = 300, seed = "7")
    void nestedExpressionsAreReadAsTheyWereWritten(@ForAll("numbers") Expr value) throws JsonProcessingException {
        RowProgram program = program(List.of(new ColumnStep.WithColumn("y", value)));

        assertThat(copy(program).instructions()).isEqualTo(program.instructions());
    }

    @Provide
    Arbitrary<Expr> numbers() {
        Arbitrary<Expr> leaves = Arbitraries.oneOf(
                Arbitraries.of("n", "x").map(Expr::col),
                Arbitraries.longs().map(Expr::lit),
                Arbitraries.doubles().map(Expr::lit));
        return Arbitraries.recursive(
                () -> leaves,
                inner -> Combinators.combine(
                                inner, leaves, Arbitraries.integers().between(0, 4))
                        .as(RowProgramJsonTest::combined),
                0,
                5);
    }

    private static Expr combined(Expr left, Expr right, int shape) {
        return switch (shape) {
            case 0 -> left.plus(right);
            case 1 -> left.times(right);
            case 2 -> when(left.lt(right)).then(left).otherwise(right);
            case 3 -> left.cast(FLOAT64).minus(right);
            default -> left.orElse(1);
        };
    }

    private static RowProgram program(List<Step> steps) {
        List<RowProgram.Instruction> instructions = new ArrayList<>();
        for (Plan.Stage stage : Binder.bindRows(SCHEMA, steps)) {
            instructions.add(new RowProgram.Instruction(stage.operator(), stage.schema(), stage.text()));
        }
        return RowProgram.of(SCHEMA, instructions);
    }

    private static RowProgram copy(RowProgram program) throws JsonProcessingException {
        return RowProgramJson.read(
                new ObjectMapper().readTree(RowProgramJson.write(program).toString()));
    }
}
