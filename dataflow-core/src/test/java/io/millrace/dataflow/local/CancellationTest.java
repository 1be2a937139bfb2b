package io.millrace.dataflow.local;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.WindowFunction;
import io.millrace.dataflow.kernel.CellValues;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.Credentials;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.Cells;
import io.millrace.dataflow.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is cancelled, or whose thread is interrupted, takes no further batch, and leaves no file and no thread. */
class CancellationTest {
    private static final int ROWS = 100;

    /** The batch after which somebody asks to stop. */
    private static final int LAST = 7;

    private final LocalEngine engine = LocalEngine.create().threads(2);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    /** A dataflow that ends with each operator; its inputs have columns of int64, and a list where one is exploded. */
    private Map<Class<?>, List<Dataflow>> dataflows(Table table) throws IOException {
        Dataflow input = rows("n: int64", "m: int64").of(1, 2);
        Dataflow other = rows("n: int64", "x: int64").of(1, 2);
        Dataflow lists = rows("l: list<int64>").none();
        Path file = directory.resolve("numbers.csv");
        Files.writeString(file, "n\n" + "1\n".repeat(400_000));
        Map<Class<?>, List<Dataflow>> all = new LinkedHashMap<>();
        all.put(Operator.Scan.class, List.of(Dataflow.readCsv(file.toString(), csv -> csv.schema(numbers()))));
        all.put(Operator.Values.class, List.of(Dataflow.rows(numbers(), values())));
        all.put(Operator.TableRows.class, List.of(Dataflow.fromTable(table)));
        all.put(Operator.Project.class, List.of(input.withColumn("s", col("n").plus(col("m")))));
        all.put(Operator.Filter.class, List.of(input.filter(col("n").ge(0))));
        all.put(Operator.Expand.class, List.of(input.unpivot(List.of(), List.of("n", "m"), "name", "value")));
        all.put(Operator.Explode.class, List.of(lists.explode("l")));
        all.put(Operator.RejectErrors.class, List.of(input.failOnErrors()));
        all.put(Operator.Limit.class, List.of(input.limit(1_000_000_000)));
        all.put(Operator.Skip.class, List.of(input.skip(1_000_000_000)));
        all.put(Operator.Tail.class, List.of(input.tail(5)));
        all.put(Operator.RowNumber.class, List.of(input.withRowNumber("number")));
        all.put(Operator.RequireRows.class, List.of(input.verifyHasRows()));
        all.put(Operator.Sort.class, List.of(input.sort("n")));
        all.put(Operator.Distinct.class, List.of(input.distinct("n"), input.distinctLast("n"), input.duplicates("n")));
        all.put(Operator.Union.class, List.of(input.union(input)));
        all.put(
                Operator.Join.class,
                List.of(
                        input.innerJoin(other, "n"),
                        input.fullJoin(other, "n"),
                        input.antiJoin(other, "n"),
                        input.crossJoin(other)));
        all.put(Operator.Append.class, List.of(input.appendColumns(other)));
        all.put(Operator.GroupBy.class, List.of(input.groupBy("n").aggregate(Aggregate.sum("m"))));
        all.put(
                Operator.Window.class,
                List.of(
                        input.window(w -> w.partitionBy("n"), Aggregate.sum("m")),
                        input.window(w -> w.orderBy("n"), WindowFunction.rowNumber())));
        return all;
    }

    @Test
    void noOperatorTakesABatchAfterACancellation() throws IOException {
        try (Table table = Dataflow.rows(numbers(), values()).collect(engine.holding(1, 50))) {
            Map<Class<?>, List<Dataflow>> all = dataflows(table);
            // Whoever adds an operator says here how it is cancelled. Hosted rows are another engine's.
            List<Class<?>> operators = new ArrayList<>(List.of(Operator.class.getPermittedSubclasses()));
            operators.remove(Operator.Hosted.class);
            assertThat(all.keySet()).containsExactlyInAnyOrderElementsOf(operators);
            for (Map.Entry<Class<?>, List<Dataflow>> each : all.entrySet()) {
                for (Dataflow dataflow : each.getValue()) {
                    Plan plan = dataflow.plan(engine);
                    assertThat(plan.result().operator()).isInstanceOf(each.getKey());
                    if (plan.result().inputs().isEmpty()) {
                        assertSourceStops(plan);
                    } else {
                        Cancellation cancellation = Cancellation.create();
                        assertStops(plan, cancellation, () -> cancellation.cancel("asked to"), "asked to");
                    }
                }
            }
        }
    }

