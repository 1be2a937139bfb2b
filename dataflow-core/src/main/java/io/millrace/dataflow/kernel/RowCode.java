package io.millrace.dataflow.kernel;

import io.millrace.dataflow.schema.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled {@link RowProgram}: operations over numbered registers that hold columns. The first registers are the
 * columns of the input; every other one is written once.
 *
 * @param registers the number of registers
 * @param inputs the registers of input columns that something reads
 * @param outputs the register of each column of the result
 * @param constants which registers hold one row that stands for all
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and never changed once made
record RowCode(int registers, int[] inputs, List<Operation> operations, int[] outputs, boolean[] constants) {

    /** One thing to do. */
    sealed interface Operation {
        /** The registers that nothing reads afterwards. */
        int[] dying();
    }

    /** Puts a value in a register. */
    record Load(int target, DataType type, @Nullable Object value, int[] dying) implements Operation {}

    /** Runs a kernel. */
    record Apply(int target, DataType type, Kernel kernel, int[] arguments, String step, int[] dying)
            implements Operation {}

    /**
     * Keeps the rows for which the predicate is true, in the registers that something reads afterwards.
     *
     * @param instruction the number of the filter among the instructions
     */
    record Keep(int instruction, int predicate, int[] live, int[] dying) implements Operation {}
}
