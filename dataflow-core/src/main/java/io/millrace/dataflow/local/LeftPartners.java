package io.millrace.dataflow.local;

import java.util.BitSet;

/** Which rows of the left input had a partner, when the rows of the right one come in several pieces. */
final class LeftPartners {
    private final BitSet had = new BitSet();
    private boolean last;
    private int start;

    /** Says that the first row of the left input comes next, and whether the piece of the right one is the last. */
    void restart(boolean isLast) {
        last = isLast;
        start = 0;
    }

    /** Says that a batch of so many rows is done. */
    void advance(int rows) {
        start = Math.addExact(start, rows);
    }

    /** Says that a row of the batch under way has a partner. */
    void mark(int row) {
        had.set(start + row);
    }

    /** Whether a row of the batch under way, that has no partner in this piece, has none in any. */
    boolean isAlone(int row) {
        return last && !had.get(start + row);
    }
}
