package io.millrace.dataflow.parquet;

import io.millrace.dataflow.Engine;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.testing.ParquetContract;
import org.junit.jupiter.api.AfterEach;

class LocalParquetTest implements ParquetContract {
    private final LocalEngine engine = LocalEngine.create().threads(2);

    @AfterEach
    void close() {
        engine.close();
    }

    @Override
    public Engine engine() {
        return engine;
    }
}
