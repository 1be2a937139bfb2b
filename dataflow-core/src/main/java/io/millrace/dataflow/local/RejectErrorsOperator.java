package io.millrace.dataflow.local;

import io.millrace.dataflow.kernel.ErrorRows;
import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.output.RejectedErrors;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.RowStep;
import io.millrace.dataflow.table.Batch;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Leaves out the rows with errors, and counts and writes them. */
final class RejectErrorsOperator implements BatchOperator {
    private final List<Integer> columns;
    private final RejectedErrors rejected;
    private final boolean seesAllRows;
    private final BufferAllocator allocator;
    private @Nullable Batch pending;
    private boolean ended;

    RejectErrorsOperator(Operator.RejectErrors reject, String step, Run run) {
        this.columns = reject.columns();
        this.seesAllRows = reject.atMost() != RowStep.RejectErrors.ANY_NUMBER
                || reject.path().isPresent();
        this.rejected = RejectedErrors.of(reject, step);
        this.allocator = run.allocator();
    }

    @Override
    public boolean seesAllRows() {
        return seesAllRows;
    }

    @Override
    public int wants() {
        return pending != null ? READY : ended ? DONE : 0;
    }

    @Override
    public void accept(int input, Batch batch) {
        pending = batch;
    }

    @Override
    public void end(int input) {
        rejected.finish();
        ended = true;
    }

    @Override
    public Batch next() {
        Batch batch = Objects.requireNonNull(pending);
        pending = null;
        int @Nullable [] kept;
        try (Batch errors = ErrorRows.of(batch, columns, allocator)) {
            kept = errors.rowCount() == 0 ? null : ErrorRows.without(batch, columns);
            rejected.add(errors);
        } catch (RuntimeException | Error failure) {
            batch.close();
            throw failure;
        }
        if (kept == null) {
            return batch;
        }
        try (batch) {
            return Gather.rows(batch, kept, allocator);
        }
    }

    @Override
    public void close() {
        Batch last = pending;
        pending = null;
        if (last != null) {
            last.close();
        }
        rejected.close();
    }
}
