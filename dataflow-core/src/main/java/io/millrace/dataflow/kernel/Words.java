package io.millrace.dataflow.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes of text at a time, as a long whose least byte is the first. */
final class Words {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGHEST_BITS = 0x8080808080808080L;
    private static final long LOWER_BITS = 0x7f7f7f7f7f7f7f7fL;
    private static final long ZEROS = 0x3030303030303030L;
    private static final long EVERY_BYTE = 0x0101010101010101L;

    private Words() {}

    /** The eight bytes from {@code start}, which are all within the array. */
    static long at(byte[] bytes, int start) {
        return (long) LONGS.get(bytes, start);
    }

    /** Whether none of the bytes is beyond ASCII. */
    static boolean isAscii(long word) {
        return (word & HIGHEST_BITS) == 0;
    }

    /** The last {@code count} bytes of a word, from 1 to 8, behind as many digits 0 as are missing. */
    static long lastAfterZeros(long word, int count) {
        long kept = -1L << ((8 - count) * 8);
        return (word & kept) | (ZEROS & ~kept);
    }

    /** The highest bit of every byte that is {@code wanted}, and no other bit. */
    static long find(long word, char wanted) {
        long differences = word ^ (EVERY_BYTE * wanted);
        return ~(((differences & LOWER_BITS) + LOWER_BITS) | differences | LOWER_BITS);
    }

    /** Whether all bytes are digits. */
    static boolean isDigits(long word) {
        return (((word + 0x4646464646464646L) | (word - ZEROS)) & HIGHEST_BITS) == 0;
    }

    /** The number that eight digits write. */
    static long number(long digits) {
        long pairs = digits - ZEROS;
        pairs = pairs * 10 + (pairs >>> 8);
        long firstAndThird = (pairs & 0xff_0000_00ffL) * (100 + (1_000_000L << 32));
        long secondAndFourth = ((pairs >>> 16) & 0xff_0000_00ffL) * (1 + (10_000L << 32));
        return (firstAndThird + secondAndFourth) >>> 32;
    }
}
