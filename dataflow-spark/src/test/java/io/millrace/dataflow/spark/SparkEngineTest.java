package io.millrace.dataflow.spark;

import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Engine;
import io.millrace.dataflow.testing.EngineContract;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class SparkEngineTest implements EngineContract {
    private final SparkEngine engine = SparkEngine.on(TestSession.session());

    @Override
    public Engine engine() {
        return engine;
    }

    @Test
    void theRowsOfEachOperatorAreNotCountedAndNothingIsRun() {
        assertThatThrownBy(() -> rows("x").of(1, 2).explainRun(engine())).hasMessage("""
                        UNSUPPORTED_BY_ENGINE: Cannot say how many rows each operator gives: the engine 'spark' does not count them
                          Run the dataflow on the local engine""");
    }
}
