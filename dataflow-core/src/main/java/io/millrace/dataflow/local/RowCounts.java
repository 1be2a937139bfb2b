package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import java.util.Arrays;

/** How many rows each group has. */
final class RowCounts {
    private final MemoryReservation memory;
    private long[] counts = new long[0];

    RowCounts(MemoryReservation memory) {
        this.memory = memory;
    }

    /** Makes room for groups up to {@code groups}. */
    void grow(int groups) {
        if (groups > counts.length) {
            int larger = Math.max(groups, Math.max(16, counts.length * 2));
            memory.reserve((long) (larger - counts.length) * Long.BYTES);
            counts = Arrays.copyOf(counts, larger);
        }
    }

    /** Counts rows by their groups. */
    void add(int[] groups) {
        long[] all = counts;
        for (int group : groups) {
            all[group]++;
        }
    }

    long of(int group) {
        return counts[group];
    }

    /** Adds the counts of other rows of the same groups. */
    void join(RowCounts other) {
        grow(other.counts.length);
        for (int group = 0; group < other.counts.length; group++) {
            counts[group] += other.counts[group];
        }
    }
}
