package io.millrace.dataflow.testing;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.format.ErrorCells;
import io.millrace.dataflow.output.Output;
import io.millrace.dataflow.output.Written;
import io.millrace.dataflow.schema.DataTypes;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Table;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet, the same from every engine. Runs where {@code dataflow-parquet} is on the class path. */
public interface ParquetContract {
    /** Columns of every type that a literal can have. */
    Schema EVERY_TYPE = Schema.of(
            Field.optional("b", DataTypes.BOOL),
            Field.optional("i", DataTypes.INT64),
            Field.optional("f", DataTypes.FLOAT64),
            Field.optional("m", DataTypes.decimal(38, 10)),
            Field.optional("t", DataTypes.TEXT),
            Field.optional("d", DataTypes.DATE),
            Field.optional("at", DataTypes.TIMESTAMP),
            Field.optional("l", DataTypes.listOf(DataTypes.DATE)),
            Field.optional(
                    "s", DataTypes.struct(Field.optional("n", INT64), Field.optional("x, y: z", DataTypes.TEXT))));

    /** A row of every type, one of other extremes, and one of nulls. */
    List<List<@Nullable Object>> EVERY_VALUE = List.of(
            row(
                    true,
                    Long.MIN_VALUE,
                    Double.NaN,
                    new BigDecimal("1234567890123456789012345678.0123456789"),
                    "Krähe \uD83E\uDDA4",
                    LocalDate.of(1582, 10, 10),
                    Instant.parse("0001-01-01T00:00:00.000001Z"),
                    Arrays.asList(LocalDate.of(2024, 2, 29), null),
                    struct(1, "a")),
            row(
                    false,
                    Long.MAX_VALUE,
                    -0.0,
                    new BigDecimal("-0.0000000001"),
                    "",
                    LocalDate.of(9999, 12, 31),
                    Instant.parse("2024-03-10T02:30:00.999999Z"),
                    List.of(),
                    struct(2, "")),
            Collections.unmodifiableList(Arrays.asList(new @Nullable Object[9])));

    private static Map<String, Object> struct(long number, String text) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("n", number);
        parts.put("x, y: z", text);
        return parts;
    }

    /** The engine under test. */
    Engine engine();

    @Test
    default void rowsOfEveryTypeAreWrittenAndReadAgain(@TempDir Path directory) {
        String path = directory.resolve("a.parquet").toString();

        Written written = Dataflow.rows(EVERY_TYPE, EVERY_VALUE).write(engine(), Output.to(path));

        assertThat(written).isEqualTo(new Written(3, 0));
        try (Table read = Dataflow.readParquet(path).collect(engine())) {
            assertThat(read.schema()).isEqualTo(EVERY_TYPE);
            assertThat(NestedRows.printed(read.rows())).isEqualTo(NestedRows.printed(EVERY_VALUE));
        }
    }

    @Test
    default void filesOfAPatternAreReadInTheOrderOfTheirPathsAndByTheNamesOfColumns(@TempDir Path directory) {
        rows("b", "a").of("x", 2L, "y", 3L).write(engine(), to(directory, "p-2.parquet"));
        rows("a", "b").of(1L, "w").write(engine(), to(directory, "p-1.parquet"));
        Dataflow read = Dataflow.readParquet(directory.resolve("p-*.parquet").toString());

        try (Table table = read.collect(engine());
                Table some = read.filter(col("a").gt(1)).select("b").head(engine(), 1)) {
            TableAssert.assertThat(table).hasColumns("a", "b").hasRows(row(1L, "w"), row(2L, "x"), row(3L, "y"));
            TableAssert.assertThat(some).hasColumns("b").hasRows(row("x"));
        }
        assertThat(read.count(engine())).isEqualTo(3);
    }

    @Test
    default void rowsOfParquetGoThroughSteps(@TempDir Path directory) {
        Dataflow.rows(
                        Schema.of(Field.optional("g", DataTypes.TEXT), Field.optional("x", INT64)),
                        List.of(row("a", 1L), row("b", 2L), row("a", 3L), row(null, 4L)))
                .write(engine(), to(directory, "a.parquet"));

        try (Table sums = Dataflow.readParquet(directory.resolve("a.parquet").toString())
                .groupBy("g")
                .aggregate(Aggregate.sum("x").as("x"))
                .sort("x")
                .collect(engine())) {
            TableAssert.assertThat(sums).hasRows(row("b", 2L), row("a", 4L), row(null, 4L));
        }
    }

    @Test
    default void errorsAreNullsOrAColumnOrTheEndOfTheRun(@TempDir Path directory) {
        Dataflow numbers = rows("t").of("7", "crow").withColumn("n", col("t").cast(INT64));
        numbers.write(
                engine(),
                to(directory, "null.parquet"),
                to(directory, "column.parquet").errors(ErrorCells.IN_COLUMN));

        assertThatThrownBy(() ->
                        numbers.write(engine(), to(directory, "fail.parquet").errors(ErrorCells.FAIL)))
                .hasMessageStartingWith(
                        "TOO_MANY_ERRORS: Cannot write '" + directory.resolve("fail.parquet") + "': column 'n'");
        assertThat(directory.resolve("fail.parquet")).doesNotExist();
        try (Table nulls = read(directory, "null.parquet");
                Table told = read(directory, "column.parquet")) {
            TableAssert.assertThat(nulls).hasRows(row("7", 7L), row("crow", null));
            assertThat(told.row(1))
                    .isEqualTo(row("crow", null, List.of(Map.of("column", "n", "code", "CAST", "text", "crow"))));
        }
    }

    private Table read(Path directory, String name) {
        return Dataflow.readParquet(directory.resolve(name).toString()).collect(engine());
    }

    private static Output to(Path directory, String name) {
        return Output.to(directory.resolve(name).toString());
    }
}
