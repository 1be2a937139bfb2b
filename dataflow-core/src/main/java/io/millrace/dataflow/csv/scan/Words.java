package io.millrace.dataflow.csv.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at a time, as a number whose lowest byte is the first one. */
final class Words {
    /** How many bytes beyond the last one an array must have, for a word that begins there. */
    static final int SLACK = 8;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long BELOW_14 = (0x80 - 14) * ONES;

    private Words() {}

    static long at(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }

    static void put(byte[] bytes, int index, long word) {
        LONGS.set(bytes, index, word);
    }

    /** A word of one byte; of {@link ScanDialect#NONE}, that of a byte which is looked for anyway. */
    static long repeated(int value) {
        return (value == ScanDialect.NONE ? '\n' : value) * ONES;
    }

    /**
     * The high bit of each byte that is in one of two words of a repeated byte, or is below 14: line ends, NUL and tabs.
     * Exact: a byte beside a match is none.
     */
    static long hits(long word, long first, long second) {
        long a = word ^ first;
        long b = word ^ second;
        long others = (((a & LOW_BITS) + LOW_BITS) | a)
                & (((b & LOW_BITS) + LOW_BITS) | b)
                & (((word & LOW_BITS) + BELOW_14) | word);
        return ~others & HIGH_BITS;
    }

    /** Whether some byte of a word of ASCII is NUL. */
    static boolean hasNul(long word) {
        return ((word - ONES) & HIGH_BITS) != 0;
    }

    /** The high bit of each line end, line feed or carriage return. */
    static long lineEnds(long word) {
        long a = word ^ ('\n' * ONES);
        long b = word ^ ('\r' * ONES);
        return ~((((a & LOW_BITS) + LOW_BITS) | a) & (((b & LOW_BITS) + LOW_BITS) | b)) & HIGH_BITS;
    }

    /** Those of the hits that are among the first {@code count} bytes, of fewer than eight. */
    static long first(long hits, int count) {
        return hits & ((1L << (8 * count)) - 1);
    }

    /** The place of the first hit in its word. */
    static int place(long hits) {
        return Long.numberOfTrailingZeros(hits) >>> 3;
    }

    /** Whether some byte of a word is no ASCII. */
    static boolean isWide(long word) {
        return (word & HIGH_BITS) != 0;
    }
}
