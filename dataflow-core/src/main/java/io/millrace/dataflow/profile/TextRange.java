package io.millrace.dataflow.profile;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The smallest and the largest of some texts by their bytes, and no more of each than is shown. */
final class TextRange {
    /** One byte more than is shown, which tells that a text is longer. */
    private static final int LONGEST = ValueCount.LONGEST_TEXT + 1;

    private byte @Nullable [] smallest;
    private byte @Nullable [] largest;

    /** Adds the text of some bytes. */
    void add(byte[] bytes, int from, int fullLength) {
        int length = Math.min(LONGEST, fullLength);
        byte[] low = smallest;
        if (low == null || Arrays.compareUnsigned(bytes, from, from + length, low, 0, low.length) < 0) {
            smallest = Arrays.copyOfRange(bytes, from, from + length);
        }
        byte[] high = largest;
        if (high == null || Arrays.compareUnsigned(bytes, from, from + length, high, 0, high.length) > 0) {
            largest = Arrays.copyOfRange(bytes, from, from + length);
        }
    }

    void join(TextRange other) {
        byte[] low = other.smallest;
        byte[] high = other.largest;
        if (low != null && high != null) {
            add(low, 0, low.length);
            add(high, 0, high.length);
        }
    }

    byte @Nullable [] smallest() {
        return smallest;
    }

    byte @Nullable [] largest() {
        return largest;
    }

    void write(ShareWriter out) {
        byte[] low = smallest;
        byte[] high = largest;
        out.putFlag(low != null && high != null);
        if (low != null && high != null) {
            out.putBytes(low);
            out.putBytes(high);
        }
    }

    static TextRange read(ShareReader in) {
        TextRange range = new TextRange();
        if (in.readFlag()) {
            range.smallest = in.readBytes();
            range.largest = in.readBytes();
        }
        return range;
    }
}
