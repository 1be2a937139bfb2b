package io.millrace.benchmarks;

import static io.millrace.dataflow.expr.Aggregate.mean;
import static io.millrace.dataflow.expr.Aggregate.sum;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Works that hold two fifths of the rows, with memory enough and with a limit of a quarter of the data: as many groups and different rows
 * as there are rows, and whole rows sorted. The rows come from a table outside of the limit; those of the result are
 * counted as they come.
 */
final class TightMemory implements SideBySide.Works {
    private static final int PARTS = 4;

    @Override
    public void time(PairedRun runs, int allRows, boolean withSpark) throws Exception {
        int rows = allRows / 5 * 2;
        MadeTable made = new MadeTable(
                "m",
                List.of(
                        MadeTable.whole("n", 1L << 40, 31),
                        MadeTable.code("label", 1L << 40, 13, 32),
                        MadeTable.whole("v1", 100, 33),
                        MadeTable.real("v2", 34)),
                rows);
        try (Table table = made.table()) {
            long bytes = rows * (4L * Long.BYTES + 15 + Integer.BYTES);
            Dataflow all = Dataflow.fromTable(table);
            Map<String, Dataflow> works = new LinkedHashMap<>();
            works.put("a group a row, by int", all.groupBy("n").aggregate(sum("v1"), mean("v2")));
            works.put("a group a row, by text", all.groupBy("label").aggregate(sum("v1"), mean("v2")));
            works.put("distinct rows, by text", all.distinct("label"));
            works.put("sort of rows", all.sort("label"));
            for (Map.Entry<String, Dataflow> work : works.entrySet()) {
                Map<String, Callable<Long>> sides = new LinkedHashMap<>();
                sides.put("a quarter", () -> count(work.getValue(), bytes / PARTS));
                sides.put("enough", () -> count(work.getValue(), Long.MAX_VALUE));
                runs.time(work.getKey(), sides, PairedRun.Times.FEW);
            }
        }
    }

    private static long count(Dataflow dataflow, long bytes) {
        long count = 0;
        try (LocalEngine engine = LocalEngine.create().threads(Systems.THREADS).memory(bytes);
                BatchStream stream = engine.stream(dataflow.plan(engine), Cancellation.create())) {
            for (Batch batch = stream.next(); batch != null; batch = stream.next()) {
                count += batch.rowCount();
                batch.close();
            }
        }
        return count;
    }
}
