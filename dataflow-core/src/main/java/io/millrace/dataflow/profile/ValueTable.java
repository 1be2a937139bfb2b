package io.millrace.dataflow.profile;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How often each value of a column occurs, while there are few. A value is a key of 64 bits, with its text where it has one. */
final class ValueTable {
    /** From this number of different values on, a column has no table. */
    static final int LIMIT = 1_000;

    private static final byte[] NO_TEXT = {};
    private static final int SMALLEST = 64;

    private long[] keys = new long[SMALLEST];
    /** 0 where there is no key. */
    private long[] counts = new long[SMALLEST];

    private byte[] @Nullable [] texts = new byte[SMALLEST][];
    private int size;

    int size() {
        return size;
    }

    /** Whether no further value has room. */
    boolean isFull() {
        return size == LIMIT - 1;
    }

    /** Where a key is, or where it would be. */
    int slot(long key) {
        return slot(key, keys, counts);
    }

    private static int slot(long key, long[] keys, long[] counts) {
        int mask = keys.length - 1;
        int slot = (int) Hash.mix(key) & mask;
        while (counts[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Whether a slot has a key. */
    boolean has(int slot) {
        return counts[slot] != 0;
    }

    /** Counts the key of a slot again. */
    void again(int slot, long more) {
        counts[slot] += more;
    }

    /** Puts a new key into the slot that is its. */
    void put(int slot, long key, byte[] text, long count) {
        keys[slot] = key;
        counts[slot] = count;
        texts[slot] = text;
        size++;
        if (2 * size > keys.length) {
            grow();
        }
    }

    /** Counts a key without text; false, and nothing is done, when it has no room. */
    boolean add(long key) {
        int slot = slot(key);
        if (counts[slot] != 0) {
            counts[slot]++;
            return true;
        }
        if (isFull()) {
            return false;
        }
        put(slot, key, NO_TEXT, 1);
        return true;
    }

    private void grow() {
        long[] largerKeys = new long[2 * keys.length];
        long[] largerCounts = new long[2 * keys.length];
        byte[] @Nullable [] largerTexts = new byte[2 * keys.length][];
        for (int i = 0; i < keys.length; i++) {
            if (counts[i] != 0) {
                int slot = slot(keys[i], largerKeys, largerCounts);
                largerKeys[slot] = keys[i];
                largerCounts[slot] = counts[i];
                largerTexts[slot] = text(i);
            }
        }
        keys = largerKeys;
        counts = largerCounts;
        texts = largerTexts;
    }

    private byte[] text(int slot) {
        byte[] text = texts[slot];
        return text == null ? NO_TEXT : text;
    }

    /** Visits every value, ordered by key. */
    void forEach(Visitor visitor) {
        long[] ordered = new long[size];
        int next = 0;
        for (int i = 0; i < keys.length; i++) {
            if (counts[i] != 0) {
                ordered[next++] = keys[i];
            }
        }
        Arrays.sort(ordered);
        for (long key : ordered) {
            int slot = slot(key);
            visitor.value(key, text(slot), counts[slot]);
        }
    }

    /** Takes a value and how often it occurs. */
    @FunctionalInterface
    interface Visitor {
        void value(long key, byte[] text, long count);
    }

    void write(ShareWriter out) {
        out.putInt(size);
        forEach((key, text, count) -> {
            out.putLong(key);
            out.putBytes(text);
            out.putLong(count);
        });
    }

    static ValueTable read(ShareReader in) {
        ValueTable table = new ValueTable();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            long key = in.readLong();
            table.put(table.slot(key), key, in.readBytes(), in.readLong());
        }
        return table;
    }
}
