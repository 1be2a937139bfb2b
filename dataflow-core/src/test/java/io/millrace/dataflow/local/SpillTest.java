package io.millrace.dataflow.local;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.JoinKeys;
import io.millrace.dataflow.expr.JoinOptions;
import io.millrace.dataflow.expr.SortKey;
import io.millrace.dataflow.expr.WindowFunction;
import io.millrace.dataflow.kernel.CellValues;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.Positions;
import io.millrace.dataflow.table.Table;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is set aside on disk changes no result, and does not stay there. */
class SpillTest {
    private final LocalEngine roomy = LocalEngine.create().threads(2);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Property(tries = 60, seed = "31")
    void nothingDependsOnMemoryOrThreads(
            @ForAll long seed,
            @ForAll @IntRange(max = 150) int size,
            @ForAll @IntRange(min = 1, max = 9) int batchRows,
            @ForAll @IntRange(min = 1, max = 3) int threads) {
        LocalEngine tight = LocalEngine.create().threads(threads).holding(0, batchRows);
        Dataflow table = table(seed, size);
        for (Dataflow dataflow : List.of(
                table.sort(SortKey.descending("n").nullsLast(), SortKey.ascending("k")),
                table.sort("x", "long"),
                table.sort("flag", "n"),
                table.sort(SortKey.descending("d"), SortKey.ascending("x").nullsLast()),
                table.groupBy("k")
                        .aggregate(
                                Aggregate.count(),
                                Aggregate.sum("x"),
                                Aggregate.mean("x"),
                                Aggregate.sum("n"),
                                Aggregate.min("long"),
                                Aggregate.max("d"),
                                Aggregate.countDistinct("n")),
                table.groupBy("n").aggregate(Aggregate.mean("n"), Aggregate.sum("x")),
                table.groupBy("d", "flag").aggregate(Aggregate.count()),
                table.groupBy().aggregate(Aggregate.count(), Aggregate.sum("x")),
                table.distinct("n"),
                table.distinct("k", "x").sort("long"),
                table.innerJoin(table.select("n", "long"), "n").distinct("k", "long"))) {
            assertThat(content(dataflow, tight)).isEqualTo(content(dataflow, roomy));
        }
        assertThat(tight.memoryHeld()).isZero();
    }

