package io.millrace.dataflow.local;

import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gives the batches of a stream, which it closes. */
final class StreamOperator implements BatchOperator {
    private final BatchStream stream;
    private @Nullable Batch pending;
    private boolean ended;

    StreamOperator(BatchStream stream) {
        this.stream = stream;
    }

    @Override
    public int wants() {
        if (pending == null && !ended) {
            pending = stream.next();
            ended = pending == null;
        }
        return pending != null ? READY : DONE;
    }

    @Override
    public void accept(int input, Batch batch) {
        throw new IllegalStateException("no inputs");
    }

    @Override
    public void end(int input) {
        throw new IllegalStateException("no inputs");
    }

    @Override
    public Batch next() {
        Batch batch = Objects.requireNonNull(pending);
        pending = null;
        return batch;
    }

    @Override
    public void close() {
        ended = true;
        if (pending != null) {
            next().close();
        }
        stream.close();
    }
}
