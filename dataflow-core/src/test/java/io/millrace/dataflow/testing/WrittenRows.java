package io.millrace.dataflow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.output.Output;
import io.millrace.dataflow.output.OutputFiles;
import io.millrace.dataflow.output.Writing;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.apache.arrow.memory.RootAllocator;

/** The law of every format that can be written: what is written is what is read. */
public final class WrittenRows {
    private WrittenRows() {}

    /**
     * Writes rows to a file, reads it again and asserts that the columns and rows are the same.
     *
     * @param output the file to write, by its path
     * @param reader the dataflow that reads it, by its path
     */
    public static void assertReadAgain(
            NestedRows rows, Function<String, Output> output, Function<String, Dataflow> reader, Engine engine)
            throws IOException {
        Path file = Files.createTempFile("millrace", ".rows");
        try {
            try (RootAllocator allocator = new RootAllocator();
                    Batch batch = rows.batch(allocator);
                    OutputFiles files =
                            OutputFiles.open(rows.schema(), List.of(output.apply(file.toString())), Writing.plain())) {
                files.write(batch);
                files.commit();
            }
            try (Table table = reader.apply(file.toString()).collect(engine)) {
                assertThat(table.schema().names()).isEqualTo(rows.schema().names());
                assertThat(NestedRows.printed(table.rows())).isEqualTo(NestedRows.printed(rows.rows()));
                assertThat(table.errors()).isEmpty();
            }
        } finally {
            Files.delete(file);
        }
    }
}
