package io.millrace.dataflow.kernel;

import io.millrace.dataflow.expr.UserFunction;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A chain of row-wise operators, run as one loop over kernels. Columns that nothing changes are passed on without a
 * copy, and what no result needs is not computed. Immutable and thread-safe.
 */
public final class RowProgram {
    private static final long[] NO_TALLY = new long[0];

    private final Schema inputSchema;
    private final List<Instruction> instructions;
    private final RowCode code;

    private RowProgram(Schema inputSchema, List<Instruction> instructions) {
        this.inputSchema = inputSchema;
        this.instructions = instructions;
        this.code = RowCompiler.compile(inputSchema, instructions);
    }

    /** The program that runs {@code instructions} one after the other; none at all passes every batch on. */
    public static RowProgram of(Schema input, List<Instruction> instructions) {
        return new RowProgram(Objects.requireNonNull(input, "input"), List.copyOf(instructions));
    }

    /** The columns of the batches it takes. */
    public Schema inputSchema() {
        return inputSchema;
    }

    /** The columns of the batches it gives. */
    public Schema schema() {
        return instructions.isEmpty()
                ? inputSchema
                : instructions.get(instructions.size() - 1).schema();
    }

    /** What it runs, in order. */
    public List<Instruction> instructions() {
        return instructions;
    }

    /** The user functions it calls. */
    public List<UserFunction> userFunctions() {
        return UserCalls.of(instructions);
    }

    /**
     * Runs over the rows of one batch. Takes over the batch, also when it throws, and gives another one. Never changes
     * the order of rows; the batch may come out with no rows.
     *
     * @param input a batch whose columns have the types of the input schema
     */
    public Batch run(Batch input, BufferAllocator allocator) {
        return run(input, allocator, NO_TALLY);
    }

    /**
     * As {@link #run(Batch, BufferAllocator)}, and counts the rows.
     *
     * @param tally gets the rows of {@code input} added to its first number, and to each further one those that the
     *     instruction of that number, from 1, gave
     */
    public Batch run(Batch input, BufferAllocator allocator, long[] tally) {
        try (RowRun run = new RowRun(code, input, allocator, tally)) {
            return run.result(schema());
        }
    }

    /**
     * One operator of a program.
     *
     * @param operator a {@link Operator.Project} or a {@link Operator.Filter}
     * @param schema the columns it gives
     * @param text the step as {@code explain} shows it, for the errors it makes
     */
    public record Instruction(Operator operator, Schema schema, String text) {
        public Instruction {
            Objects.requireNonNull(schema, "schema");
            Objects.requireNonNull(text, "text");
            if (!(operator instanceof Operator.Project || operator instanceof Operator.Filter)) {
                throw new IllegalArgumentException("not a row-wise operator: " + operator);
            }
        }
    }
}
