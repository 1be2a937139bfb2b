package io.millrace.dataflow.profile;

import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of some cells of one column. Values are counted one by one in a table while there are few different
 * ones, which is exact and cheap; from then on they go into sketches, and first those of the table do.
 */
abstract class ColumnShare {
    private static final int TOP = 10;

    final String name;
    final DataType type;
    private final int distinctLimit;
    private long rows;
    private long nulls;
    private long errors;
    /** Null once there are too many values; then what follows has them. */
    private @Nullable ValueTable table = new ValueTable();

    private DistinctCounter distinct;
    private FrequentValues frequent = new FrequentValues();

    ColumnShare(Schema.Field field, ShareSettings settings) {
        this.name = field.name();
        this.type = field.type();
        this.distinctLimit = settings.distinctLimit();
        this.distinct = new DistinctCounter(distinctLimit);
    }

    static ColumnShare of(Schema.Field field, ShareSettings settings) {
        DataType type = field.type();
        boolean isText = type instanceof DataType.Text
                || type instanceof DataType.Binary
                || type instanceof DataType.ListOf
                || type instanceof DataType.Struct;
        return isText ? new TextShare(field, settings) : new NumberShare(field, settings);
    }

    /** Adds cells, and leaves the key of each row in the scratch. */
    final void add(Cells cells, Scratch scratch) {
        int size = cells.size();
        scratch.open(cells.values(), size);
        int count = unpack(cells, scratch);
        int absent = size - count;
        CellErrors bad = cells.errors();
        rows += size;
        errors += bad.size();
        nulls += absent - bad.size();
        for (int i = 0; i < bad.size(); i++) {
            byte[] text = bad.error(i).text().getBytes(StandardCharsets.UTF_8);
            scratch.keys[bad.row(i)] = ~Hash.of(Arrays.copyOf(text, text.length + Long.BYTES), 0, text.length);
        }
        int next = 0;
        ValueTable counted = table;
        if (counted != null) {
            next = tabulate(counted, cells, scratch, count);
            if (next < count) {
                spill(counted);
            }
        }
        if (next < count) {
            scratch.drop(next, count);
            sketch(cells, scratch, count - next);
        }
    }

    /** Counts values until one has no room; gives the number of those that had. */
    private int tabulate(ValueTable counted, Cells cells, Scratch scratch, int count) {
        for (int i = 0; i < count; i++) {
            long key = scratch.valueKeys[i];
            if (!hasTexts()) {
                if (!counted.add(key)) {
                    return i;
                }
                continue;
            }
            int slot = counted.slot(key);
            if (counted.has(slot)) {
                counted.again(slot, 1);
            } else if (counted.isFull()) {
                return i;
            } else {
                counted.put(slot, key, text(cells, scratch, scratch.rows[i]), 1);
            }
        }
        return count;
    }

    private void sketch(Cells cells, Scratch scratch, int count) {
        distinct.add(scratch.valueKeys, count);
        if (hasTexts()) {
            for (int i = 0; i < count; i++) {
                long key = scratch.valueKeys[i];
                frequent.add(key, 1);
                if (frequent.wantsText(key)) {
                    frequent.text(key, text(cells, scratch, scratch.rows[i]));
                }
            }
        } else {
            frequent.add(scratch.valueKeys, count);
        }
        sketchMore(scratch, count);
    }

    private void spill(ValueTable counted) {
        table = null;
        sketch(counted);
    }

    private void sketch(ValueTable counted) {
        counted.forEach((key, text, count) -> {
            distinct.add(key);
            frequent.add(key, count);
            if (hasTexts()) {
                frequent.text(key, text);
            }
        });
        sketchMore(counted);
    }

    /** Adds what another share of the column knows. */
    final void join(ColumnShare other) {
        rows += other.rows;
        nulls += other.nulls;
        errors += other.errors;
        joinAlways(other);
        ValueTable ours = table;
        ValueTable theirs = other.table;
        if (ours != null && theirs != null && ours.size() + added(ours, theirs) < ValueTable.LIMIT) {
            theirs.forEach((key, text, count) -> {
                int slot = ours.slot(key);
                if (ours.has(slot)) {
                    ours.again(slot, count);
                } else {
                    ours.put(slot, key, text, count);
                }
            });
            return;
        }
        if (ours != null) {
            spill(ours);
        }
        if (theirs != null) {
            sketch(theirs);
            return;
        }
        distinct.join(other.distinct);
        frequent.join(other.frequent);
        joinSketches(other);
    }

