package io.millrace.dataflow.profile;

import io.millrace.dataflow.kernel.CellText;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Cells;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * A column of texts, of bytes, or of lists or structs, which are taken as their JSON. The key of a value is a hash of its
 * bytes.
 */
final class TextShare extends ColumnShare {
    private static final byte[] CUT = "…".getBytes(StandardCharsets.UTF_8);
    /** The highest bit of each of eight bytes. */
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final boolean isText;
    private final boolean isNested;
    private final boolean hasSemanticTypes;
    /** By row: where its bytes begin in the scratch; and, behind the last row, where they end. */
    private int[] starts = new int[1];

    private long empty;
    private long measured;
    private long totalLength;
    private long shortest = Long.MAX_VALUE;
    private long longest;
    private TextRange range = new TextRange();
    private TextTypes forms;

    TextShare(Schema.Field field, ShareSettings settings) {
        super(field, settings);
        this.isText = type instanceof DataType.Text;
        this.isNested = type instanceof DataType.ListOf || type instanceof DataType.Struct;
        this.hasSemanticTypes = settings.semanticTypes();
        this.forms = new TextTypes(hasSemanticTypes);
    }

    @Override
    boolean hasTexts() {
        return true;
    }

    @Override
    int unpack(Cells cells, Scratch scratch) {
        int size = cells.size();
        if (starts.length <= size) {
            starts = new int[size + 1];
        }
        boolean isAscii = isNested ? loadNested(cells, scratch) : loadBytes(cells, scratch);
        int count = 0;
        for (int row = 0; row < size; row++) {
            if (!scratch.has(row)) {
                scratch.keys[row] = Hash.NULL;
                continue;
            }
            int from = starts[row];
            int length = starts[row + 1] - from;
            long key = Hash.of(scratch.bytes, from, length);
            scratch.keys[row] = key;
            scratch.rows[count] = row;
            scratch.valueKeys[count++] = key;
            if (!isNested) {
                empty += length == 0 ? 1 : 0;
                measure(isAscii || !isText ? length : codePoints(scratch.bytes, from, length));
                range.add(scratch.bytes, from, length);
            }
        }
        return count;
    }

    /** Copies the bytes of all values; says whether each is a character. */
    private boolean loadBytes(Cells cells, Scratch scratch) {
        int size = cells.size();
        BaseVariableWidthVector vector = (BaseVariableWidthVector) cells.values();
        scratch.loadOffsets(vector.getOffsetBuffer(), size);
        int first = scratch.offset(0);
        for (int row = 0; row <= size; row++) {
            starts[row] = scratch.offset(row) - first;
        }
        int bytes = starts[size];
        scratch.load(vector.getDataBuffer(), first, bytes);
        long high = 0;
        int at = 0;
        for (; at + Long.BYTES <= bytes; at += Long.BYTES) {
            high |= scratch.bytesAt(at);
        }
        for (; at < bytes; at++) {
            high |= scratch.bytes[at] & 0x80;
        }
        return (high & HIGH_BITS) == 0;
    }

    private boolean loadNested(Cells cells, Scratch scratch) {
        int at = 0;
        FieldVector vector = cells.values();
        for (int row = 0; row < cells.size(); row++) {
            starts[row] = at;
            if (scratch.has(row)) {
                byte[] text = CellText.format(type, vector, row).getBytes(StandardCharsets.UTF_8);
                if (at + text.length + Long.BYTES > scratch.bytes.length) {
                    scratch.bytes = Arrays.copyOf(
                            scratch.bytes, Math.max(at + text.length + Long.BYTES, 2 * scratch.bytes.length));
                }
                System.arraycopy(text, 0, scratch.bytes, at, text.length);
                at += text.length;
            }
        }
        starts[cells.size()] = at;
        return false;
    }

    private static int codePoints(byte[] bytes, int from, int length) {
        int points = 0;
        for (int i = from; i < from + length; i++) {
            points += (bytes[i] & 0xC0) == 0x80 ? 0 : 1;
        }
        return points;
    }

    private void measure(int length) {
        measured++;
        totalLength += length;
        shortest = Math.min(shortest, length);
        longest = Math.max(longest, length);
    }

