package io.millrace.dataflow.local;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.Engine;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.Positions;
import io.millrace.dataflow.table.RowCounts;
import io.millrace.dataflow.table.Table;
import io.millrace.dataflow.testing.EngineContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalEngineTest implements EngineContract {
    private static final Schema NUMBERS = Schema.of(Field.optional("n", INT64), Field.optional("t", TEXT));

    private final LocalEngine engine = LocalEngine.create().threads(2);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Override
    public Engine engine() {
        return engine;
    }

    @AfterEach
    void nothingStaysAllocatedAndNoThreadGoesOn() {
        assertThat(engine.memoryHeld()).isZero();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(Thread::isAlive)
                .extracting(Thread::getName)
                // Threads that fetch remote files are shared, and end some seconds after other tests' last use.
                .noneMatch(name -> name.startsWith("millrace-") && !name.startsWith("millrace-fetch-"));
    }

    @Test
    void moreMemoryThanTheLimitIsAClearError() {
        LocalEngine small = engine.memory(1 << 20);

        assertThatThrownBy(() -> numbers(200_000).collect(small)).hasMessage("""
                        OUT_OF_MEMORY: Cannot hold 2 MiB for run: the limit is 1 MiB
                          Give the process more memory, filter or select columns earlier, or run on Spark""");
        assertThat(small.memoryHeld()).isZero();
    }

    @Test
    void whateverTheLimitEveryByteIsGivenBack() {
        Dataflow busy = numbers(3_000)
                .withColumn("u", col("t").text().upper())
                .innerJoin(numbers(1_000).select("n"), "n")
                .sort("u")
                .union(numbers(10).withColumn("u", col("t")))
                .distinct("n")
                .groupBy("u")
                .aggregate(Aggregate.count(), Aggregate.min("t"), Aggregate.countDistinct("n"), Aggregate.sum("n"));
        int succeeded = 0;
        for (long limit = 1 << 10; limit < 1 << 23; limit = limit * 5 / 4) {
            LocalEngine limited = engine.memory(limit);
            try (Table table = busy.collect(limited)) {
                assertThat(table.rowCount()).isEqualTo(8);
                succeeded++;
            } catch (DataflowException refused) {
                assertThat(refused.code()).isEqualTo(ErrorCode.OUT_OF_MEMORY);
            }
            assertThat(limited.memoryHeld()).isZero();
        }
        assertThat(succeeded).isPositive();
    }

    @Test
    void aCancelledRunEndsAtTheNextBatch() throws IOException {
        Cancellation cancellation = Cancellation.create();

        try (BatchStream stream = engine.stream(numbersFile(50_000).plan(engine), cancellation)) {
            try (Batch first = stream.next()) {
                assertThat(first).isNotNull();
            }
            cancellation.cancel("asked to");
            assertThatThrownBy(stream::next).hasMessage("CANCELLED: Cannot go on: asked to");
        }
    }

    @Test
    void aStreamClosedEarlyStopsItsThreads() throws IOException {
        BatchStream stream = engine.stream(numbersFile(50_000).plan(engine), Cancellation.create());
        try (Batch first = stream.next()) {
            assertThat(first).isNotNull();
            stream.close();
            stream.close();
            assertThat(stream.next()).isNull();
        }
    }

    @Test
    void aFailureOfAThreadIsTheFailureOfTheRun() throws IOException {
        String path = directory.resolve("bad.csv").toString();
        Files.writeString(Path.of(path), "n,t\n" + "1,x\n".repeat(20_000) + "2,y,z\n" + "1,x\n".repeat(20_000));
        Dataflow bad = Dataflow.readCsv(path, csv -> csv.schema(NUMBERS));

        assertThatThrownBy(() -> bad.collect(engine))
                .isInstanceOfSatisfying(DataflowException.class, failure -> assertThat(failure.code())
                        .isEqualTo(ErrorCode.MALFORMED_ROW));
    }

    @Test
    void aLimitEndsTheReadBeforeALaterFailure() throws IOException {
        String path = directory.resolve("bad.csv").toString();
        Files.writeString(Path.of(path), "n,t\n" + "1,x\n".repeat(200_000) + "2,y,z\n");

        run(Dataflow.readCsv(path, csv -> csv.schema(NUMBERS)).limit(1)).hasRows(row(1, "x"));
    }

    @Test
    void aTableStaysUsableWhenItsEngineIsClosed() {
        LocalEngine closed = LocalEngine.create();
        try (Table table = rows("x").of(1, 2).collect(closed)) {
            closed.close();
            assertThat(table.row(1)).containsExactly(2L);
        }
        assertThat(closed.memoryHeld()).isZero();
    }

    @Test
    void twoThousandOperatorsThatCannotBeFusedNeedNoStack() {
        Dataflow chain = rows("x").of(3, 1, 2);
        for (int i = 0; i < 500; i++) {
            chain = chain.withColumn("x", col("x").plus(1))
                    .sort("x")
                    .limit(3)
                    .union(rows("x: int64").none());
        }

        run(chain).hasValues(501, 502, 503);
    }

    @Test
    void groupsComeAsTheyFirstAppearAndJoinsInTheOrderOfTheirLeftInput() {
        run(rows("k", "x")
                        .of("b", 1, "a", 2, "b", 3, null, 4, "c", 5)
                        .groupBy("k")
                        .aggregate(Aggregate.sum("x")))
                .hasRows(row("b", 4), row("a", 2), row(null, 4), row("c", 5));
        run(rows("k", "x").of("b", 1, "a", 2, "b", 3).leftJoin(rows("k", "y").of("c", 0, "b", 7, "b", 5), "k"))
                .hasRows(row("b", 1, 7), row("b", 1, 5), row("a", 2, null), row("b", 3, 7), row("b", 3, 5));
    }

    @Test
    void thePartnersOfOneRowFillSeveralBatches() {
        try (Table table = rows("k", "x")
                .of(1, "a", 1, "b")
                .innerJoin(
                        numbers(2 * Run.BATCH_ROWS + 1)
                                .withColumn("k", col("n").minus(col("n")).plus(1)),
                        "k")
                .select("x", "n")
                .collect(engine)) {
            assertThat(table.rowCount()).isEqualTo(4L * Run.BATCH_ROWS + 2);
            assertThat(table.batches()).allMatch(batch -> batch.rowCount() <= Run.BATCH_ROWS);
            assertThat(table.row(2L * Run.BATCH_ROWS)).containsExactly("a", 2L * Run.BATCH_ROWS);
            assertThat(table.row(2L * Run.BATCH_ROWS + 1)).containsExactly("b", 0L);
        }
    }

    @Test
    void rowsKnowWhereTheyCameFrom() throws IOException {
        Dataflow scan = numbersFile(10_000).filter(col("n").mod(5_000).eq(4_999));
        try (Table table =
                scan.union(scan).union(rows("n", "t").of(7, "x")).sort("n").collect(engine)) {
            assertThat(table.batches()).hasSize(1);
            Positions positions = table.batches().get(0).positions().orElseThrow();
            String path = directory.resolve("numbers.csv").toString();
            assertThat(positions.files()).containsExactly(path, path, "");
            assertThat(places(positions)).containsExactly("2 1", "0 5000", "1 5000", "0 10000", "1 10000");
        }
        try (Table table = scan.distinct("t").limit(1).collect(engine)) {
            assertThat(places(table.batches().get(0).positions().orElseThrow())).containsExactly("0 5000");
        }
        try (Table table = scan.innerJoin(scan.select("n"), "n").collect(engine)) {
            assertThat(table.batches().get(0).positions()).isEmpty();
        }
    }

    @Test
    void whatIsReadTwiceIsScannedOnce() throws IOException {
        Dataflow scan = numbersFile(10_000);
        try (Table table =
                scan.union(scan).groupBy().aggregate(Aggregate.count()).collect(engine)) {
            assertThat(table.row(0)).containsExactly(20_000L);
            assertThat(table.report().read()).isEqualTo(10_000);
        }
    }

    @Test
    void aJoinOfAFileWithItselfReadsItOnce() throws IOException {
        Dataflow again = numbersFile(10_000).select("n");
        try (Table table = numbersFile(10_000).innerJoin(again, "n").collect(engine)) {
            assertThat(table.rowCount()).isEqualTo(10_000);
            assertThat(table.report().read()).isEqualTo(10_000);
        }
        assertThat(engine.memoryHeld()).isZero();
    }

    @Test
    void aRunCountsTheRowsThatEachOperatorGave() throws IOException {
        Dataflow dataflow = numbersFile(50_000)
                .filter(col("n").lt(40_000))
                .withColumn("m", col("n").mod(7))
                .filter(col("m").eq(3))
                .sort("t")
                .limit(5);
        String counts = """
                0  scan DIR/numbers.csv: n, t  = 50000 rows
                1  filter (n < 40000)  <- 0  = 40000 rows
                2  project n, t, m = mod(n, 7)  <- 1  = 40000 rows
                3  filter (m = 3)  <- 2  = 5714 rows
                4  sort t ascending  <- 3  = 5714 rows
                5  limit 5  <- 4  = 5 rows
                50,000 records read = 50,000 rows + 0 rejected
                """;

        assertThat(dataflow.explainRun(engine).toString().replace(directory.toString(), "DIR"))
                .isEqualTo(counts);
        try (Table table = dataflow.collect(engine)) {
            assertThat(table.rowCounts()).isEqualTo(dataflow.explainRun(engine));
        }
    }

    @Test
    void rowsThatTwoOperatorsReadAreCountedOnce() {
        Dataflow shared = numbers(10).withColumn("m", col("n").plus(1));

        assertThat(shared.union(shared.filter(col("m").gt(8)))
                        .explainRun(engine)
                        .operators())
                .extracting(RowCounts.Counted::rows)
                .containsExactly(10L, 10L, 2L, 12L);
    }

    @Test
    void argumentsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> engine.memory(0)).hasMessage("memory must be at least 1 byte: 0");
        assertThatThrownBy(() -> engine.threads(0)).hasMessage("threads must be at least 1: 0");
    }

    private static List<String> places(Positions positions) {
        List<String> places = new ArrayList<>();
        Set<String> different = new HashSet<>();
        for (int row = 0; row < positions.size(); row++) {
            String place = positions.ordinal(row) + " " + positions.record(row);
            assertThat(different.add(place)).isTrue();
            places.add(place);
        }
        return places;
    }

    private static Dataflow numbers(int count) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(row(i, "text " + i % 8));
        }
        return rows("n: int64", "t: text").ofRows(all);
    }

    private Dataflow numbersFile(int count) throws IOException {
        StringBuilder content = new StringBuilder("n,t\n");
        for (int i = 0; i < count; i++) {
            content.append(i).append(",text ").append(i).append('\n');
        }
        Path path = directory.resolve("numbers.csv");
        Files.writeString(path, content);
        return Dataflow.readCsv(path.toString(), csv -> csv.schema(NUMBERS));
    }
}
