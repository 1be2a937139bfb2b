package io.millrace.benchmarks;

import static io.millrace.dataflow.expr.Expr.col;
import static io.millrace.dataflow.schema.DataTypes.INT64;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.expr.Aggregate;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.schema.Schema.Field;
import io.millrace.dataflow.table.BatchStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Plans of two thousand steps and of two thousand columns: saying the steps, binding them, rewriting the plan
 * and making its operators. Of each
 * the first time in this process is given, and the median of later ones.
 */
final class Planning implements SideBySide.Works {
    private static final int MANY = 2_000;

    @Override
    public void time(PairedRun runs, int rows, boolean withSpark) throws Exception {
        try (LocalEngine engine = LocalEngine.create()) {
            // What the first run of a process starts, memory and its logging, is no part of a plan.
            Dataflow.rows(Schema.of(Field.optional("n", INT64)), List.of())
                    .collect(engine)
                    .close();
            time(runs, "plan 2,000 steps on one column", () -> plan(changes(), engine));
            time(runs, "plan 2,000 steps that each add a column", () -> plan(additions(), engine));
            time(runs, "plan four steps on 2,000 columns", () -> plan(wide(), engine));
        }
    }

    private static void time(PairedRun runs, String work, Callable<Long> plan) throws Exception {
        long start = System.nanoTime();
        plan.call();
        runs.add(
                new PairedRun.Result(work + ", the first time", Map.of("millrace", (System.nanoTime() - start) / 1e6)));
        runs.time(work, Map.of("millrace", plan), PairedRun.Times.USUAL);
    }

    private static long plan(Dataflow dataflow, LocalEngine engine) {
        Plan plan = dataflow.plan(engine);
        try (BatchStream begun = engine.stream(plan, Cancellation.create())) {
            return begun.schema().size();
        }
    }

    private static Dataflow changes() {
        Dataflow dataflow = Dataflow.rows(Schema.of(Field.optional("n", INT64)), List.of());
        for (int i = 0; i < MANY / 2; i++) {
            dataflow = dataflow.withColumn("n", col("n").plus(i)).filter(col("n").gt(i));
        }
        return dataflow;
    }

    private static Dataflow additions() {
        Dataflow dataflow = Dataflow.rows(Schema.of(Field.optional("n", INT64)), List.of());
        for (int i = 0; i < MANY; i++) {
            dataflow = dataflow.withColumn("n" + i, col("n").plus(i));
        }
        return dataflow;
    }

    private static Dataflow wide() {
        List<Field> fields = new ArrayList<>();
        List<Aggregate> sums = new ArrayList<>();
        String[] names = new String[MANY];
        for (int i = 0; i < MANY; i++) {
            names[i] = "n" + i;
            fields.add(Field.optional(names[i], INT64));
            sums.add(Aggregate.sum(names[i]));
        }
        return Dataflow.rows(Schema.of(fields), List.of())
                .filter(col(names[0]).gt(0))
                .select(names)
                .sort(names)
                .groupBy(names[0])
                .aggregate(sums.get(0), sums.subList(1, MANY).toArray(new Aggregate[0]));
    }
}
