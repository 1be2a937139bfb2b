package io.millrace.dataflow.spark;

import io.millrace.dataflow.kernel.Gather;
import io.millrace.dataflow.plan.SchemaJson;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.Function;

/**
 * What goes by the number of a row among all rows: the rows of each partition are counted first, so that each partition
 * knows how many come before its own, and works alone.
 */
final class CountedSources {
    private CountedSources() {}

    /** Whether an element has rows. */
    record HasRows() implements Function<byte[], Boolean> {
        @Override
        public Boolean call(byte[] element) {
            return RowFormat.count(element) > 0;
        }
    }

    /** The rows of another source but for the first of all partitions together. */
    record From(PartitionSource input, List<Long> rowsBefore, long first) implements PartitionSource {
        @Override
        public BatchStream open(int partition, Iterator<byte[]> elements, TaskScope scope) {
            BatchStream rows = input.open(partition, elements, scope);
            return new PartitionSources.Changed(rows.schema(), rows) {
                private long left = Math.max(0, first - rowsBefore.get(partition));

                @Override
                Batch change(Batch batch) {
                    if (left == 0) {
                        return batch;
                    }
                    try (batch) {
                        int skipped = (int) Math.min(left, batch.rowCount());
                        left -= skipped;
                        int[] kept = IntStream.range(skipped, batch.rowCount()).toArray();
                        return Gather.rows(batch, kept, scope.allocator());
                    }
                }
            };
        }
    }

    /** The rows of another source, each with its number among all rows, from 1, in a last column. */
    record RowNumbered(PartitionSource input, List<Long> rowsBefore, String schemaJson) implements PartitionSource {
        RowNumbered(PartitionSource input, List<Long> rowsBefore, Schema schema) {
            this(input, rowsBefore, SchemaJson.write(schema).toString());
        }

        @Override
        public BatchStream open(int partition, Iterator<byte[]> elements, TaskScope scope) {
            Schema schema = SchemaJson.read(JsonText.parse(schemaJson));
            BatchStream rows = input.open(partition, elements, scope);
            return new PartitionSources.Changed(schema, rows) {
                private long next = rowsBefore.get(partition) + 1;

                @Override
                Batch change(Batch batch) {
                    Cells numbers;
                    try {
                        numbers = PartitionSources.Numbered.numbers(next, batch.rowCount(), scope.allocator());
                    } catch (RuntimeException | Error failure) {
                        batch.close();
                        throw failure;
                    }
                    next += batch.rowCount();
                    List<Cells> columns = new ArrayList<>(batch.columns());
                    columns.add(numbers);
                    return Batch.of(
                            schema, columns, batch.rowCount(), batch.positions().orElse(null));
                }
            };
        }
    }
}
