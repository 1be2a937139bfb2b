package io.millrace.dataflow.spark;

import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.format.Block;
import io.millrace.dataflow.format.SplitAccount;
import io.millrace.dataflow.format.SplitReader;
import io.millrace.dataflow.output.QuarantineFiles;
import io.millrace.dataflow.output.QuarantineRows;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.Plan;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.Rejection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the scans of a plan reject into files of the driver, each with a job of its own that reads the source, so
 * that the file is of all records before any row is given, however many rows are wanted.
 */
final class Quarantine implements AutoCloseable {
    private final QuarantineFiles files = new QuarantineFiles();
    private final int atOnce;
    private final Cancellation cancellation;

    /**
     * For the scans of some stages.
     *
     * @param atOnce how many partitions are read at a time, and then held by the driver
     */
    Quarantine(List<Plan.Stage> stages, int atOnce, Cancellation cancellation) {
        this.atOnce = atOnce;
        this.cancellation = cancellation;
        for (Plan.Stage stage : stages) {
            if (stage.operator() instanceof Operator.Scan scan
                    && scan.options().errors() instanceof ErrorPolicy.Quarantine policy) {
                files.expect(policy.path());
            }
        }
    }

    /** Writes what a scan rejects, if its policy says so. */
    void write(Operator.Scan scan, SplitSource source, JavaRDD<byte[]> splits) {
        if (!(scan.options().errors() instanceof ErrorPolicy.Quarantine policy)) {
            return;
        }
        JavaRDD<byte[]> rejected =
                new SparkStage(splits, new Rejected(source), QuarantineRows.SCHEMA, List.of()).write();
        int partitions = rejected.getNumPartitions();
        for (int from = 0; from < partitions; from += atOnce) {
            cancellation.check();
            int[] some =
                    IntStream.range(from, Math.min(partitions, from + atOnce)).toArray();
            List<byte[]> elements = new ArrayList<>();
            for (List<byte[]> partition : rejected.collectPartitions(some)) {
                elements.addAll(partition);
            }
            try (BufferAllocator allocator = new RootAllocator();
                    RowStream rows = new RowStream(QuarantineRows.SCHEMA, List.of(), elements.iterator(), allocator)) {
                for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                    try (Batch written = batch) {
                        files.add(policy.path(), written);
                    }
                }
            }
        }
        files.finish(policy.path());
    }

    /** Leaves nothing behind of files that are not whole. */
    @Override
    public void close() {
        files.close();
    }

    /** What is rejected of some splits. */
    record Rejected(SplitSource splits) implements PartitionSource {
        @Override
        public BatchStream open(int partition, Iterator<byte[]> elements, TaskScope scope) {
            return scope.closing(new Rejections(splits, elements, scope));
        }
    }

    /** Rows for the rejections of some splits, a batch for the rejections of a block. */
    private static final class Rejections implements BatchStream {
        private final SplitSource splits;
        private final Iterator<byte[]> elements;
        private final TaskScope scope;
        private final Deque<List<Rejection>> found = new ArrayDeque<>();
        private @Nullable SplitReader reader;
        private @Nullable SplitAccount account;

        Rejections(SplitSource splits, Iterator<byte[]> elements, TaskScope scope) {
            this.splits = splits;
            this.elements = elements;
            this.scope = scope;
        }

        @Override
        public Schema schema() {
            return QuarantineRows.SCHEMA;
        }

        @Override
        public @Nullable Batch next() {
            while (true) {
                List<Rejection> rejections = found.poll();
                if (rejections != null && !rejections.isEmpty()) {
                    return QuarantineRows.of(rejections, scope.allocator());
                }
                SplitReader current = reader;
                if (current == null) {
                    if (!elements.hasNext()) {
                        return null;
                    }
                    current = splits.reader(elements.next(), scope);
                    reader = current;
                    account = SplitAccount.of(current, splits.options().errors());
                }
                read(current, java.util.Objects.requireNonNull(account));
            }
        }

        private void read(SplitReader current, SplitAccount open) {
            Block block = current.next();
            if (block == null) {
                found.add(open.end());
                close();
                return;
            }
            try (Batch batch = block.decode(scope.allocator())) {
                found.add(open.add(block, open.decoded(batch)));
            }
        }

        @Override
        public void close() {
            SplitReader last = reader;
            reader = null;
            if (last != null) {
                last.close();
            }
        }
    }
}