    @Test
    void rowsBeyondTheLimitAreSortedGroupedAndMadeDistinct() {
        LocalEngine source = roomy.holding(Long.MAX_VALUE, 1_000);
        try (Table table = wide(500_000).collect(source)) {
            long data = source.memoryHeld();
            LocalEngine quarter =
                    LocalEngine.create().threads(2).memory(data / 4).temporaryDirectory(directory);
            Dataflow rows = Dataflow.fromTable(table);
            // A filter that keeps all rows makes them the limited engine's own.
            Dataflow own = rows.withColumn("n", col("n").plus(0))
                    .withColumn("t", col("t").text().upper());

            assertThat(count(own.sort("t"), quarter)).isEqualTo(500_000);
            assertThat(count(own.distinct("t"), quarter)).isEqualTo(500_000);
            assertThat(count(own.groupBy("t").aggregate(Aggregate.sum("n"), Aggregate.mean("x")), quarter))
                    .isEqualTo(500_000);
            assertThat(quarter.memoryHeld()).isZero();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void rowsBeyondTheLimitAreJoinedWindowedAndTheirRepeatsFound() {
        LocalEngine source = roomy.holding(Long.MAX_VALUE, 1_000);
        try (Table table = wide(300_000).collect(source)) {
            LocalEngine quarter = LocalEngine.create()
                    .threads(2)
                    .memory(source.memoryHeld() / 4)
                    .temporaryDirectory(directory);
            Dataflow rows = Dataflow.fromTable(table);
            Dataflow own = rows.withColumn("n", col("n").plus(0))
                    .withColumn("t", col("t").text().upper());
            Dataflow others = own.rename("x", "y").filter(col("n").ge(100));

            assertThat(count(own.innerJoin(others, "n", "t"), quarter)).isEqualTo(299_900);
            assertThat(count(own.fullJoin(others, "t"), quarter)).isEqualTo(300_000);
            assertThat(count(own.antiJoin(others, "t"), quarter)).isEqualTo(100);
            assertThat(count(own.window(w -> w.partitionBy("t").orderBy("n"), WindowFunction.rowNumber()), quarter))
                    .isEqualTo(300_000);
            assertThat(count(own.window(w -> w.orderBy("t"), Aggregate.sum("n").rows(-10, 0)), quarter))
                    .isEqualTo(300_000);
            assertThat(count(own.distinctLast("t"), quarter)).isEqualTo(300_000);
            assertThat(count(own.duplicates("t"), quarter)).isZero();
            assertThat(count(
                            own.join(
                                    others,
                                    JoinOptions.left(JoinKeys.of("t", "t")).expectOneToOne()),
                            quarter))
                    .isEqualTo(300_000);
            assertThat(quarter.memoryHeld()).isZero();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aStreamClosedEarlyLeavesNothingBehind() throws IOException {
        LocalEngine tight = roomy.temporaryDirectory(directory).holding(0, 50);
        try (BatchStream stream = tight.stream(wide(1_000).sort("t").plan(tight), Cancellation.create())) {
            try (Batch first = stream.next()) {
                assertThat(first).isNotNull();
            }
            try (Stream<Path> made = Files.list(directory)) {
                assertThat(made).hasSize(1);
            }
        }
        assertThat(directory).isEmptyDirectory();
        assertThat(tight.memoryHeld()).isZero();
    }

    @Test
    void aCancelledRunLeavesNothingBehind() {
        LocalEngine tight = roomy.temporaryDirectory(directory).holding(0, 50);
        Cancellation cancellation = Cancellation.create();
        try (BatchStream stream = tight.stream(wide(1_000).sort("t").plan(tight), cancellation)) {
            try (Batch first = stream.next()) {
                assertThat(first).isNotNull();
            }
            cancellation.cancel("asked to");
            assertThatThrownBy(stream::next).hasMessage("CANCELLED: Cannot go on: asked to");
        }
        assertThat(directory).isEmptyDirectory();
        assertThat(tight.memoryHeld()).isZero();
    }

    @Test
    void aDirectoryThatIsNotThereIsAClearError() {
        Path absent = directory.resolve("absent");
        LocalEngine tight = roomy.temporaryDirectory(absent).holding(0, 50);

        assertThatThrownBy(() -> wide(1_000).sort("t").collect(tight))
                .isInstanceOfSatisfying(DataflowException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.IO_FAILED);
                    assertThat(failure)
                            .hasMessageStartingWith("IO_FAILED: Cannot set rows aside in '" + absent + "': ");
                });
        assertThat(tight.memoryHeld()).isZero();
    }

    @Test
    void aFullDiskIsAClearError() {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.isWritable(full));
        try (BufferAllocator allocator = new RootAllocator();
                SpillSpace space = new SpillSpace(directory, file -> FileChannel.open(full, StandardOpenOption.WRITE));
                Run run = run(allocator, Cancellation.create())) {
            Schema schema = Schema.of(Schema.Field.required("n", INT64));
            SpillFile file = space.create(schema, run);

            assertThatThrownBy(() -> file.write(numbers(schema, 3, allocator)))
                    .hasMessage("IO_FAILED: Cannot set rows aside in '" + directory + "': No space left on device\n"
                            + "  Give the process more memory, free space there, or name another directory with"
                            + " LocalEngine.temporaryDirectory");
        }
    }

    @Test
    void rowsSetAsideComeBackWithErrorsAndPositions() {
        LocalEngine tight = roomy.holding(0, 2);
        Dataflow dataflow = rows("k", "x")
                .of("a", "1", "b", "no", "c", null, "d", "3", "e", "never")
                .cast("x", INT64)
                .sort(SortKey.descending("k"));
        try (Table table = dataflow.collect(tight)) {
            assertThat(table.errors().stream()
                            .map(each -> each.row() + " " + each.error().text()))
                    .containsExactly("0 never", "3 no");
            Positions positions = table.batches().get(0).positions().orElseThrow();
            assertThat(positions.record(0)).isEqualTo(5);
        }
    }

    @Test
    void everyOperatorThatHoldsRowsLooksForCancellationWhileItWorks() {
        Dataflow input = rows("n: int64").of(1, 2);
        Dataflow texts = rows("t: text").of("a", "b");
        for (Dataflow dataflow : List.of(
                input.sort("n"),
                texts.sort("t"),
                input.groupBy("n").aggregate(Aggregate.count()),
                input.groupBy().aggregate(Aggregate.sum("n")),
                input.distinct("n"),
                input.window(w -> w.orderBy("n"), WindowFunction.rowNumber()),
                input.window(w -> w.partitionBy("n"), Aggregate.sum("n")))) {
            Cancellation cancellation = Cancellation.create();
            try (BufferAllocator allocator = new RootAllocator();
                    Run run = run(allocator, cancellation)) {
                Plan plan = dataflow.plan(roomy);
                Schema schema = plan.stages().get(0).schema();
                try (BatchOperator operator = OperatorMaker.make(plan.result(), List.of(schema), run)) {
                    operator.accept(
                            0,
                            schema.field(0).type().equals(INT64)
                                    ? numbers(schema, 40_000, allocator)
                                    : longTexts(schema, allocator));
                    cancellation.cancel("asked to");
                    assertThatThrownBy(() -> operator.end(0)).hasMessage("CANCELLED: Cannot go on: asked to");
                }
            }
        }
    }

    private static Run run(BufferAllocator allocator, Cancellation cancellation) {
        return new Run(
                allocator, MemoryReservation.ofBytes(1 << 30), cancellation, SourceAccess.with(Credentials.none()), 2);
    }

    private static Batch numbers(Schema schema, int count, BufferAllocator allocator) {
        List<Long> values = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            values.add(i);
        }
        return Batch.of(schema, List.of(CellValues.of(INT64, values, allocator)), count, null);
    }

