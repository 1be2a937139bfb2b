package io.millrace.dataflow.profile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** 64 bits of hash, the same in every process. */
final class Hash {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FIRST = 0x9E3779B97F4A7C15L;
    private static final long SECOND = 0xD6E8FEB86659FD93L;

    /** What stands for a null among the hashes of a row. */
    static final long NULL = 0x5851F42D4C957F2DL;

    private Hash() {}

    /** Spreads the bits of a number over all 64. */
    static long mix(long value) {
        long hash = value;
        hash ^= hash >>> 32;
        hash *= SECOND;
        hash ^= hash >>> 32;
        hash *= SECOND;
        return hash ^ (hash >>> 32);
    }

    /** The hash of a row up to a column, and that of the column's cell. */
    static long join(long row, long cell) {
        return mix((row ^ cell) * FIRST + SECOND);
    }

    /** The hash of some bytes, behind which the array has at least seven more. */
    static long of(byte[] bytes, int from, int length) {
        long hash = FIRST * (length + 1L);
        int at = from;
        int end = from + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = fold(hash ^ (long) LONGS.get(bytes, at));
        }
        int rest = end - at;
        if (rest > 0) {
            hash = fold(hash ^ ((long) LONGS.get(bytes, at) & (-1L >>> (Long.SIZE - Byte.SIZE * rest))));
        }
        return mix(hash);
    }

    /** Multiplies to 128 bits and joins their halves. */
    private static long fold(long value) {
        long odd = value ^ SECOND;
        return (odd * FIRST) ^ Math.multiplyHigh(odd, FIRST) ^ (odd >>> 29);
    }
}
