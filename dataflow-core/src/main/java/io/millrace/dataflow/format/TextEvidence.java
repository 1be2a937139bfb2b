package io.millrace.dataflow.format;

import static io.millrace.dataflow.schema.DataTypes.BOOL;
import static io.millrace.dataflow.schema.DataTypes.DATE;
import static io.millrace.dataflow.schema.DataTypes.FLOAT64;
import static io.millrace.dataflow.schema.DataTypes.INT64;
import static io.millrace.dataflow.schema.DataTypes.TEXT;
import static io.millrace.dataflow.schema.DataTypes.TIMESTAMP;

import io.millrace.dataflow.kernel.CellBytes;
import io.millrace.dataflow.kernel.CellText;
import io.millrace.dataflow.kernel.NumberShape;
import io.millrace.dataflow.kernel.Utf8;
import io.millrace.dataflow.schema.DataType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The types that every cell of a column seen so far fits. Each cell can only narrow them.
 *
 * <p>Stricter than parsing: what a number would not give back as it was written stays text. Those are digits after a
 * leading zero ({@code 007}), a leading plus ({@code +49}), whole numbers beyond 64 bits, and whole numbers beyond 2⁵³
 * beside fractions.
 */
public final class TextEvidence {
    private static final int CAN_BE_BOOL = 1;
    private static final int CAN_BE_INT64 = 2;
    private static final int CAN_BE_FLOAT64 = 4;
    private static final int CAN_BE_DATE = 8;
    private static final int CAN_BE_TIMESTAMP = 16;
    private static final int CAN_BE_NUMBER = CAN_BE_INT64 | CAN_BE_FLOAT64;
    private static final int CAN_BE_TIME = CAN_BE_DATE | CAN_BE_TIMESTAMP;
    /** The types whose bits are 1, 2, 4 and so on, the narrower ones first. */
    static final List<DataType> TYPES = List.of(BOOL, INT64, FLOAT64, DATE, TIMESTAMP);

    private static final long LARGEST_EXACT = 1L << 53;
    /** The bytes of the longest name of a value, {@code Infinity}; one letter of another alphabet counts as one of two. */
    private static final int LONGEST_NAME = 16;

    private static final CellText.Parser FLOAT64_PARSER = CellText.parser(FLOAT64);
    private static final CellText.Parser DATE_PARSER = CellText.parser(DATE);
    private static final CellText.Parser TIMESTAMP_PARSER = CellText.parser(TIMESTAMP);

    private int candidates = CAN_BE_BOOL | CAN_BE_NUMBER | CAN_BE_TIME;
    private boolean seen;

    /** Evidence of no cell. */
    public TextEvidence() {}

    /** Whether only text is left. */
    public boolean isSettled() {
        return candidates == 0;
    }

    /** Narrows the candidates by a cell that is not null. Empty text, which is null in all types but text, says nothing. */
    public void observe(String cell) {
        if (candidates != 0 && !cell.isEmpty()) {
            seen = true;
            candidates &= fitting(cell);
        }
    }

    /**
     * As {@link #observe(String)}, without a string where the cell is plain. Bytes that are no text, and text with a NUL
     * character, say nothing.
     */
    public void observe(byte[] bytes, int from, int to) {
        if (candidates == 0 || from == to) {
            return;
        }
        int fitting = fitting(bytes, from, to);
        if (fitting != 0 || isText(bytes, from, to)) {
            seen = true;
            candidates &= fitting;
        }
    }

    /** Narrows the candidates by all cells of another evidence. */
    public void join(TextEvidence other) {
        if (other.seen) {
            seen = true;
            candidates &= other.candidates;
        }
    }

    /** The types that every cell so far fits, as bits in the order of {@link #TYPES}. */
    int candidates() {
        return candidates;
    }

    /** The narrowest type left; text for a column of nulls. */
    public DataType type() {
        if (!seen || candidates == 0) {
            return TEXT;
        }
        if ((candidates & CAN_BE_BOOL) != 0) {
            return BOOL;
        }
        if ((candidates & CAN_BE_INT64) != 0) {
            return INT64;
        }
        if ((candidates & CAN_BE_FLOAT64) != 0) {
            return FLOAT64;
        }
        return (candidates & CAN_BE_DATE) != 0 ? DATE : TIMESTAMP;
    }