    /** Texts that are too long for words, so that they are compared. */
    private static Batch longTexts(Schema schema, BufferAllocator allocator) {
        List<String> values = List.of("b".repeat(40), "a".repeat(40));
        return Batch.of(schema, List.of(CellValues.of(schema.field(0).type(), values, allocator)), values.size(), null);
    }

    private static long count(Dataflow dataflow, LocalEngine engine) {
        long count = 0;
        try (BatchStream stream = engine.stream(dataflow.plan(engine), Cancellation.create())) {
            for (Batch batch = stream.next(); batch != null; batch = stream.next()) {
                count += batch.rowCount();
                batch.close();
            }
        }
        return count;
    }

    /** The rows, and where and how they are errors. */
    private static List<Object> content(Dataflow dataflow, LocalEngine engine) {
        try (Table table = dataflow.collect(engine)) {
            return List.of(table.rows(), table.errors());
        }
    }

    private static Dataflow wide(int count) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        Random random = new Random(5);
        for (int i = 0; i < count; i++) {
            all.add(row(i, "text " + (1_000_000_007L * i) % 1_000_000_009L, random.nextDouble()));
        }
        return rows("n: int64", "t: text", "x: float64").ofRows(all);
    }

    /** Columns of many types with few different values, nulls, errors, NaN, zeros of both signs, and texts long and short. */
    private static Dataflow table(long seed, int size) {
        Random random = new Random(seed);
        List<List<@Nullable Object>> all = new ArrayList<>();
        double[] numbers = {0.0, -0.0, Double.NaN, 1.5, -2.25, Double.NEGATIVE_INFINITY, 1e300, 3.1};
        for (int i = 0; i < size; i++) {
            int n = random.nextInt(9);
            all.add(row(
                    n == 0 ? null : n == 1 ? "no" : Integer.toString(n - 4),
                    random.nextInt(5) == 0 ? null : "k" + random.nextInt(6),
                    Double.toString(numbers[random.nextInt(numbers.length)]),
                    random.nextInt(8) == 0 ? null : "a\u0000".repeat(random.nextInt(14)),
                    random.nextBoolean()));
        }
        return rows("n: text", "k: text", "x: text", "long: text", "flag: bool")
                .ofRows(all)
                .cast("n", INT64)
                .cast("x", FLOAT64)
                .withColumn("d", col("n").cast(io.millrace.dataflow.schema.DataTypes.decimal(10, 2)));
    }
}