    private static int added(ValueTable ours, ValueTable theirs) {
        int[] added = new int[1];
        theirs.forEach((key, text, count) -> added[0] += ours.has(ours.slot(key)) ? 0 : 1);
        return added[0];
    }

    /** The profile of the column, without alerts. */
    final ColumnProfile profile(int bins) {
        CellCounts counts = new CellCounts(rows, nulls, errors, empty());
        ValueTable counted = table;
        List<ValueCount> values = new ArrayList<>();
        List<ValueCount> top = new ArrayList<>();
        if (counted != null) {
            counted.forEach((key, text, count) -> values.add(new ValueCount(value(key, text), Count.exact(count))));
            values.sort(
                    Comparator.comparingLong((ValueCount each) -> each.count().value())
                            .reversed()
                            .thenComparing(ValueCount::value, ColumnShare::compare));
            top.addAll(values.subList(0, Math.min(TOP, values.size())));
        } else {
            for (FrequentValues.Frequent each : frequent.top(TOP)) {
                top.add(new ValueCount(value(each.key(), frequent.text(each.key())), Count.estimated(each.atMost())));
            }
        }
        Count different = counted != null ? Count.exact(counted.size()) : distinct.count(counts.values());
        return profile(counted, new Common(counts, different, values, top, bins));
    }

    /** Puts nulls and errors behind the types of values. */
    final void addAbsent(Map<String, Long> typeCounts) {
        if (nulls > 0) {
            typeCounts.put("null", nulls);
        }
        if (errors > 0) {
            typeCounts.put("error", errors);
        }
    }

    /** What columns of all types have. */
    record Common(CellCounts counts, Count distinct, List<ValueCount> values, List<ValueCount> top, int bins) {}

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int compare(Object left, Object right) {
        if (left instanceof String text) {
            return Arrays.compareUnsigned(
                    text.getBytes(StandardCharsets.UTF_8), ((String) right).getBytes(StandardCharsets.UTF_8));
        }
        return ((Comparable) left).compareTo(right);
    }

    final void write(ShareWriter out) {
        out.putLong(rows);
        out.putLong(nulls);
        out.putLong(errors);
        writeAlways(out);
        ValueTable counted = table;
        out.putFlag(counted != null);
        if (counted != null) {
            counted.write(out);
        } else {
            distinct.write(out);
            frequent.write(out);
            writeSketches(out);
        }
    }

    final void read(ShareReader in) {
        rows = in.readLong();
        nulls = in.readLong();
        errors = in.readLong();
        readAlways(in);
        if (in.readFlag()) {
            table = ValueTable.read(in);
        } else {
            table = null;
            distinct = DistinctCounter.read(in, distinctLimit);
            frequent = FrequentValues.read(in);
            readSketches(in);
        }
    }

    /** Whether keys do not tell values, so that a text is kept beside them. */
    abstract boolean hasTexts();

    /** Fills the keys of all rows, and the keys, rows and numbers of values; gives the number of values. */
    abstract int unpack(Cells cells, Scratch scratch);

    /** The text of a value that was unpacked. */
    abstract byte[] text(Cells cells, Scratch scratch, int row);

    abstract Object value(long key, byte[] text);

    abstract long empty();

    abstract ColumnProfile profile(@Nullable ValueTable counted, Common common);

    /** Adds values to sketches that only some types have. */
    abstract void sketchMore(Scratch scratch, int count);

    abstract void sketchMore(ValueTable counted);

    /** Adds what was found in all values, of the table or not. */
    abstract void joinAlways(ColumnShare other);

    abstract void joinSketches(ColumnShare other);

    abstract void writeAlways(ShareWriter out);

    abstract void readAlways(ShareReader in);

    abstract void writeSketches(ShareWriter out);

    abstract void readSketches(ShareReader in);
}
