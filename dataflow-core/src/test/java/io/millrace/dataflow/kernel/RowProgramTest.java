package io.millrace.dataflow.kernel;

import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.plan.Function;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
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
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RowProgramTest {
    private static final Schema SCHEMA = Schema.of(Field.optional("n", INT64), Field.optional("t", TEXT));
    private static final TypedExpr N = new TypedExpr.Input(0, INT64, true);
    private static final TypedExpr T = new TypedExpr.Input(1, TEXT, true);

    private final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void nothingStaysAllocated() {
        assertThat(allocator.getAllocatedMemory()).isZero();
        allocator.close();
    }

    @Test
    void anEmptyProgramPassesTheBatchOn() {
        RowProgram program = RowProgram.of(SCHEMA, List.of());

        try (Batch result = program.run(batch(), allocator)) {
            assertThat(rows(result)).containsExactly(row(1L, "a"), row(null, "b"), row(Long.MAX_VALUE, null));
        }
    }

    @Test
    void columnsThatNothingChangesAreNotCopied() {
        RowProgram program = RowProgram.of(SCHEMA, List.of(project(T, N)));
        Batch input = batch();
        Cells numbers = input.cells(0);

        try (Batch result = program.run(input, allocator)) {
            assertThat(result.cells(1)).isSameAs(numbers);
        }
    }

    @Test
    void aColumnMayBeUsedTwice() {
        RowProgram program = RowProgram.of(SCHEMA, List.of(project(N, N)));

        try (Batch result = program.run(batch(), allocator)) {
            assertThat(rows(result)).containsExactly(row(1L, 1L), row(null, null), row(Long.MAX_VALUE, Long.MAX_VALUE));
        }
    }

    @Test
    void constantsAreRepeatedForEveryRow() {
        RowProgram program = RowProgram.of(
                SCHEMA, List.of(project(constant("x", TEXT), constant(null, INT64), add(constant(1L, INT64), N))));

        try (Batch result = program.run(batch(), allocator)) {
            assertThat(rows(result)).containsExactly(row("x", null, 2L), row("x", null, null), row("x", null, null));
        }
    }

    @Test
    void filterKeepsRowsWhosePredicateIsTrueWithTheirPositions() {
        RowProgram program = RowProgram.of(SCHEMA, List.of(filter(call(Function.IS_NOT_NULL, BOOL, N)), project(T, N)));

        try (Batch result = program.run(batch(), allocator)) {
            assertThat(rows(result)).containsExactly(row("a", 1L), row(null, Long.MAX_VALUE));
            assertThat(result.positions().orElseThrow().record(1)).isEqualTo(12);
        }
    }

    @Test
    void aConstantPredicateKeepsAllRowsOrNone() {
        RowProgram none = RowProgram.of(SCHEMA, List.of(filter(constant(false, BOOL)), project(add(N, N))));
        RowProgram all = RowProgram.of(SCHEMA, List.of(filter(constant(true, BOOL)), project(T)));

        try (Batch empty = none.run(batch(), allocator);
                Batch full = all.run(batch(), allocator)) {
            assertThat(rows(empty)).isEmpty();
            assertThat(rows(full)).hasSize(3);
        }
    }

    @Test
    void anErrorCarriesFileRecordAndStep() {
        RowProgram program = RowProgram.of(
                SCHEMA, List.of(filter(call(Function.IS_NOT_NULL, BOOL, N)), project(add(N, constant(1L, INT64)))));

        try (Batch result = program.run(batch(), allocator)) {
            assertThat(rows(result)).containsExactly(row(2L), row((Object) null));
            assertThat(result.cells(0).errors().at(1))
                    .isEqualTo(Optional.of(
                            new CellError(CellError.Code.OVERFLOW, "9223372036854775807 + 1", "a.csv", 12, "step 2")));
        }
    }

    @Test
    void errorsOfBranchesNotTakenDoNotMatter() {
        TypedExpr choice = new TypedExpr.Case(
                List.of(new TypedExpr.Case.Branch(
                        call(Function.LT, BOOL, N, constant(10L, INT64)), add(N, constant(1L, INT64)))),
                Optional.of(constant(-1L, INT64)),
                INT64,
                true);
        RowProgram program = RowProgram.of(SCHEMA, List.of(project(choice)));

        try (Batch result = program.run(batch(), allocator)) {
            assertThat(rows(result)).containsExactly(row(2L), row(-1L), row(-1L));
            assertThat(result.cells(0).errors().isEmpty()).isTrue();
        }
    }

    @Test
    void whatNoResultNeedsIsNotComputed() {
        BufferAllocator small = allocator.newChildAllocator("small", 0, 1 << 20);
        RowProgram program = RowProgram.of(
                SCHEMA,
                List.of(project(N, new TypedExpr.Cast(T, INT64)), project(new TypedExpr.Input(0, INT64, true))));

        try (Batch result = program.run(batch(), small)) {
            assertThat(small.getPeakMemoryAllocation()).isZero();
            assertThat(rows(result)).hasSize(3);
        }
        small.close();
    }

    @Test
    void aDeepExpressionAndALongChainNeedNoStack() {
        TypedExpr deep = N;
        for (int i = 0; i < 20_000; i++) {
            deep = add(deep, constant(0L, INT64));
        }
        List<RowProgram.Instruction> chain = new ArrayList<>();
        chain.add(project(deep));
        for (int i = 0; i < 2_000; i++) {
            chain.add(filter(constant(true, BOOL)));
            chain.add(project(new TypedExpr.Input(0, INT64, true)));
        }
        RowProgram program = RowProgram.of(SCHEMA, chain);

        try (Batch result = program.run(batch(), allocator)) {
            assertThat(rows(result)).containsExactly(row(1L), row((Object) null), row(Long.MAX_VALUE));
        }
    }

    @Test
    void memoryIsFreedWhenAKernelFails() {
        RowProgram program =
                RowProgram.of(SCHEMA, List.of(project(add(N, N), call(Function.UPPER, TEXT, T), constant("x", TEXT))));
        for (int limit = 0; limit < 4096; limit += 64) {
            BufferAllocator small = allocator.newChildAllocator("small", 0, limit);
            try (Batch result = program.run(batch(), small)) {
                assertThat(result.rowCount()).isEqualTo(3);
            } catch (OutOfMemoryException expected) {
                assertThat(small.getAllocatedMemory()).isZero();
            }
            small.close();
        }
    }

    @Test
    void everyCastThatTypesAllowHasAKernelAndNoOther() {
        List<DataType> types = List.of(
                BOOL,
                INT64,
                DataTypes.FLOAT64,
                DataTypes.decimal(10, 2),
                TEXT,
                DataTypes.DATE,
                DataTypes.TIMESTAMP,
                DataTypes.BINARY,
                DataTypes.listOf(INT64),
                DataTypes.struct(Field.optional("a", INT64)));
        for (DataType from : types) {
            for (DataType to : types) {
                Schema schema = Schema.of(Field.optional("x", from));
                RowProgram.Instruction cast = project(new TypedExpr.Cast(new TypedExpr.Input(0, from, true), to));
                if (from.canBecome(to)) {
                    assertThat(RowProgram.of(schema, List.of(cast))
                                    .schema()
                                    .field(0)
                                    .type())
                            .isEqualTo(to);
                } else {
                    assertThatThrownBy(() -> RowProgram.of(schema, List.of(cast)))
                            .isInstanceOf(DataflowException.class)
                            .hasMessage("TYPE_MISMATCH: Cannot cast " + from + " to " + to);
                }
            }
        }
    }

    private Batch batch() {
        List<Cells> columns = List.of(
                CellValues.of(INT64, Arrays.asList(1L, null, Long.MAX_VALUE), allocator),
                CellValues.of(TEXT, Arrays.asList("a", "b", null), allocator));
        return Batch.of(SCHEMA, columns, 3, Positions.consecutive(List.of("a.csv"), 0, 10, 3));
    }

    private static RowProgram.Instruction project(TypedExpr... columns) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            fields.add(Field.optional("c" + i, columns[i].type()));
        }
        return new RowProgram.Instruction(
                new Operator.Project(Arrays.asList(columns)), Schema.of(fields), "step " + columns.length * 2);
    }

    private static RowProgram.Instruction filter(TypedExpr predicate) {
        return new RowProgram.Instruction(new Operator.Filter(predicate), SCHEMA, "filter");
    }

    private static TypedExpr add(TypedExpr left, TypedExpr right) {
        return call(Function.ADD, INT64, left, right);
    }

    private static TypedExpr call(Function function, DataType type, TypedExpr... arguments) {
        return new TypedExpr.Call(function, Arrays.asList(arguments), type, true);
    }

    private static TypedExpr constant(@Nullable Object value, DataType type) {
        return new TypedExpr.Constant(value, type);
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private static List<List<@Nullable Object>> rows(Batch batch) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (Cells cells : batch.columns()) {
                values.add(cells.value(row));
            }
            rows.add(values);
        }
        return rows;
    }
}
