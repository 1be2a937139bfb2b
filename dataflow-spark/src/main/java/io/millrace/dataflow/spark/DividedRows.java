package io.millrace.dataflow.spark;

import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * The rows of a source, divided among partitions by a hash of some columns. Rows that go to the same one travel many in an
 * element, whose key is that partition and then where the element came from: in the order of the keys the rows of a
 * receiving partition are in the order that they had, and no row is sorted.
 *
 * @param columns those whose hash says where a row goes; none for all rows to go to the first
 */
record DividedRows(PartitionSource source, List<Integer> columns, int partitions)
        implements Function2<Integer, Iterator<byte[]>, Iterator<Tuple2<byte[], byte[]>>> {
    private static final int MOST_ELEMENT_BYTES = 64 << 10;
    private static final int LEAST_ELEMENT_BYTES = 1 << 10;

    /** About what all elements of a task that are not yet full may take. */
    private static final int BYTES_OF_ALL = 16 << 20;

    @Override
    public Iterator<Tuple2<byte[], byte[]>> call(Integer partition, Iterator<byte[]> elements) {
        TaskScope scope = TaskScope.open();
        BatchStream rows = scope.closing(source.open(partition, elements, scope));
        return new Elements(rows, partition, scope);
    }

    private final class Elements extends PartitionRows.Pulled<Tuple2<byte[], byte[]>> {
        private final BatchStream rows;
        private final int partition;
        private final TaskScope scope;
        private final KeyHash hash;
        private final RowFormat format;
        private final RowBuffer key = new RowBuffer();
        private final @Nullable RowBuffer[] buffers = new RowBuffer[partitions];
        private final int[] counts = new int[partitions];
        private final Deque<Tuple2<byte[], byte[]>> full = new ArrayDeque<>();
        private final int elementBytes =
                Math.max(LEAST_ELEMENT_BYTES, Math.min(MOST_ELEMENT_BYTES, BYTES_OF_ALL / partitions));
        private long number;
        private boolean ended;

        Elements(BatchStream rows, int partition, TaskScope scope) {
            Schema schema = rows.schema();
            this.rows = rows;
            this.partition = partition;
            this.scope = scope;
            this.hash = new KeyHash(schema, columns);
            this.format = new RowFormat(schema);
        }

        @Override
        @Nullable
        Tuple2<byte[], byte[]> pull() {
            while (full.isEmpty() && !ended) {
                scope.check();
                try (Batch batch = rows.next()) {
                    if (batch == null) {
                        end();
                    } else {
                        divide(batch);
                    }
                }
            }
            return full.poll();
        }

        private void divide(Batch batch) {
            for (int row = 0; row < batch.rowCount(); row++) {
                int to = hash.partition(batch, row, partitions);
                RowBuffer buffer = buffers[to];
                if (buffer == null) {
                    buffer = new RowBuffer();
                    buffers[to] = buffer;
                }
                format.write(batch, row, buffer);
                counts[to]++;
                if (buffer.size() >= elementBytes) {
                    finish(to, buffer);
                }
            }
        }

        private void finish(int to, RowBuffer buffer) {
            key.clear();
            key.putInt(to);
            key.putInt(partition);
            key.putLong(number++);
            full.add(new Tuple2<>(key.toBytes(), RowFormat.element(counts[to], buffer)));
            counts[to] = 0;
            buffer.clear();
        }

        private void end() {
            ended = true;
            for (int to = 0; to < partitions; to++) {
                RowBuffer buffer = buffers[to];
                if (buffer != null && counts[to] > 0) {
                    finish(to, buffer);
                }
                buffers[to] = null;
            }
        }
    }
}
