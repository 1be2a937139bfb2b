package io.millrace.dataflow.spark;

import io.millrace.dataflow.Engine;
import io.millrace.dataflow.source.SasToken;
import io.millrace.dataflow.testing.AzuriteRequired;
import io.millrace.dataflow.testing.AzuriteServer;
import io.millrace.dataflow.testing.BlobOutputContract;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("azurite")
@Tag("spark")
@ExtendWith(AzuriteRequired.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SparkBlobOutputTest implements BlobOutputContract {
    private final AzuriteServer azurite;
    private final SparkEngine engine;

    SparkBlobOutputTest(AzuriteServer azurite) {
        this.azurite = azurite.privateContainer(container());
        this.engine =
                SparkEngine.on(TestSession.session()).credential("lake", SasToken.of(azurite.sas(container(), "w")));
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
        return "output-spark";
    }
}
