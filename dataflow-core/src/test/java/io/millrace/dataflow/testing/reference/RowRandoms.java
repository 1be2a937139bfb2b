package io.millrace.dataflow.testing.reference;

import io.millrace.dataflow.table.CellError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The random number of a row. How it is made is a part of what saved plans mean, and so it is written down here again. */
final class RowRandoms {
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private RowRandoms() {}

    /** Of the record the row came from when there is nothing but a seed, else of the cells after it. */
    static double of(List<@Nullable Object> arguments, long record) {
        Object seed = arguments.get(0);
        long state = mix((seed == null ? 0 : (Long) seed) + STEP);
        if (arguments.size() == 1) {
            return fraction(mix(mix(state ^ text("")) + record * STEP));
        }
        for (Object cell : arguments.subList(1, arguments.size())) {
            state = mix(state * 31 + cell(cell));
        }
        return fraction(state);
    }

    private static long cell(@Nullable Object cell) {
        if (cell == null) {
            return word("null");
        }
        if (cell instanceof CellError error) {
            return word("error") ^ text(error.text());
        }
        if (cell instanceof Long whole) {
            return mix(whole + STEP);
        }
        if (cell instanceof Double number) {
            return mix(Double.doubleToLongBits(number + 0.0) + STEP);
        }
        return text(CellWords.of(cell));
    }

    /** ASCII letters as one number. */
    private static long word(String letters) {
        long word = 0;
        for (int i = 0; i < letters.length(); i++) {
            word = word << 8 | letters.charAt(i);
        }
        return word;
    }

    private static long text(String text) {
        long hash = 0xCBF29CE484222325L;
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            hash ^= Byte.toUnsignedLong(each);
            hash *= 0x100000001B3L;
        }
        return mix(hash);
    }

    private static long mix(long bits) {
        bits ^= bits >>> 30;
        bits *= 0xBF58476D1CE4E5B9L;
        bits ^= bits >>> 27;
        bits *= 0x94D049BB133111EBL;
        return bits ^ bits >>> 31;
    }

    private static double fraction(long bits) {
        return (bits >>> 11) / (double) (1L << 53);
    }
}
