package io.millrace.dataflow.local;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.testing.Rows.row;
import static io.millrace.dataflow.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.expr.WindowFunction;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is not set aside and does not fit ends a run with a clear error, and no run takes more than its limit. */
class MemoryLimitTest {
    private static final String ADVICE =
            "\n  Give the process more memory, filter or select columns earlier, or run on Spark";

    private final LocalEngine roomy = LocalEngine.create().threads(1);

    @Test
    void aRowThatDoesNotFitAloneIsAClearError() {
        LocalEngine tight = roomy.memory(1 << 20);
        try (Table table =
                rows("n: int64", "t: text").of(1, "long".repeat(1 << 20)).collect(roomy)) {
            Dataflow one = Dataflow.fromTable(table);

            assertRefused(one.sort("t"), tight, "9 MiB for run: the limit is 1 MiB");
            assertRefused(
                    one.groupBy("t").aggregate(Aggregate.count()), tight, "5 MiB for groupBy: the limit is 1 MiB");
            assertRefused(one.innerJoin(rows("n: int64").of(1), "n"), tight, "9 MiB for run: the limit is 1 MiB");
            assertRefused(rows("n: int64").of(1).innerJoin(one, "n"), tight, "9 MiB for run: the limit is 1 MiB");
            assertRefused(one.semiJoin(one, "t"), tight, "5 MiB for join: the limit is 1 MiB");
            assertRefused(
                    one.window(w -> w.partitionBy("t"), WindowFunction.rowNumber()),
                    tight,
                    "5 MiB for window: the limit is 1 MiB");
        }
    }

    @Test
    void oneGroupWhoseValuesAreHeldAndDoNotFitIsAClearError() {
        LocalEngine tight = roomy.memory(4 << 20);
        try (Table table = numbers(300_000).collect(roomy.holding(Long.MAX_VALUE, 1_000))) {
            Dataflow many = Dataflow.fromTable(table);
            Dataflow one = many.withColumn("k", col("n").times(0));

            assertRefused(one.groupBy("k").aggregate(Aggregate.list("n")), tight, "5 MiB for run: the limit is 4 MiB");
            assertRefused(
                    one.groupBy("k").aggregate(Aggregate.countDistinct("n")),
                    tight,
                    "5 MiB for run: the limit is 4 MiB");
            assertRefused(
                    one.window(w -> w.partitionBy("k"), Aggregate.list("n")),
                    tight,
                    "5 MiB for run: the limit is 4 MiB");
            assertRefused(
                    one.window(w -> w.partitionBy("k"), Aggregate.countDistinct("n")),
                    tight,
                    "5 MiB for run: the limit is 4 MiB");
            // As many rows in many groups, and what is not held of one group, fit.
            assertThat(count(many.groupBy("n").aggregate(Aggregate.list("n")), tight))
                    .isEqualTo(300_000);
            assertThat(count(one.innerJoin(rows("k: int64").of(0), "k"), tight)).isEqualTo(300_000);
            assertThat(count(rows("k: int64").of(0).innerJoin(one, "k"), tight)).isEqualTo(300_000);
            assertThat(count(one.window(w -> w.partitionBy("k"), WindowFunction.rowNumber()), tight))
                    .isEqualTo(300_000);
        }
    }

    @Test
    void whatIsHeldNeverPassesTheLimit() throws InterruptedException, ExecutionException {
        long limit = 2 << 20;
        LocalEngine limited = LocalEngine.create().threads(2).memory(limit);
        ExecutorService threads = Executors.newFixedThreadPool(1);
        AtomicBoolean ended = new AtomicBoolean();
        try (Table table = numbers(60_000).collect(roomy.holding(Long.MAX_VALUE, 500))) {
            Future<Long> most = threads.submit(() -> {
                long seen = 0;
                while (!ended.get()) {
                    seen = Math.max(seen, limited.memoryHeld());
                }
                return seen;
            });
            Dataflow own = Dataflow.fromTable(table).withColumn("m", col("n").plus(1));
            assertThat(count(own.sort("m"), limited)).isEqualTo(60_000);
            assertThat(count(own.groupBy("m").aggregate(Aggregate.sum("n")), limited))
                    .isEqualTo(60_000);
            assertThat(count(own.innerJoin(own.rename("n", "o"), "m"), limited)).isEqualTo(60_000);
            assertThat(count(own.window(w -> w.partitionBy("m"), WindowFunction.rowNumber()), limited))
                    .isEqualTo(60_000);
            assertRefused(own.groupBy().aggregate(Aggregate.list("n")), limited, "3 MiB for run: the limit is 2 MiB");
            ended.set(true);
            assertThat(most.get()).isPositive().isLessThanOrEqualTo(limit);
        } finally {
            ended.set(true);
            threads.shutdownNow();
        }
    }

    private static void assertRefused(Dataflow dataflow, LocalEngine engine, String what) {
        assertThatThrownBy(() -> count(dataflow, engine)).hasMessage("OUT_OF_MEMORY: Cannot hold " + what + ADVICE);
        assertThat(engine.memoryHeld()).isZero();
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

    private static Dataflow numbers(int count) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(row(i));
        }
        return rows("n: int64").ofRows(all);
    }
}
