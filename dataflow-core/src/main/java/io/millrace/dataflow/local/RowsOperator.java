package io.millrace.dataflow.local;

import io.millrace.dataflow.kernel.RowProgram;
import io.millrace.dataflow.table.Batch;
import org.apache.arrow.memory.BufferAllocator;

/** Runs a chain of row-wise operators. */
final class RowsOperator extends SingleInput {
    private final RowProgram program;
    private final BufferAllocator allocator;

    RowsOperator(RowProgram program, Run run) {
        this.program = program;
        this.allocator = run.allocator();
    }

    @Override
    public Batch next() {
        return program.run(take(), allocator);
    }
}
