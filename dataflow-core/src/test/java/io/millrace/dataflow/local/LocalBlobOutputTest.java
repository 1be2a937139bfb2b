package io.millrace.dataflow.local;

import io.millrace.dataflow.Engine;
import io.millrace.dataflow.source.SasToken;
import io.millrace.dataflow.testing.AzuriteRequired;
import io.millrace.dataflow.testing.AzuriteServer;
import io.millrace.dataflow.testing.BlobOutputContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("azurite")
@ExtendWith(AzuriteRequired.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalBlobOutputTest implements BlobOutputContract {
    private final AzuriteServer azurite;
    private final LocalEngine engine;

    LocalBlobOutputTest(AzuriteServer azurite) {
        this.azurite = azurite.privateContainer(container());
        this.engine = LocalEngine.create().threads(2).credential("lake", SasToken.of(azurite.sas(container(), "w")));
    }

    @AfterAll
    void close() {
        engine.close();
    }

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public AzuriteServer azurite() {
        return azurite;
    }

    @Override
    public String container() {
        return "output-local";
    }
}
