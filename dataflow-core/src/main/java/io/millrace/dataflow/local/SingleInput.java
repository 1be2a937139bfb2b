package io.millrace.dataflow.local;

import io.millrace.dataflow.table.Batch;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An operator that makes of each batch of its one input one batch, and holds nothing else. */
abstract class SingleInput implements BatchOperator {
    private @Nullable Batch pending;
    private boolean ended;

    @Override
    public int wants() {
        return pending != null ? READY : ended ? DONE : 0;
    }

    @Override
    public final void accept(int input, Batch batch) {
        pending = batch;
    }

    @Override
    public final void end(int input) {
        ended = true;
    }

    /** The batch that waits, which the caller takes over. */
    final Batch take() {
        Batch batch = Objects.requireNonNull(pending);
        pending = null;
        return batch;
    }

    @Override
    public void close() {
        if (pending != null) {
            take().close();
        }
    }
}
