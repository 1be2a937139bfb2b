package io.millrace.benchmarks;

import io.millrace.dataflow.Dataflow;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.local.LocalEngine;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The command that streams every column of a CSV file of ten mixed columns in little memory: {@code CsvMemory [rows]},
 * four million when not said. Run with {@code -Xmx160m}: what is outside of the heap is limited to 100 MB, so that it ends
 * only if both together stay below 260 MB. Prints the rows, and the most that was held of the heap and by the process.
 */
public final class CsvMemory {
    private static final int ROWS = 4_000_000;
    private static final long OUTSIDE_HEAP = 100L << 20;
    private static final double MEGABYTE = 1 << 20;

    private CsvMemory() {}

    /** Runs and prints. */
    public static void main(String[] args) throws Exception {
        int rows = args.length > 0 ? Integer.parseInt(args[0]) : ROWS;
        Path file = Files.createTempFile("millrace-benchmark", ".csv");
        try (LocalEngine engine = LocalEngine.create().threads(Systems.THREADS).memory(OUTSIDE_HEAP)) {
            GeneratedRows.write(file, rows);
            Dataflow read = Dataflow.readCsv(CsvBeside.source(file), csv -> csv);
            long start = System.nanoTime();
            long count = 0;
            try (BatchStream stream = engine.stream(read.plan(engine), Cancellation.create())) {
                for (Batch batch = stream.next(); batch != null; batch = stream.next()) {
                    count += batch.rowCount();
                    batch.close();
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "%,d rows of %.0f MB in %.1f s; of the heap at most %.0f MB of %.0f, outside of it at most %.0f;"
                            + " the process at most %s%n",
                    count,
                    Files.size(file) / MEGABYTE,
                    (System.nanoTime() - start) / 1e9,
                    heapPeak() / MEGABYTE,
                    Runtime.getRuntime().maxMemory() / MEGABYTE,
                    OUTSIDE_HEAP / MEGABYTE,
                    processPeak());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** The sum of the peaks of the heap's parts, which is more than the heap ever held at one time. */
    private static long heapPeak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    private static String processPeak() throws java.io.IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return "not known on this system";
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.substring("VmHWM:".length()).strip())
                .findFirst()
                .orElse("not known");
    }
}
