package io.millrace.dataflow.execution;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request to stop, shared by everything that works on one run. Thread-safe; once cancelled, it stays so. */
public final class Cancellation {
    private final List<Runnable> listeners = new ArrayList<>();
    private volatile @Nullable String reason;

    private Cancellation() {}

    /** A token that is not cancelled. */
    public static Cancellation create() {
        return new Cancellation();
    }

    /** Asks to stop. The first reason given is kept. Listeners run on the calling thread, once. */
    public void cancel(String why) {
        List<Runnable> toRun;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
            toRun = List.copyOf(listeners);
            listeners.clear();
        }
        toRun.forEach(Runnable::run);
    }

    /** Whether somebody asked to stop. */
    public boolean isCancelled() {
        return reason != null;
    }

    /**
     * Returns when nobody asked to stop. Long loops call it every few thousand rows.
     *
     * @throws DataflowException {@code CANCELLED}
     */
    public void check() {
        String why = reason;
        if (why != null) {
            throw DataflowException.of(ErrorCode.CANCELLED, "Cannot go on: " + why);
        }
    }

    /** Runs {@code listener} when cancelled, at once if that has happened. */
    public void onCancel(Runnable listener) {
        synchronized (this) {
            if (reason == null) {
                listeners.add(listener);
                return;
            }
        }
        listener.run();
    }
}
