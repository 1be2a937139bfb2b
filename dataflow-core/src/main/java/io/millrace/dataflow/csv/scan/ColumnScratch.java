package io.millrace.dataflow.csv.scan;

import java.util.Arrays;

/** Arrays in which the columns of a chunk are made, one after the other, before they are copied into vectors. */
final class ColumnScratch {
    private static final int FEW = 1 << 12;

    long[] longs = new long[FEW];
    int[] ints = new int[FEW];
    byte[] bytes = new byte[1 << 16];
    /** A bit for each row: whether it has a value. */
    long[] valid = new long[FEW / 64];

    /** Room for rows, all of which have a value so far. */
    void begin(int rows) {
        if (rows >= longs.length) {
            longs = new long[Math.max(rows + 1, 2 * longs.length)];
            ints = new int[longs.length];
            valid = new long[longs.length / 64 + 1];
        }
        Arrays.fill(valid, 0, (rows + 63) / 64, -1L);
    }

    void clear(int row) {
        valid[row >> 6] &= ~(1L << row);
    }

    /** Room for more bytes behind those that there are. */
    byte[] grownBytes(int used, int more) {
        long needed = (long) used + more + Words.SLACK;
        if (needed > Integer.MAX_VALUE - 16) {
            throw new IllegalStateException("the cells of one column of a chunk have more than 2 GiB");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(needed, 2L * bytes.length)));
        return bytes;
    }
}