    @Test
    void noOperatorTakesABatchAfterAnInterrupt() throws IOException {
        try (Table table = Dataflow.rows(numbers(), values()).collect(engine)) {
            for (List<Dataflow> dataflows : dataflows(table).values()) {
                for (Dataflow dataflow : dataflows) {
                    Plan plan = dataflow.plan(engine);
                    if (!plan.result().inputs().isEmpty()) {
                        assertStops(
                                plan,
                                Cancellation.create(),
                                Thread.currentThread()::interrupt,
                                "the thread was interrupted");
                        assertThat(Thread.interrupted()).isTrue();
                    }
                }
            }
        }
    }

    /** Asks to stop after some batches of an endless input, of which those that hold rows set all aside. */
    private void assertStops(Plan plan, Cancellation cancellation, Runnable stop, String why) throws IOException {
        Path aside = Files.createDirectories(directory.resolve("aside"));
        Endless endless = new Endless(stop);
        try (BufferAllocator allocator = new RootAllocator()) {
            MemoryReservation memory = MemoryReservation.ofBytes(1 << 30);
            Run run = new Run(
                    allocator,
                    memory,
                    cancellation,
                    SourceAccess.with(Credentials.none()),
                    2,
                    new Run.Limits(0, 50, aside));
            Pipeline pipeline = new Pipeline(plan.schema(), run);
            List<Integer> inputs = new ArrayList<>();
            List<Schema> schemas = new ArrayList<>();
            for (int input : plan.result().inputs()) {
                Schema schema = plan.stages().get(input).schema();
                schemas.add(schema);
                inputs.add(pipeline.add(new StreamOperator(endless.stream(schema, allocator)), List.of()));
            }
            pipeline.resultOf(pipeline.add(OperatorMaker.make(plan.result(), schemas, run), inputs));

            assertThatThrownBy(() -> {
                        for (Batch batch = pipeline.next(); batch != null; batch = pipeline.next()) {
                            batch.close();
                        }
                    })
                    .as(plan.result().text())
                    .hasMessage("CANCELLED: Cannot go on: " + why);
            assertThat(endless.given).as(plan.result().text()).isEqualTo(LAST);
            pipeline.close();
            assertThat(memory.reserved()).as(plan.result().text()).isZero();
        }
        assertThat(aside).isEmptyDirectory();
        assertNoThreads();
    }

    private void assertSourceStops(Plan plan) {
        Cancellation cancellation = Cancellation.create();
        try (BatchStream stream = engine.holding(1, 50).stream(plan, cancellation)) {
            try (Batch first = stream.next()) {
                assertThat(first).isNotNull();
            }
            cancellation.cancel("asked to");
            assertThatThrownBy(stream::next).hasMessage("CANCELLED: Cannot go on: asked to");
        }
        assertNoThreads();
    }

    private static void assertNoThreads() {
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.isAlive() && thread.getName().startsWith("millrace-work"))
                        .map(Thread::getName))
                .isEmpty();
    }

    private static Schema numbers() {
        return Schema.of(Schema.Field.optional("n", INT64));
    }

    private static List<List<@Nullable Object>> values() {
        List<List<@Nullable Object>> values = new ArrayList<>();
        for (long i = 0; i < 1_000; i++) {
            values.add(List.of(i));
        }
        return values;
    }

    /** Inputs that never end, of which one asks to stop. */
    private static final class Endless {
        private final Runnable stop;
        private int given;

        Endless(Runnable stop) {
            this.stop = stop;
        }

        BatchStream stream(Schema schema, BufferAllocator allocator) {
            return new BatchStream() {
                @Override
                public Schema schema() {
                    return schema;
                }

                @Override
                public Batch next() {
                    given++;
                    if (given == LAST) {
                        stop.run();
                    }
                    List<Cells> cells = new ArrayList<>();
                    for (Schema.Field field : schema.fields()) {
                        List<@Nullable Object> values = new ArrayList<>();
                        for (long i = 0; i < ROWS; i++) {
                            long value = (long) given * ROWS + i;
                            values.add(field.type() instanceof DataType.ListOf ? List.of(value) : (Object) value);
                        }
                        cells.add(CellValues.of(field.type(), values, allocator));
                    }
                    return Batch.of(schema, cells, ROWS, null);
                }

                @Override
                public void close() {}
            };
        }
    }
}
