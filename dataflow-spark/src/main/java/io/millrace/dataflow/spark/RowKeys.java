package io.millrace.dataflow.spark;

import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.plan.OperatorJson;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.io.Serializable;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;

/** The keys that rows are exchanged by: bytes whose unsigned order is the order wanted in the receiving partition. */
interface RowKeys extends Serializable {
    /** What writes the keys of rows with these columns. */
    Writer open(Schema schema);

    /** How many of the last columns are for the key alone, and do not travel with the row. */
    int hiddenColumns();

    /** Writes keys. Used by one thread. */
    @FunctionalInterface
    interface Writer {
        /**
         * Writes the key of a row.
         *
         * @param partition the partition the row is sent from
         * @param number the number of the row there
         */
        void write(Batch batch, int row, int partition, long number, RowBuffer out);
    }

    /** The keys of a sort, then where the row came from, so that equal rows keep their order. */
    record BySort(String sortJson) implements RowKeys {
        BySort(Operator.Sort sort) {
            this(OperatorJson.write(sort).toString());
        }

        @Override
        public Writer open(Schema schema) {
            Operator.Sort sort = (Operator.Sort) OperatorJson.read(JsonText.parse(sortJson));
            SortBytes keys = new SortBytes(schema, sort.keys());
            return (batch, row, partition, number, out) -> {
                keys.write(batch, row, out);
                out.putInt(partition);
                out.putLong(number);
            };
        }

        @Override
        public int hiddenColumns() {
            return 0;
        }
    }

    /**
     * The place that the last columns tell, as {@link PartitionSources.Numbered} wrote them: back to where it was. A row
     * without a first place goes by its second one to a partition after all of those, which are {@code partitions}.
     */
    record ByPlace(int hiddenColumns, int partitions) implements RowKeys {
        @Override
        public Writer open(Schema schema) {
            int first = schema.size() - hiddenColumns;
            return (batch, row, partition, number, out) -> {
                for (int column = first; column < schema.size(); column++) {
                    Cells cells = batch.cells(column);
                    boolean known = !cells.values().isNull(row);
                    long place = known ? ((BigIntVector) cells.values()).get(row) : 0;
                    if (column == first) {
                        out.putInt(known ? partition(place) : placeless(batch, row, first + 1));
                    }
                    out.putByte(known ? 1 : 0);
                    out.putLong(place);
                }
            };
        }

        /** The partition of a row without a first place. The one group of no rows has no place at all. */
        private int placeless(Batch batch, int row, int second) {
            return hiddenColumns == 1
                    ? 0
                    : partitions + partition(((BigIntVector) batch.cells(second).values()).get(row));
        }

        private static int partition(long place) {
            return (int) (place >>> PartitionSources.Numbered.ROW_BITS);
        }
    }

    /**
     * The number of a row over all partitions: to the partition of another input that has the row of that number, or to the
     * last one.
     *
     * @param own the number of the first row of each partition that rows are sent from
     * @param others the number of the first row of each partition they are sent to
     */
    record ByNumber(List<Long> own, List<Long> others) implements RowKeys {
        @Override
        public Writer open(Schema schema) {
            return (batch, row, partition, number, out) -> {
                long place = own.get(partition) + number;
                out.putInt(receiver(place));
                out.putLong(place);
            };
        }

        /** The last partition that begins at or before a place; of empty ones that begin there too, the one with rows. */
        private int receiver(long place) {
            int low = 0;
            int high = others.size() - 1;
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (others.get(middle) <= place) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low;
        }

        @Override
        public int hiddenColumns() {
            return 0;
        }
    }
}
