package io.millrace.dataflow.parquet;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.output.Output;
import io.millrace.dataflow.testing.NestedRows;
import io.millrace.dataflow.testing.WrittenRows;
import java.io.IOException;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Rows that are written to Parquet and read are the same rows. */
class ParquetLawsTest {
    private final LocalEngine engine = LocalEngine.create();

    @Property(tries = 150, seed = "12")
    void writtenRowsAreReadAgain(@ForAll("nested") NestedRows rows) throws IOException {
        WrittenRows.assertReadAgain(rows, Output::parquet, Dataflow::readParquet, engine);
    }

    @Provide
    Arbitrary<NestedRows> nested() {
        return NestedRows.any();
    }
}
