package io.millrace.dataflow.spark;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class SparkFailureTest {
    private final SparkEngine engine = SparkEngine.on(TestSession.session());

    @Test
    void theErrorOfATaskIsTheErrorOfTheRun(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("a.csv");
        Files.writeString(file, "a,b\n1,2\n3\n");
        Schema schema = Schema.of(Field.optional("a", INT64), Field.optional("b", INT64));
        Dataflow dataflow = Dataflow.readCsv(file.toString(), csv -> csv.schema(schema));
        String message = """
                MALFORMED_ROW: Cannot read record 2 of %s: it has 1 cell where the header has 2
                  The record begins on line 3
                  Check the delimiter and the quote, or set csv.errors(...) to keep or drop such records""".formatted(file);

        assertThatThrownBy(() -> dataflow.collect(engine))
                .isInstanceOf(DataflowException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> dataflow.sort("a").collect(engine)).hasMessage(message);
    }

    @Test
    void aMissingFileIsAnErrorBeforeAnyJob(@TempDir Path directory) {
        Path file = directory.resolve("none.csv");
        Schema schema = Schema.of(Field.optional("a", INT64));

        assertThatThrownBy(() -> Dataflow.readCsv(file.toString(), csv -> csv.schema(schema))
                        .collect(engine))
                .isInstanceOf(DataflowException.class)
                .hasMessageStartingWith("SOURCE_NOT_FOUND: Cannot find file '" + file + "'");
    }

    @Test
    void aRunThatIsCancelledBeforeItStartsDoesNothing() {
        Cancellation cancellation = Cancellation.create();
        cancellation.cancel("enough");

        assertThatThrownBy(() -> engine.execute(rows("a").of(1).plan(engine), cancellation))
                .hasMessage("CANCELLED: Cannot go on: enough");
    }

    @Test
    void aRunThatIsCancelledWhileATaskRunsEnds() {
        Cancellation cancellation = Cancellation.create();
        SparkListener listener = new SparkListener() {
            @Override
            public void onTaskStart(SparkListenerTaskStart started) {
                cancellation.cancel("enough");
            }
        };
        TestSession.session().sparkContext().addSparkListener(listener);
        try {
            Dataflow numbers = numbers(2_000);
            Plan plan = numbers.withColumn("k", col("n").mod(2))
                    .innerJoin(numbers.withColumn("k", col("n").mod(2)), "k")
                    .sort("n")
                    .plan(engine);

            assertThatThrownBy(() -> engine.execute(plan, cancellation)).hasMessage("CANCELLED: Cannot go on: enough");
        } finally {
            TestSession.session().sparkContext().removeSparkListener(listener);
        }
        try (Table table = rows("a").of(1).collect(engine)) {
            assertThat(table.rows()).containsExactly(row(1L));
        }
    }

    @Test
    void aStreamGivesTheRowsInOrderAndMayBeClosedEarly() {
        Plan plan = numbers(40_000).sort("n").plan(engine);
        List<@Nullable Object> seen = new ArrayList<>();

        BatchStream stream = engine.stream(plan, Cancellation.create());
        try (stream;
                Batch batch = Objects.requireNonNull(stream.next())) {
            for (int i = 0; i < batch.rowCount(); i++) {
                seen.add(batch.cells(0).value(i));
            }
        }

        assertThat(stream.next()).isNull();
        assertThat(seen).hasSizeGreaterThan(1_000).startsWith(0L, 1L, 2L);
    }

    @Test
    void aLimitAtTheEndOfAPlanReadsNoMoreFilesThanItNeeds(@TempDir Path directory) throws IOException {
        for (int i = 0; i < 8; i++) {
            Files.writeString(directory.resolve("part" + i + ".csv"), "a\n" + i + "\n");
        }
        Schema schema = Schema.of(Field.optional("a", INT64));
        Dataflow all = Dataflow.readCsv(directory.resolve("*.csv").toString(), csv -> csv.schema(schema));

        try (Table table = all.limit(1).collect(engine)) {
            assertThat(table.rows()).containsExactly(row(0L));
            assertThat(table.report().read()).isEqualTo(1);
        }
        try (Table table = all.limit(3).collect(engine)) {
            assertThat(table.rows()).containsExactly(row(0L), row(1L), row(2L));
            assertThat(table.report().read()).isEqualTo(5);
        }
        try (Table table = all.limit(3).withColumn("b", col("a").plus(1)).collect(engine)) {
            assertThat(table.rows()).containsExactly(row(0L, 1L), row(1L, 2L), row(2L, 3L));
        }
    }

    private static Dataflow numbers(int count) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(row(i));
        }
        return rows("n: int64").ofRows(all);
    }
}