    @Override
    byte[] text(Cells cells, Scratch scratch, int row) {
        return shown(scratch.bytes, starts[row], starts[row + 1] - starts[row]);
    }

    /** The UTF-8 text of a value, no longer than a profile keeps. */
    private byte[] shown(byte[] bytes, int from, int length) {
        int most = ValueCount.LONGEST_TEXT / (isText || isNested ? 1 : 2);
        int kept = Math.min(length, most);
        if (!isText && !isNested) {
            String hexadecimal = HexFormat.of().formatHex(bytes, from, from + kept);
            return (kept < length ? hexadecimal + "…" : hexadecimal).getBytes(StandardCharsets.UTF_8);
        }
        if (kept == length) {
            return Arrays.copyOfRange(bytes, from, from + length);
        }
        while (kept > 0 && (bytes[from + kept] & 0xC0) == 0x80) {
            kept--;
        }
        byte[] cut = Arrays.copyOfRange(bytes, from, from + kept + CUT.length);
        System.arraycopy(CUT, 0, cut, kept, CUT.length);
        return cut;
    }

    @Override
    Object value(long key, byte[] text) {
        return new String(text, StandardCharsets.UTF_8);
    }

    @Override
    long empty() {
        return empty;
    }

    @Override
    void sketchMore(Scratch scratch, int count) {
        if (isText) {
            for (int i = 0; i < count; i++) {
                int from = starts[scratch.rows[i]];
                forms.add(scratch.bytes, from, starts[scratch.rows[i] + 1] - from, 1);
            }
        }
    }

    @Override
    void sketchMore(ValueTable counted) {
        forms.join(forms(counted));
    }

    private TextTypes forms(ValueTable counted) {
        TextTypes found = new TextTypes(hasSemanticTypes);
        if (isText) {
            counted.forEach((key, text, count) -> found.add(text, 0, text.length, count));
        }
        return found;
    }

    @Override
    ColumnProfile profile(@Nullable ValueTable counted, Common common) {
        TextTypes found = counted == null ? forms : forms(counted);
        byte[] smallest = range.smallest();
        byte[] largest = range.largest();
        Map<String, Long> typeCounts = isText ? found.typeCounts() : new LinkedHashMap<>();
        if (!isText && common.counts().values() > 0) {
            typeCounts.put(type.toString(), common.counts().values());
        }
        addAbsent(typeCounts);
        return new ColumnProfile(
                name,
                type,
                common.counts(),
                common.distinct(),
                smallest == null ? Optional.empty() : Optional.of(value(0, shown(smallest, 0, smallest.length))),
                largest == null ? Optional.empty() : Optional.of(value(0, shown(largest, 0, largest.length))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                common.values(),
                common.top(),
                measured == 0
                        ? Optional.empty()
                        : Optional.of(new TextLengths(shortest, longest, (double) totalLength / measured)),
                typeCounts,
                found.semanticTypes(),
                found.alerts());
    }

    @Override
    void joinAlways(ColumnShare share) {
        TextShare other = (TextShare) share;
        empty += other.empty;
        measured += other.measured;
        totalLength += other.totalLength;
        shortest = Math.min(shortest, other.shortest);
        longest = Math.max(longest, other.longest);
        range.join(other.range);
    }

    @Override
    void joinSketches(ColumnShare share) {
        forms.join(((TextShare) share).forms);
    }

    @Override
    void writeAlways(ShareWriter out) {
        out.putLong(empty);
        out.putLong(measured);
        out.putLong(totalLength);
        out.putLong(shortest);
        out.putLong(longest);
        range.write(out);
    }

    @Override
    void readAlways(ShareReader in) {
        empty = in.readLong();
        measured = in.readLong();
        totalLength = in.readLong();
        shortest = in.readLong();
        longest = in.readLong();
        range = TextRange.read(in);
    }

    @Override
    void writeSketches(ShareWriter out) {
        forms.write(out);
    }

    @Override
    void readSketches(ShareReader in) {
        forms = TextTypes.read(in, hasSemanticTypes);
    }
}
