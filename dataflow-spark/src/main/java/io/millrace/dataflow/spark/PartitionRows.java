package io.millrace.dataflow.spark;

import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.BatchStream;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.api.java.function.Function2;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** The functions that Spark runs over partitions. Rows leave them as {@link RowFormat} writes them. */
final class PartitionRows {
    private PartitionRows() {}

    /** The rows of a source, a batch in each element. */
    record Written(PartitionSource source) implements Function2<Integer, Iterator<byte[]>, Iterator<byte[]>> {
        @Override
        public Iterator<byte[]> call(Integer partition, Iterator<byte[]> elements) {
            TaskScope scope = TaskScope.open();
            return written(source.open(partition, elements, scope), scope);
        }
    }

    /** The rows that an operator of two inputs gives for two partitions. */
    record Paired(PartitionSource left, PartitionSource right, PartitionSources.StageText stage)
            implements FlatMapFunction2<Iterator<byte[]>, Iterator<byte[]>, byte[]> {
        @Override
        public Iterator<byte[]> call(Iterator<byte[]> leftElements, Iterator<byte[]> rightElements) {
            TaskScope scope = TaskScope.open();
            return written(
                    stage.run(List.of(left.open(0, leftElements, scope), right.open(0, rightElements, scope)), scope),
                    scope);
        }
    }

    /** The rows that an operator of two inputs gives for each pair of elements. */
    record Crossed(PartitionSource left, PartitionSource right, PartitionSources.StageText stage)
            implements FlatMapFunction<Iterator<Tuple2<byte[], byte[]>>, byte[]> {
        @Override
        public Iterator<byte[]> call(Iterator<Tuple2<byte[], byte[]>> pairs) {
            TaskScope scope = TaskScope.open();
            return new Pulled<>() {
                private Iterator<byte[]> current = List.<byte[]>of().iterator();

                @Override
                byte @Nullable [] pull() {
                    while (!current.hasNext() && pairs.hasNext()) {
                        Tuple2<byte[], byte[]> pair = pairs.next();
                        BatchStream lefts = left.open(0, List.of(pair._1()).iterator(), scope);
                        BatchStream rights = right.open(0, List.of(pair._2()).iterator(), scope);
                        current = written(stage.run(List.of(lefts, rights), scope), scope);
                    }
                    return current.hasNext() ? current.next() : null;
                }
            };
        }
    }

    /** The number of rows of a source. */
    record Counted(PartitionSource source) implements Function2<Integer, Iterator<byte[]>, Iterator<Long>> {
        @Override
        public Iterator<Long> call(Integer partition, Iterator<byte[]> elements) {
            TaskScope scope = TaskScope.open();
            long rows = 0;
            try (BatchStream stream = scope.closing(source.open(partition, elements, scope))) {
                for (Batch batch = stream.next(); batch != null; batch = stream.next()) {
                    rows += batch.rowCount();
                    batch.close();
                    scope.check();
                }
            }
            return List.of(rows).iterator();
        }
    }

    /** The rows of a source, each with its key. */
    record Keyed(PartitionSource source, RowKeys keys)
            implements Function2<Integer, Iterator<byte[]>, Iterator<Tuple2<byte[], byte[]>>> {
        @Override
        public Iterator<Tuple2<byte[], byte[]>> call(Integer partition, Iterator<byte[]> elements) {
            TaskScope scope = TaskScope.open();
            BatchStream rows = scope.closing(source.open(partition, elements, scope));
            return new KeyedRows(rows, keys, partition, scope);
        }
    }

    private static Iterator<byte[]> written(BatchStream rows, TaskScope scope) {
        RowFormat format = new RowFormat(rows.schema());
        BatchStream closing = scope.closing(rows);
        return new Pulled<>() {
            @Override
            byte @Nullable [] pull() {
                scope.check();
                try (Batch batch = closing.next()) {
                    return batch == null ? null : format.rows(batch);
                }
            }
        };
    }

    /** The rows of batches, one by one. */
    private static final class KeyedRows extends Pulled<Tuple2<byte[], byte[]>> {
        private final BatchStream rows;
        private final RowKeys.Writer keys;
        private final RowFormat format;
        private final RowBuffer key = new RowBuffer();
        private final int partition;
        private final TaskScope scope;
        private @Nullable Batch batch;
        private int row;
        private long number;

        KeyedRows(BatchStream rows, RowKeys keys, int partition, TaskScope scope) {
            this.rows = rows;
            this.keys = keys.open(rows.schema());
            this.format = new RowFormat(visible(rows.schema(), keys.hiddenColumns()));
            this.partition = partition;
            this.scope = scope;
            scope.onEnd(this::close);
        }

        private static Schema visible(Schema schema, int hidden) {
            return Schema.of(schema.fields().subList(0, schema.size() - hidden));
        }

        @Override
        @Nullable
        Tuple2<byte[], byte[]> pull() {
            Batch current = batch;
            while (current == null || row == current.rowCount()) {
                close();
                scope.check();
                current = rows.next();
                if (current == null) {
                    return null;
                }
                batch = current;
                row = 0;
            }
            key.clear();
            keys.write(current, row, partition, number, key);
            byte[] written = format.row(current, row);
            row++;
            number++;
            return new Tuple2<>(key.toBytes(), written);
        }

        void close() {
            Batch ended = batch;
            batch = null;
            if (ended != null) {
                ended.close();
            }
        }
    }

    /** An iterator that finds its elements when it is asked for them. */
    abstract static class Pulled<T> implements Iterator<T> {
        private @Nullable T next;
        private boolean ended;

        /** The next element, or null after the last. */
        abstract @Nullable T pull();

        @Override
        public boolean hasNext() {
            if (next == null && !ended) {
                next = pull();
                ended = next == null;
            }
            return next != null;
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            T given = java.util.Objects.requireNonNull(next);
            next = null;
            return given;
        }
    }
}
