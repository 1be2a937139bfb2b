package io.millrace.dataflow.local;

import io.millrace.dataflow.expr.JoinKind;
import io.millrace.dataflow.table.Batch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The pairs that one batch of the left input of a join makes, in order. Used by one thread at a time. */
final class JoinPairs {
    private static final int NO_ROW = KeyedRows.NO_ROW;

    private final Batch left;
    /** By row: its first partner. */
    private final int[] partners;

    private final JoinTable table;
    private final @Nullable LeftPartners earlier;
    private int row;
    /** The partner of the current row that comes next; {@link #NO_ROW} when none has been looked up. */
    private int partner = NO_ROW;

    JoinPairs(Batch left, int[] partners, JoinTable table, @Nullable LeftPartners earlier) {
        this.left = left;
        this.partners = partners;
        this.table = table;
        this.earlier = earlier;
    }

    /** Whether all pairs were given. */
    boolean isDone() {
        return row == partners.length;
    }

    /** The next pairs, which may be none. */
    Batch next() {
        JoinKind kind = table.join().kind();
        KeyedRows right = table.rows();
        int most = table.run().batchRows();
        int[] leftRows = new int[most];
        long[] rightRows = new long[most];
        int count = 0;
        while (count < most && row < partners.length) {
            if (partner == NO_ROW) {
                partner = partners[row];
                if (partner != NO_ROW && earlier != null) {
                    earlier.mark(row);
                }
            }
            if (partner != NO_ROW) {
                leftRows[count] = row;
                rightRows[count++] = right.rows().reference(partner);
                if (kind.keepsRight()) {
                    table.markPaired(partner);
                }
                partner = right.next(partner);
            } else if (kind.keepsLeft() && (earlier == null || earlier.isAlone(row))) {
                leftRows[count] = row;
                rightRows[count++] = HeldRows.NONE;
            }
            row += partner == NO_ROW ? 1 : 0;
        }
        return table.columns().of(left, Arrays.copyOf(leftRows, count), Arrays.copyOf(rightRows, count));
    }
}
