package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.List;

/**
 * The rows of a window, partition after partition and each in its order. A row is known by its number among all rows as
 * they came; its rank is its place here.
 */
final class WindowOrder implements RankedRows {
    private final List<Batch> batches;
    private final Cancellation cancellation;
    private final RowOrder order;
    /** By row: where it is held. */
    private final long[] references;
    /** By row: the number of its partition. */
    private final int[] partitions;
    /** By partition: the rank of its first row; then the number of rows. */
    private final int[] starts;
    /** By rank: the row. */
    private final int[] rows;

    private WindowOrder(
            HeldRows held,
            int[] partitions,
            int partitionCount,
            List<Operator.Sort.Key> keys,
            Cancellation cancellation) {
        this.batches = held.batches();
        this.order = batches.isEmpty()
                ? new RowOrder(List.of(), Schema.of(List.of()))
                : new RowOrder(keys, batches.get(0).schema());
        this.cancellation = cancellation;
        this.partitions = partitions;
        this.references = new long[partitions.length];
        this.starts = new int[partitionCount + 1];
        this.rows = new int[partitions.length];
    }

    /**
     * The order of rows.
     *
     * @param partitions the number of the partition of each row
     */
    static WindowOrder of(
            HeldRows held,
            int[] partitions,
            int partitionCount,
            List<Operator.Sort.Key> keys,
            MemoryReservation memory,
            Cancellation cancellation) {
        memory.reserve(
                (long) partitions.length * (Long.BYTES + 2 * Integer.BYTES) + (long) partitionCount * Integer.BYTES);
        WindowOrder order = new WindowOrder(held, partitions, partitionCount, keys, cancellation);
        order.refer();
        order.divide();
        if (!keys.isEmpty()) {
            order.sort();
        }
        return order;
    }

    private void refer() {
        int next = 0;
        for (int batch = 0; batch < batches.size(); batch++) {
            for (int row = 0; row < batches.get(batch).rowCount(); row++) {
                references[next++] = HeldRows.reference(batch, row);
            }
        }
    }

    /** Puts the rows of each partition beside each other, in the order they came in. */
    private void divide() {
        for (int partition : partitions) {
            starts[partition + 1]++;
        }
        for (int partition = 1; partition < starts.length; partition++) {
            starts[partition] += starts[partition - 1];
        }
        int[] next = starts.clone();
        for (int row = 0; row < rows.length; row++) {
            rows[next[partitions[row]]++] = row;
        }
    }

    private void sort() {
        int[] spare = new int[rows.length];
        for (int partition = 0; partition < partitionCount(); partition++) {
            sort(spare, start(partition), end(partition));
        }
    }

    /** A merge sort from the bottom up, which keeps equal rows in order. */
    private void sort(int[] spare, int start, int end) {
        int[] from = rows;
        int[] to = spare;
        for (long width = 1; width < end - start; width *= 2) {
            for (long left = start; left < end; left += 2 * width) {
                int middle = (int) Math.min(left + width, end);
                merge(from, to, (int) left, middle, (int) Math.min(left + 2 * width, end));
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        if (from != rows) {
            System.arraycopy(from, start, rows, start, end - start);
        }
    }

    private void merge(int[] from, int[] to, int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            check(i);
            boolean takeLeft = left < middle && (right >= end || compare(from[left], from[right]) <= 0);
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }

    private int compare(int leftRow, int rightRow) {
        long left = references[leftRow];
        long right = references[rightRow];
        return order.compare(
                batches.get(HeldRows.batch(left)),
                HeldRows.row(left),
                batches.get(HeldRows.batch(right)),
                HeldRows.row(right));
    }

    @Override
    public void check(int counter) {
        if ((counter & 0x3FFF) == 0) {
            cancellation.check();
        }
    }

    int partitionCount() {
        return starts.length - 1;
    }

    /** The rank of the first row of a partition. */
    int start(int partition) {
        return starts[partition];
    }

    /** The rank after that of the last row of a partition. */
    int end(int partition) {
        return starts[partition + 1];
    }

    int size() {
        return rows.length;
    }

    /** The row of a rank. */
    int row(int rank) {
        return rows[rank];
    }

    /** The number of the partition of a row. */
    int partition(int row) {
        return partitions[row];
    }

    /** Where the row of a rank is held. */
    long reference(int rank) {
        return references[rows[rank]];
    }

    @Override
    public boolean isPeerOfPrevious(int rank) {
        return compare(rows[rank - 1], rows[rank]) == 0;
    }

    @Override
    public RankedColumns columns(List<Integer> columns) {
        List<List<Cells>> byBatch = batches.stream()
                .map(batch -> columns.stream().map(batch::cells).toList())
                .toList();
        return rank -> byBatch.get(HeldRows.batch(reference(rank)));
    }

    @Override
    public int place(int rank) {
        return HeldRows.row(reference(rank));
    }
}
