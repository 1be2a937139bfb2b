package io.millrace.cli;

import io.millrace.automl.RunnerProvider;
import io.millrace.automl.TrialRunner;
import io.millrace.automl.local.LocalTrials;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.source.Credential;
import io.millrace.dataflow.source.SasToken;
import java.util.function.Consumer;

/** The engine and the trials in this process. */
record LocalRunning(LocalEngine engine, RunnerProvider.Concurrency concurrency) implements RunnerProvider.Running {
    static LocalRunning start(RunnerProvider.Settings settings) {
        LocalEngine engine = LocalEngine.create();
        for (String name : settings.credentials().names()) {
            SasToken token =
                    settings.credentials().resolve(Credential.named(name)).orElseThrow();
            engine = engine.credential(name, token);
        }
        return new LocalRunning(engine, settings.concurrency());
    }

    @Override
    public TrialRunner trials(Consumer<String> note) {
        LocalTrials trials = LocalTrials.on(engine);
        return concurrency instanceof RunnerProvider.Concurrency.Of some ? trials.concurrency(some.fits()) : trials;
    }

    @Override
    public void close() {
        engine.close();
    }
}
