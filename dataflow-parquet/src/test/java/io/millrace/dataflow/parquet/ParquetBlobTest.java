package io.millrace.dataflow.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.output.Output;
import io.millrace.dataflow.testing.AzuriteRequired;
import io.millrace.dataflow.testing.AzuriteServer;
import io.millrace.dataflow.testing.Rows;
import io.millrace.dataflow.testing.TableAssert;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("azurite")
@ExtendWith(AzuriteRequired.class)
class ParquetBlobTest {
    @Test
    void rowsAreWrittenToABlobAndReadAgain(AzuriteServer azurite) {
        azurite.privateContainer("output-parquet");
        String url = azurite.url("output-parquet", "a.parquet");
        try (LocalEngine engine = LocalEngine.create()) {
            Rows.rows("id", "name")
                    .of(1, "crow", 2, null)
                    .write(engine, Output.to(url + "?" + azurite.sas("output-parquet", "w")));

            Dataflow read = Dataflow.readParquet(url + "?" + azurite.sas("output-parquet", "r"));
            TableAssert.assertThat(read.collect(engine)).hasRows(Rows.row(1, "crow"), Rows.row(2, null));
        }
        assertThat(azurite.uncommittedBlocks("output-parquet", "a.parquet")).isZero();
    }
}
