package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.table.Batch;
import java.util.List;

/** Sorts rows by any keys, comparing two at a time, from the bottom up, which keeps equal rows in order. */
final class MergeSort {
    /** How many rows are merged before somebody may have cancelled. */
    private static final int PATIENCE = 1 << 14;

    private final List<Batch> batches;
    private final RowOrder order;
    private final Run run;
    private int merged;

    MergeSort(List<Batch> batches, RowOrder order, Run run) {
        this.batches = batches;
        this.order = order;
        this.run = run;
    }

    /** These references in order; the array may be changed. */
    long[] sort(long[] references, MemoryReservation memory) {
        memory.reserve(2L * Long.BYTES * references.length);
        long[] from = references;
        long[] to = new long[references.length];
        for (long width = 1; width < references.length; width *= 2) {
            for (long start = 0; start < from.length; start += 2 * width) {
                int middle = (int) Math.min(start + width, from.length);
                int end = (int) Math.min(start + 2 * width, from.length);
                merge(from, to, (int) start, middle, end);
            }
            long[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private void merge(long[] from, long[] to, int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            if (merged++ % PATIENCE == 0) {
                run.cancellation().check();
            }
            boolean takeLeft = left < middle && (right >= end || compare(from[left], from[right]) <= 0);
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }

    private int compare(long left, long right) {
        return order.compare(
                batches.get(HeldRows.batch(left)),
                HeldRows.row(left),
                batches.get(HeldRows.batch(right)),
                HeldRows.row(right));
    }
}
