package io.millrace.dataflow.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.expr.Expr;
import io.millrace.dataflow.format.ErrorCells;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.output.Output;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.testing.Rows;
import io.millrace.dataflow.testing.TableAssert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFormatTest {
    private final LocalEngine engine = LocalEngine.create();

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
}
