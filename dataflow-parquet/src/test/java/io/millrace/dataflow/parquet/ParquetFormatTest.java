package io.millrace.dataflow.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.format.ErrorCells;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.output.Output;
import io.millrace.dataflow.output.OutputFiles;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Table;
import io.millrace.dataflow.testing.NestedRows;
import io.millrace.dataflow.testing.Rows;
import io.millrace.dataflow.testing.TableAssert;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are written to Parquet and read are the same rows. */
class ParquetFormatTest {
    private final LocalEngine engine = LocalEngine.create();

    @Property(tries = 150, seed = "12")
    void writtenRowsAreReadAgain(@ForAll("nested") NestedRows rows) throws IOException {
        check(rows, Output::parquet, Dataflow::readParquet);
    }

    @Test
    void onlyTheColumnsThatAreAskedForAreReadAndRowsAreCountedWithoutAny(@TempDir Path directory) {
        String path = directory.resolve("a.parquet").toString();
        Rows.rows("id", "name").of(1, "crow", 2, null, 3, "x").write(engine, Output.to(path));
        Dataflow read = Dataflow.readParquet(path);

        assertThat(read.count(engine)).isEqualTo(3);
        TableAssert.assertThat(read.select("name").collect(engine)).hasValues("crow", null, "x");
        TableAssert.assertThat(read.filter(Expr.col("id").gt(2)).collect(engine))
                .hasColumns("id", "name")
                .hasRows(Rows.row(3, "x"));
    }

    @Test
    void aFileThatIsNotParquetIsNamed(@TempDir Path directory) throws IOException {
        Path path = Files.writeString(directory.resolve("a.parquet"), "not of that format at all");

        assertThatThrownBy(() -> Dataflow.readParquet(path.toString()).collect(engine))
                .hasMessage(
                        "DAMAGED_FILE: Cannot read " + path + ": it is not a Parquet file, or is cut off or damaged");
    }

    @Test
    void aRunThatFailsLeavesNoFile(@TempDir Path directory) {
        Path path = directory.resolve("a.parquet");
        Dataflow wrong = Rows.rows("a").of("x").withColumn("n", Expr.col("a").cast(DataTypes.INT64));

        assertThatThrownBy(() -> wrong.write(engine, Output.to(path.toString()).errors(ErrorCells.FAIL)))
                .hasMessageStartingWith("TOO_MANY_ERRORS: Cannot write '" + path + "'");
        assertThat(directory).isEmptyDirectory();
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
