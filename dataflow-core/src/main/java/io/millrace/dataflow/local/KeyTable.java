package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers different keys from 0 in the order in which they first come. Reserves the memory it takes. */
final class KeyTable {
    /** What {@link #find} answers for an unknown key. */
    static final int UNKNOWN = -1;

    private static final int FIRST_CHUNK_BYTES = 1 << 12;
    private static final int MOST_CHUNK_BYTES = 1 << 20;
    private static final int FIRST_SLOTS = 1 << 10;

    private final MemoryReservation memory;
    private final List<byte[]> chunks = new ArrayList<>();
    private int used;
    private int size;
    /** By slot: the number of a key and 1, or 0. Never more than half full. */
    private int[] slots = new int[FIRST_SLOTS];

    private int[] hashes = new int[FIRST_SLOTS / 2];
    private int[] lengths = new int[FIRST_SLOTS / 2];
    /** The chunk of each key in the upper half, its offset there in the lower one. */
    private long[] addresses = new long[FIRST_SLOTS / 2];

    KeyTable(MemoryReservation memory) {
        this.memory = memory;
    }

    /** The number of different keys. */
    int size() {
        return size;
    }

    /** The number of a key, which becomes known. */
    int add(RowKey key) {
        int hash = key.hash();
        int slot = slot(key, hash);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        if (size == hashes.length) {
            grow();
            slot = slot(key, hash);
        }
        store(key, hash);
        slots[slot] = ++size;
        return size - 1;
    }

    /** The number of a key, or {@link #UNKNOWN}. */
    int find(RowKey key) {
        return slots[slot(key, key.hash())] - 1;
    }

    /** The slot that holds the key, or the one where it belongs. */
    private int slot(RowKey key, int hash) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0 && !holds(slots[slot] - 1, key, hash)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean holds(int number, RowKey key, int hash) {
        if (hashes[number] != hash || lengths[number] != key.length()) {
            return false;
        }
        byte[] chunk = chunks.get((int) (addresses[number] >>> Integer.SIZE));
        int from = (int) addresses[number];
        return Arrays.equals(chunk, from, from + key.length(), key.bytes(), 0, key.length());
    }

    private void store(RowKey key, int hash) {
        if (chunks.isEmpty() || used + key.length() > chunks.get(chunks.size() - 1).length) {
            int usual = chunks.isEmpty()
                    ? FIRST_CHUNK_BYTES
                    : Math.min(MOST_CHUNK_BYTES, 2 * chunks.get(chunks.size() - 1).length);
            int bytes = Math.max(usual, key.length());
            memory.reserve(bytes);
            chunks.add(new byte[bytes]);
            used = 0;
        }
        byte[] chunk = chunks.get(chunks.size() - 1);
        System.arraycopy(key.bytes(), 0, chunk, used, key.length());
        hashes[size] = hash;
        lengths[size] = key.length();
        addresses[size] = ((long) (chunks.size() - 1) << Integer.SIZE) | used;
        used += key.length();
    }

    private void grow() {
        int capacity = hashes.length * 2;
        memory.reserve((long) hashes.length * (2 * Integer.BYTES + Long.BYTES + 2 * Integer.BYTES));
        hashes = Arrays.copyOf(hashes, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
        addresses = Arrays.copyOf(addresses, capacity);
        slots = new int[capacity * 2];
        int mask = slots.length - 1;
        for (int number = 0; number < size; number++) {
            int slot = hashes[number] & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = number + 1;
        }
    }
}
