package io.millrace.dataflow.kernel;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.expr.Expr.lit;
import static io.millrace.dataflow.expr.Expr.when;
import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.plan.Binder;
import io.millrace.dataflow.plan.ColumnStep;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.plan.Step;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.Positions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/** Laws that hold for every expression, over random ones. */
class RowProgramLawsTest {
    private static final Schema SCHEMA = Schema.of(
            Field.optional("i", INT64),
            Field.optional("f", FLOAT64),
            Field.optional("t", TEXT),
            Field.optional("b", BOOL));
    private static final List<@Nullable Long> WHOLE = Arrays.asList(null, 0L, 1L, -3L, Long.MAX_VALUE, Long.MIN_VALUE);
    private static final List<@Nullable Double> REAL =
            Arrays.asList(null, 0.0, -0.0, 2.5, Double.NaN, Double.NEGATIVE_INFINITY, 1e300);
    private static final List<@Nullable String> TEXTS = Arrays.asList(null, "", "7", "-1.5", "Ab c", "🐦é", " true");

    @Property(tries = 300, seed = "17")
    void aBatchGivesWhatItsRowsGiveOneByOne(@ForAll long seed) {
        Random random = new Random(seed);
        RowProgram program = program(
                new ColumnStep.WithColumn("x", expression(random, INT64, 3)),
                new RowStep.Filter(expression(random, BOOL, 2)),
                new ColumnStep.WithColumn("y", expression(random, TEXT, 3)),
                new ColumnStep.WithColumn("z", expression(random, FLOAT64, 3)));
        List<List<@Nullable Object>> rows = rows(random, 8);

        try (BufferAllocator allocator = new RootAllocator()) {
            List<String> together = run(program, rows, 1, allocator);
            List<String> apart = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                apart.addAll(run(program, rows.subList(i, i + 1), i + 1, allocator));
            }
            assertThat(together).as("seed " + seed).isEqualTo(apart);
        }
    }

    @Property(tries = 300, seed = "18")
    void aPredicateItsNegationAndItsAbsencePartTheRows(@ForAll long seed) {
        Random random = new Random(seed);
        Expr predicate = expression(random, BOOL, 3);
        List<List<@Nullable Object>> rows = rows(random, 12);

        try (BufferAllocator allocator = new RootAllocator()) {
            List<String> parts = new ArrayList<>();
            for (Expr part : List.of(predicate, predicate.not(), predicate.isNull(), predicate.isError())) {
                parts.addAll(run(program(new RowStep.Filter(part)), rows, 1, allocator));
            }
            assertThat(parts)
                    .as("seed " + seed)
                    .containsExactlyInAnyOrderElementsOf(run(program(), rows, 1, allocator));
        }
    }

    @Property(tries = 300, seed = "19")
    void whatIsNotNullableIsNeitherNullNorAnError(@ForAll long seed) {
        Random random = new Random(seed);
        DataType type = List.of(INT64, FLOAT64, TEXT, BOOL).get(random.nextInt(4));
        Expr expression = expression(random, type, 3)
                .isNotNull()
                .and(expression(random, BOOL, 2).isError().not());
        RowProgram program = program(new RowStep.Filter(expression), new ColumnStep.WithColumn("x", expression));

        try (BufferAllocator allocator = new RootAllocator()) {
            assertThat(program.schema().field(4).nullable()).isFalse();
            assertThat(run(program, rows(random, 12), 1, allocator)).allMatch(row -> row.contains(" x=true"));
        }
    }

    private static RowProgram program(Step... steps) {
        List<RowProgram.Instruction> instructions = new ArrayList<>();
        for (Plan.Stage stage : Binder.bindRows(SCHEMA, Arrays.asList(steps))) {
            instructions.add(new RowProgram.Instruction(stage.operator(), stage.schema(), stage.text()));
        }
        return RowProgram.of(SCHEMA, instructions);
    }

    /** Every row as text: the position, the values and the errors. */
    private static List<String> run(
            RowProgram program, List<List<@Nullable Object>> rows, long firstRecord, BufferAllocator allocator) {
        List<Cells> columns = new ArrayList<>();
        for (int column = 0; column < SCHEMA.size(); column++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (List<@Nullable Object> row : rows) {
                values.add(row.get(column));
            }
            columns.add(CellValues.of(SCHEMA.field(column).type(), values, allocator));
        }
        Positions positions = Positions.consecutive(List.of("f"), 0, firstRecord, rows.size());
        List<String> texts = new ArrayList<>();
        try (Batch result = program.run(Batch.of(SCHEMA, columns, rows.size(), positions), allocator)) {
            for (int row = 0; row < result.rowCount(); row++) {
                StringBuilder text = new StringBuilder()
                        .append(result.positions().orElseThrow().record(row));
                for (int column = 0; column < result.columns().size(); column++) {
                    Cells cells = result.cells(column);
                    Optional<CellError> error = cells.errors().at(row);
                    assertThat(error.isPresent() && cells.value(row) != null).isFalse();
                    text.append(' ')
                            .append(result.schema().field(column).name())
                            .append('=')
                            .append(error.<@Nullable Object>map(each -> each).orElse(cells.value(row)));
                }
                texts.add(text.toString());
            }
        }
        return texts;
    }

    private static List<List<@Nullable Object>> rows(Random random, int most) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            rows.add(Arrays.asList(
                    WHOLE.get(random.nextInt(WHOLE.size())),
                    REAL.get(random.nextInt(REAL.size())),
                    TEXTS.get(random.nextInt(TEXTS.size())),
                    random.nextInt(3) == 0 ? null : (Object) random.nextBoolean()));
        }
        return rows;
    }

    private static Expr expression(Random random, DataType type, int depth) {
        if (depth == 0) {
            return leaf(random, type);
        }
        int choice = random.nextInt(8);
        if (choice == 0) {
            return leaf(random, type);
        }
        if (choice == 1) {
            return when(expression(random, BOOL, depth - 1))
                    .then(expression(random, type, depth - 1))
                    .otherwise(expression(random, type, depth - 1));
        }
        if (choice == 2) {
            return expression(random, type, depth - 1).orElse(expression(random, type, depth - 1));
        }
        if (choice == 3 && !type.equals(BOOL)) {
            DataType from = List.of(INT64, TEXT, BOOL).get(random.nextInt(3));
            return expression(random, from, depth - 1).cast(type);
        }
        if (type.equals(INT64) || type.equals(FLOAT64)) {
            return number(random, type, depth - 1, choice);
        }
        return type.equals(TEXT) ? text(random, depth - 1, choice) : truth(random, depth - 1, choice);
    }

    private static Expr number(Random random, DataType type, int depth, int choice) {
        Expr left = expression(random, type, depth);
        Expr right = expression(random, type, depth);
        return switch (choice) {
            case 4 -> left.plus(right);
            case 5 -> left.times(right);
            case 6 -> type.equals(FLOAT64) ? left.dividedBy(right) : left.mod(right);
            default -> left.minus(right).abs();
        };
    }

    private static Expr text(Random random, int depth, int choice) {
        Expr input = expression(random, TEXT, depth);
        return switch (choice) {
            case 4 -> input.text().upper();
            case 5 -> input.text().concat(expression(random, TEXT, depth));
            case 6 -> input.text().after(" ");
            default -> input.text().replace("7", expression(random, TEXT, depth));
        };
    }

    private static Expr truth(Random random, int depth, int choice) {
        DataType type = List.of(INT64, FLOAT64, TEXT, BOOL).get(random.nextInt(4));
        Expr left = expression(random, type, depth);
        return switch (choice) {
            case 3 -> expression(random, BOOL, depth).not();
            case 4 -> expression(random, BOOL, depth).and(expression(random, BOOL, depth));
            case 5 -> expression(random, BOOL, depth).or(expression(random, BOOL, depth));
            case 6 -> left.in(expression(random, type, depth), expression(random, type, depth));
            default ->
                random.nextBoolean()
                        ? left.lt(expression(random, type, depth))
                        : left.eq(expression(random, type, depth));
        };
    }

    private static Expr leaf(Random random, DataType type) {
        boolean column = random.nextInt(3) > 0;
        if (type.equals(INT64)) {
            return column
                    ? col("i")
                    : lit(WHOLE.get(random.nextInt(WHOLE.size()))).cast(INT64);
        }
        if (type.equals(FLOAT64)) {
            return column
                    ? col("f")
                    : lit(REAL.get(random.nextInt(REAL.size()))).cast(FLOAT64);
        }
        if (type.equals(TEXT)) {
            return column
                    ? col("t")
                    : lit(TEXTS.get(random.nextInt(TEXTS.size()))).cast(TEXT);
        }
        return column ? col("b") : lit(random.nextBoolean());
    }
}
