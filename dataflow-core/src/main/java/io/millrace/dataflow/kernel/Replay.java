package io.millrace.dataflow.kernel;

import static java.util.Objects.requireNonNull;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.expr.Literals;
import io.millrace.dataflow.kernel.RowProgram.Instruction;
import io.millrace.dataflow.plan.Binder;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.plan.Step;
import io.millrace.dataflow.plan.TypedExpr;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Row-wise steps that were bound once and are run again over rows from elsewhere: a batch whose columns may stand in
 * another order and have other types, or one row of Java values. Columns are found by name; a value of another type is
 * converted as a cast does, and what does not fit is an error value. Immutable and thread-safe.
 */
public final class Replay {
    /** Conversions are compiled once for each combination of types that rows come in, up to this many. */
    private static final int MOST_CONVERSIONS = 64;

    private final Schema input;
    private final RowProgram program;
    private final Map<List<DataType>, RowProgram> conversions = new ConcurrentHashMap<>();

    private Replay(Schema input, RowProgram program) {
        this.input = input;
        this.program = program;
    }

    /**
     * What is done with the rows while they are held.
     *
     * @param <R> the result
     */
    @FunctionalInterface
    public interface Use<R> {
        /** Reads {@code converted}, the rows with the input schema, and {@code result}, the rows after all steps. */
        R apply(Batch converted, Batch result);
    }

    /**
     * Binds row-wise steps.
     *
     * @throws DataflowException if a step does not fit the columns before it
     */
    public static Replay of(Schema input, List<Step> steps) {
        List<Instruction> instructions = new ArrayList<>();
        for (Plan.Stage stage : Binder.bindRows(input, steps)) {
            instructions.add(new Instruction(stage.operator(), stage.schema(), stage.text()));
        }
        return new Replay(input, RowProgram.of(input, instructions));
    }

    /** The columns that rows must have. */
    public Schema inputSchema() {
        return input;
    }

    /** The columns after all steps. */
    public Schema schema() {
        return program.schema();
    }

    /**
     * Runs over the rows of a batch, which stays the caller's. It must have the columns of the input schema; further
     * ones are not looked at.
     */
    public <R> R run(Batch batch, Use<R> use) {
        try (BufferAllocator allocator = new RootAllocator()) {
            List<Cells> picked = new ArrayList<>();
            for (Field field : input.fields()) {
                picked.add(batch.cells(batch.schema().position(field.name(), "scoring")));
            }
            picked.forEach(Cells::retain);
            return run(picked, batch, allocator, use);
        }
    }

    /** Runs over rows of Java values, each in the order and of the types of the input schema. */
    public <R> R run(List<List<@Nullable Object>> rows, Use<R> use) {
        try (BufferAllocator allocator = new RootAllocator()) {
            List<Cells> columns = new ArrayList<>();
            try {
                for (int column = 0; column < input.size(); column++) {
                    List<@Nullable Object> values = new ArrayList<>(rows.size());
                    for (List<@Nullable Object> row : rows) {
                        values.add(row.get(column));
                    }
                    columns.add(CellValues.of(input.field(column).type(), values, allocator));
                }
            } catch (RuntimeException | Error failure) {
                columns.forEach(Cells::close);
                throw failure;
            }
            return use(Batch.of(input, columns, rows.size(), null), allocator, use);
        }
    }

    /**
     * Runs over one row: for each column of the input schema a value, of any class that {@link Literals} takes.
     *
     * @throws DataflowException {@code INVALID_ARGUMENT} for a value of another class
     */
    public <R> R run(Map<String, ? extends @Nullable Object> row, Use<R> use) {
        try (BufferAllocator allocator = new RootAllocator()) {
            List<Cells> columns = new ArrayList<>();
            try {
                for (Field field : input.fields()) {
                    Object value = normalised(field.name(), row.get(field.name()));
                    boolean fits = value == null || (field.type() instanceof DataType.Float64 && value instanceof Long);
                    DataType type = fits ? field.type() : Literals.type(value).orElse(field.type());
                    columns.add(CellValues.of(type, Collections.singletonList(value), allocator));
                }
            } catch (RuntimeException | Error failure) {
                columns.forEach(Cells::close);
                throw failure;
            }
            return run(columns, Batch.of(Schema.of(List.of()), List.of(), 1, null), allocator, use);
        }
    }

    private static @Nullable Object normalised(String column, @Nullable Object value) {
        try {
            return Literals.normalised(value);
        } catch (IllegalArgumentException unknownClass) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot score a row whose column '" + column + "' holds a "
                            + requireNonNull(value).getClass().getName(),
                    "Give a boolean, number, text, LocalDate, Instant or byte[]");
        }
    }

    /** Converts columns that come in the order of the input schema. Takes over {@code columns}. */
    private <R> R run(List<Cells> columns, Batch rows, BufferAllocator allocator, Use<R> use) {
        List<DataType> types = columns.stream().map(Cells::type).toList();
        List<Field> fields = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            fields.add(Field.optional(input.field(column).name(), types.get(column)));
        }
        Schema found = Schema.of(fields);
        Batch batch = Batch.of(found, columns, rows.rowCount(), rows.positions().orElse(null));
        boolean same = types.equals(input.fields().stream().map(Field::type).toList());
        return use(same ? batch : conversion(found, types).run(batch, allocator), allocator, use);
    }

    private <R> R use(Batch converted, BufferAllocator allocator, Use<R> use) {
        try (converted) {
            List<Cells> held = converted.columns();
            held.forEach(Cells::retain);
            Batch again = Batch.of(
                    input, held, converted.rowCount(), converted.positions().orElse(null));
            try (Batch result = program.run(again, allocator)) {
                return use.apply(converted, result);
            }
        }
    }

    private RowProgram conversion(Schema found, List<DataType> types) {
        RowProgram known = conversions.get(types);
        if (known != null) {
            return known;
        }
        List<TypedExpr> columns = new ArrayList<>();
        for (int column = 0; column < types.size(); column++) {
            DataType to = input.field(column).type();
            TypedExpr value = new TypedExpr.Input(column, types.get(column), true);
            columns.add(types.get(column).equals(to) ? value : converted(value, to));
        }
        RowProgram compiled =
                RowProgram.of(found, List.of(new Instruction(new Operator.Project(columns), input, "scoring")));
        if (conversions.size() < MOST_CONVERSIONS) {
            conversions.put(types, compiled);
        }
        return compiled;
    }

    /** A cast; by way of text where no value of one type has a counterpart in the other, so that each is an error value. */
    private static TypedExpr converted(TypedExpr value, DataType to) {
        if (Casts.exists(value.type(), to)) {
            return new TypedExpr.Cast(value, to);
        }
        return new TypedExpr.Cast(new TypedExpr.Cast(value, DataTypes.TEXT), to);
    }
}
