package io.millrace.dataflow.local;

import io.millrace.dataflow.expr.SortKey.Direction;
import io.millrace.dataflow.expr.SortKey.Nulls;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;

/**
 * The keys of rows as words whose unsigned order, the first word first, is the order of the rows. Exists for numbers,
 * times, truth values and short texts.
 */
final class SortWords {
    /** The longest text that is made words, in bytes. */
    private static final int LONGEST_TEXT = 23;

    private final List<Part> parts = new ArrayList<>();
    private int words;

    private SortWords() {}

    /** One key: where its words begin, how many there are, and whether one before them tells nulls from values. */
    private record Part(Operator.Sort.Key key, DataType type, int start, int words, boolean someNull) {}

    /** How the keys of these batches become words; without parts where that is not possible. */
    static SortWords of(List<Operator.Sort.Key> keys, Schema schema, List<Batch> batches) {
        SortWords result = new SortWords();
        for (Operator.Sort.Key key : keys) {
            DataType type = schema.field(key.index()).type();
            boolean someNull = false;
            int longest = 0;
            for (Batch batch : batches) {
                FieldVector vector = batch.cells(key.index()).values();
                someNull |= vector.getNullCount() > 0;
                if (vector instanceof BaseVariableWidthVector texts) {
                    for (int row = 0; row < batch.rowCount(); row++) {
                        longest = Math.max(longest, texts.getValueLength(row));
                    }
                }
            }
            int words = type instanceof DataType.Text || type instanceof DataType.Binary
                    ? (longest + Long.BYTES) / Long.BYTES
                    : 1;
            boolean known = type instanceof DataType.Int64
                    || type instanceof DataType.Float64
                    || type instanceof DataType.Timestamp
                    || type instanceof DataType.Date
                    || type instanceof DataType.Bool
                    || type instanceof DataType.Text
                    || type instanceof DataType.Binary;
            if (!known || longest > LONGEST_TEXT) {
                return new SortWords();
            }
            result.parts.add(new Part(key, type, result.words, words, someNull));
            result.words += words + (someNull ? 1 : 0);
        }
        return result;
    }

    /** How many words a key has; 0 where keys cannot be words. */
    int count() {
        return words;
    }

    /** Writes the words of a batch's rows from {@code start} on into one array a word. */
    void fill(Batch batch, long[][] target, int start) {
        for (Part part : parts) {
            int first = part.start;
            FieldVector vector = batch.cells(part.key.index()).values();
            if (part.someNull) {
                long ofNull = part.key.nulls() == Nulls.FIRST ? 0 : 1;
                for (int row = 0; row < batch.rowCount(); row++) {
                    target[first][start + row] = vector.isNull(row) ? ofNull : 1 - ofNull;
                }
                first++;
            }
            if (vector instanceof BaseVariableWidthVector texts) {
                fillTexts(texts, batch.rowCount(), target, first, part.words, start);
            } else {
                fillFixed(vector, batch.rowCount(), target[first], start);
            }
            boolean descending = part.key.direction() == Direction.DESCENDING;
            for (int word = first; word < first + part.words; word++) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    if (part.someNull && vector.isNull(row)) {
                        target[word][start + row] = 0;
                    } else if (descending) {
                        target[word][start + row] = ~target[word][start + row];
                    }
                }
            }
        }
    }

    private static void fillFixed(FieldVector vector, int rows, long[] target, int start) {
        if (vector instanceof BitVector bits) {
            for (int row = 0; row < rows; row++) {
                target[start + row] = bits.isNull(row) ? 0 : bits.get(row);
            }
            return;
        }
        if (vector instanceof DateDayVector days) {
            int[] values = new int[rows];
            ColumnArrays.ints(days, rows, values);
            for (int row = 0; row < rows; row++) {
                target[start + row] = values[row] ^ Long.MIN_VALUE;
            }
            return;
        }
        long[] values = new long[rows];
        ColumnArrays.longs((BaseFixedWidthVector) vector, rows, values);
        if (vector instanceof Float8Vector) {
            for (int row = 0; row < rows; row++) {
                // One NaN and one zero; then negative numbers turned round and below the others.
                long bits = Double.doubleToLongBits(Double.longBitsToDouble(values[row]) + 0.0);
                target[start + row] = bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
            }
        } else {
            for (int row = 0; row < rows; row++) {
                target[start + row] = values[row] ^ Long.MIN_VALUE;
            }
        }
    }

    /** The bytes from the greatest place down, zeros behind them, and the length last: it orders those with zeros. */
    private static void fillTexts(
            BaseVariableWidthVector vector, int rows, long[][] target, int first, int words, int start) {
        ArrowBuf bytes = vector.getDataBuffer();
        byte[] text = new byte[words * Long.BYTES];
        for (int row = 0; row < rows; row++) {
            java.util.Arrays.fill(text, (byte) 0);
            if (!vector.isNull(row)) {
                int length = vector.getValueLength(row);
                bytes.getBytes(vector.getStartOffset(row), text, 0, length);
                text[text.length - 1] = (byte) length;
            }
            for (int word = 0; word < words; word++) {
                target[first + word][start + row] = (long) BIG_ENDIAN.get(text, word * Long.BYTES);
            }
        }
    }

    private static final java.lang.invoke.VarHandle BIG_ENDIAN =
            java.lang.invoke.MethodHandles.byteArrayViewVarHandle(long[].class, java.nio.ByteOrder.BIG_ENDIAN);
}
