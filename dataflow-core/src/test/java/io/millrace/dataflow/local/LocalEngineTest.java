package io.millrace.dataflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Engine;
import io.millrace.dataflow.testing.EngineContract;
import org.junit.jupiter.api.AfterEach;

class LocalEngineTest implements EngineContract {
    private final LocalEngine engine = LocalEngine.create().threads(2);

    @Override
    public Engine engine() {
        return engine;
    }

    @AfterEach
    void nothingStaysAllocated() {
        assertThat(engine.memoryHeld()).isZero();
    }
}
