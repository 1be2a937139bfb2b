package io.millrace.automl;

import io.millrace.automl.fit.FitOrder;
import io.millrace.automl.fit.TrainingData;
import io.millrace.dataflow.Engine;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Runs fits as another runner does, after losing each of them some times. */
final class LosingTrials implements TrialRunner {
    private final TrialRunner runner;
    private final int losses;

    LosingTrials(TrialRunner runner, int losses) {
        this.runner = runner;
        this.losses = losses;
    }

    @Override
    public Engine engine() {
        return runner.engine();
    }

    @Override
    public int concurrency() {
        return runner.concurrency();
    }

    @Override
    public Session open(TrainingData data) {
        Session session = runner.open(data);
        Map<String, Integer> lost = new HashMap<>();
        return new Session() {
            @Override
            public CompletableFuture<byte[]> submit(FitOrder order) {
                return lost.merge(order.trial() + "/" + order.fold(), 1, Integer::sum) <= losses
                        ? CompletableFuture.failedFuture(new IllegalStateException("the machine is gone"))
                        : session.submit(order);
            }

            @Override
            public void close() {
                session.close();
            }
        };
    }
}
