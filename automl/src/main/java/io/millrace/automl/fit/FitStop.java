package io.millrace.automl.fit;

import io.millrace.automl.learner.StopSignal;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Stops a fit at the time of its order, or abandons it when asked to. Thread-safe. */
public final class FitStop implements StopSignal {
    private final OptionalLong finishByEpochMillis;
    private final BooleanSupplier cancelled;

    private FitStop(OptionalLong finishByEpochMillis, BooleanSupplier cancelled) {
        this.finishByEpochMillis = finishByEpochMillis;
        this.cancelled = cancelled;
    }

    /**
     * The signal for an order.
     *
     * @param cancelled whether the fit is to be abandoned; asked often, from the thread of the fit
     */
    public static FitStop of(FitOrder order, BooleanSupplier cancelled) {
        return new FitStop(order.finishByEpochMillis(), cancelled);
    }

    @Override
    public boolean finishNow() {
        return finishByEpochMillis.isPresent() && System.currentTimeMillis() >= finishByEpochMillis.getAsLong();
    }

    @Override
    public void throwIfCancelled() {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("the fit was abandoned");
        }
    }
}