    private int fitting(String cell) {
        char first = cell.charAt(0);
        if ((first >= '0' && first <= '9') || first == '-' || first == '.') {
            if ((candidates & CAN_BE_NUMBER) != 0) {
                int number = number(cell, first == '-' ? 1 : 0);
                if (number != 0) {
                    return number;
                }
            }
            return (candidates & CAN_BE_TIME) != 0 ? time(cell) : 0;
        }
        if (cell.equalsIgnoreCase("true") || cell.equalsIgnoreCase("false")) {
            return CAN_BE_BOOL;
        }
        boolean named = first == 'n' || first == 'N' || first == 'i' || first == 'I';
        return named && FLOAT64_PARSER.parse(cell, null, 0) ? CAN_BE_FLOAT64 : 0;
    }

    private int fitting(byte[] bytes, int from, int to) {
        byte first = bytes[from];
        if ((first >= '0' && first <= '9') || first == '-' || first == '.') {
            int plain = (candidates & CAN_BE_NUMBER) != 0 ? number(bytes, from, to) : 0;
            if (plain == 0 && (candidates & CAN_BE_TIME) != 0 && to - from >= 10) {
                plain = time(bytes, from, to);
            }
            return plain != 0 ? plain : fitting(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        }
        if (CellBytes.bool(bytes, from, to) != CellBytes.UNDECIDED_BOOL) {
            return CAN_BE_BOOL;
        }
        // Only these begin one of the names of other values; what begins otherwise is text.
        boolean mayBeNamed = "tTfFnNiI".indexOf(first) >= 0 && to - from <= LONGEST_NAME;
        return mayBeNamed ? fitting(new String(bytes, from, to - from, StandardCharsets.UTF_8)) : 0;
    }

    /** What a plain number can be; 0 for what a string must decide. */
    private static int number(byte[] bytes, int from, int to) {
        NumberShape shape = NumberShape.of(bytes, from, to);
        if (shape != NumberShape.OTHER) {
            return shape == NumberShape.WHOLE ? CAN_BE_NUMBER : CAN_BE_FLOAT64;
        }
        int start = bytes[from] == '-' ? from + 1 : from;
        if (to - start < 2 || bytes[start] == '0') {
            return 0;
        }
        long value = CellBytes.int64(bytes, from, to);
        if (value != CellBytes.UNDECIDED) {
            return value >= -LARGEST_EXACT && value <= LARGEST_EXACT ? CAN_BE_NUMBER : CAN_BE_INT64;
        }
        boolean isWhole = isDigits(bytes, start, to);
        return !isWhole && CellBytes.float64Bits(bytes, from, to) != CellBytes.UNDECIDED_FLOAT64 ? CAN_BE_FLOAT64 : 0;
    }

    private static int time(byte[] bytes, int from, int to) {
        if (CellBytes.date(bytes, from, to) != CellBytes.UNDECIDED_DATE) {
            return CAN_BE_TIME;
        }
        return CellBytes.timestamp(bytes, from, to) != CellBytes.UNDECIDED ? CAN_BE_TIMESTAMP : 0;
    }

    private static boolean isDigits(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isText(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == 0) {
                return false;
            }
        }
        return Utf8.isValid(bytes, from, to);
    }

    private int number(String cell, int start) {
        int length = cell.length();
        if (start + 1 < length && cell.charAt(start) == '0' && isDigit(cell.charAt(start + 1))) {
            return 0;
        }
        int end = start;
        while (end < length && isDigit(cell.charAt(end))) {
            end++;
        }
        if (end < length || end == start) {
            return FLOAT64_PARSER.parse(cell, null, 0) ? CAN_BE_FLOAT64 : 0;
        }
        int digits = end - start;
        if (digits <= 15) {
            return CAN_BE_NUMBER;
        }
        if (digits > 19) {
            return 0;
        }
        try {
            long value = Long.parseLong(cell);
            return value >= -LARGEST_EXACT && value <= LARGEST_EXACT ? CAN_BE_NUMBER : CAN_BE_INT64;
        } catch (NumberFormatException beyondRange) {
            return 0;
        }
    }

    private static int time(String cell) {
        // The shortest time is a date of ten characters, with a dash after its year.
        if (cell.length() < 10 || cell.indexOf('-', 1) < 0) {
            return 0;
        }
        if (DATE_PARSER.parse(cell, null, 0)) {
            return CAN_BE_TIME;
        }
        return TIMESTAMP_PARSER.parse(cell, null, 0) ? CAN_BE_TIMESTAMP : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
