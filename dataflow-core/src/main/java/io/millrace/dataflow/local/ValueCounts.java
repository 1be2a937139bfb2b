package io.millrace.dataflow.local;

import java.util.Arrays;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * How many values each group has: counted one by one, or, where somebody counts the rows, those less the nulls, so that
 * a column without nulls costs nothing.
 */
final class ValueCounts {
    private final @Nullable RowCounts rows;
    /** By group: the values, or the nulls where rows are counted. */
    private long[] counts = new long[0];

    private int size;

    ValueCounts(@Nullable RowCounts rows) {
        this.rows = rows;
    }

    void resize(int groups) {
        size = groups;
        if (rows == null || counts.length > 0) {
            counts = Arrays.copyOf(counts, groups);
        }
    }

    /** Counts one value. Not for counts that rest on those of rows. */
    void add(int group) {
        counts[group]++;
    }

    /** Counts the values of some rows by their groups. */
    void add(FieldVector vector, int[] groups) {
        boolean someNull = vector.getNullCount() > 0;
        if (rows != null && !someNull) {
            return;
        }
        boolean counted = rows != null;
        if (counts.length < size) {
            counts = Arrays.copyOf(counts, size);
        }
        for (int row = 0; row < groups.length; row++) {
            if ((someNull && vector.isNull(row)) == counted) {
                counts[groups[row]]++;
            }
        }
    }

    long of(int group) {
        long own = group < counts.length ? counts[group] : 0;
        return rows == null ? own : rows.of(group) - own;
    }

    /** Adds the counts of other values of the same groups; those of their rows are added elsewhere. */
    void join(ValueCounts other) {
        if (counts.length < other.counts.length) {
            counts = Arrays.copyOf(counts, Math.max(size, other.counts.length));
        }
        for (int group = 0; group < other.counts.length; group++) {
            counts[group] += other.counts[group];
        }
    }
}
