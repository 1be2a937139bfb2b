package io.millrace.dataflow.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.output.Output;
import io.millrace.dataflow.output.OutputFiles;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Table;
import io.millrace.dataflow.testing.NestedRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/** Rows that are written to Parquet and read are the same rows. */
class ParquetLawsTest {
    private final LocalEngine engine = LocalEngine.create();

    @Property(tries = 150, seed = "12")
    void writtenRowsAreReadAgain(@ForAll("nested") NestedRows rows) throws IOException {
        check(rows, Output::parquet, Dataflow::readParquet);
    }

    @Provide
    Arbitrary<NestedRows> nested() {
        return NestedRows.any();
    }

    private void check(
            NestedRows rows,
            java.util.function.Function<String, Output> output,
            java.util.function.Function<String, Dataflow> reader)
            throws IOException {
        Path file = Files.createTempFile("millrace", ".rows");
        try {
            try (RootAllocator allocator = new RootAllocator();
                    Batch batch = rows.batch(allocator);
                    OutputFiles files = OutputFiles.open(rows.schema(), List.of(output.apply(file.toString())))) {
                files.write(batch);
                files.commit();
            }
            try (Table table = reader.apply(file.toString()).collect(engine)) {
                Schema schema = table.schema();
                List<List<@Nullable Object>> read = table.rows();
                assertThat(schema.names()).isEqualTo(rows.schema().names());
                assertThat(NestedRows.printed(read)).isEqualTo(NestedRows.printed(rows.rows()));
                assertThat(table.errors()).isEmpty();
            }
        } finally {
            Files.delete(file);
        }
    }
}
