package io.millrace.dataflow.spark;

import io.millrace.dataflow.Engine;
import io.millrace.dataflow.testing.EngineContract;
import org.junit.jupiter.api.Tag;

@Tag("spark")
class SparkEngineTest implements EngineContract {
    private final SparkEngine engine = SparkEngine.on(TestSession.session());

    @Override
    public Engine engine() {
        return engine;
    }
}
