package io.millrace.dataflow.local;

import io.millrace.dataflow.kernel.RowProgram;
import io.millrace.dataflow.table.Batch;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;

/** Runs a chain of row-wise operators. */
final class RowsOperator extends SingleInput {
    private final RowProgram program;
    private final BufferAllocator allocator;
    private final long[] tally;

    RowsOperator(RowProgram program, Run run) {
        this.program = program;
        this.tally = new long[program.instructions().size() + 1];
        this.allocator = run.allocator();
    }

    @Override
    public Batch next() {
        return program.run(take(), allocator, tally);
    }

    @Override
    public long[] rowsWithin() {
        return Arrays.copyOfRange(tally, 1, tally.length);
    }
}
