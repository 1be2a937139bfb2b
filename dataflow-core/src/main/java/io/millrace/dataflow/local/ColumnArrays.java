package io.millrace.dataflow.local;

import java.nio.ByteOrder;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;

/**
 * Copies the buffers of vectors into arrays at the speed of memory, for loops that look at every cell: an array costs
 * no call and no check of a reference count.
 */
final class ColumnArrays {
    /** How many bytes behind the last one may be read from an array of {@link #bytes}. */
    static final int PADDING = 16;

    private ColumnArrays() {}

    /** The values of a vector of eight-byte cells; those of nulls are undefined. */
    static void longs(BaseFixedWidthVector vector, int rows, long[] target) {
        if (rows > 0) {
            vector.getDataBuffer()
                    .nioBuffer(0, rows * Long.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asLongBuffer()
                    .get(target, 0, rows);
        }
    }

    /** The values of a vector of float64; those of nulls are undefined. */
    static void doubles(BaseFixedWidthVector vector, int rows, double[] target) {
        if (rows > 0) {
            vector.getDataBuffer()
                    .nioBuffer(0, rows * Double.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asDoubleBuffer()
                    .get(target, 0, rows);
        }
    }

    /** The values of a vector of four-byte cells; those of nulls are undefined. */
    static void ints(BaseFixedWidthVector vector, int rows, int[] target) {
        ints(vector.getDataBuffer(), rows, target);
    }

    private static void ints(ArrowBuf buffer, int count, int[] target) {
        if (count > 0) {
            buffer.nioBuffer(0, count * Integer.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asIntBuffer()
                    .get(target, 0, count);
        }
    }

    /** Where the cells of a vector of texts or binaries begin, and behind the last one where it ends. */
    static void offsets(BaseVariableWidthVector vector, int rows, int[] target) {
        if (rows == 0) {
            target[0] = 0;
        } else {
            ints(vector.getOffsetBuffer(), rows + 1, target);
        }
    }

    /** The bytes of all cells, in {@code reused} when it is large enough. */
    static byte[] bytes(BaseVariableWidthVector vector, int end, byte[] reused) {
        byte[] target = reused.length < end + PADDING ? new byte[end + end / 4 + PADDING] : reused;
        if (end > 0) {
            vector.getDataBuffer().getBytes(0, target, 0, end);
        }
        return target;
    }
}
