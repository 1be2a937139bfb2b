package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import java.util.Arrays;

/**
 * One part of a {@link KeyIndex}: the keys whose hashes begin alike, numbered from 0 in the order in which they first
 * come to this part. Used by one thread at a time.
 */
abstract class KeyPart {
    /** What a row gets whose key is not known. */
    static final int UNKNOWN = -1;

    private static final int FIRST_KEYS = 1 << 6;

    private final MemoryReservation memory;
    /** By slot: the number of a key and 1, or 0. Never more than half full. */
    private int[] slots = new int[2 * FIRST_KEYS];

    private int capacity = FIRST_KEYS;
    private int size;

    KeyPart(MemoryReservation memory) {
        this.memory = memory;
    }

    final MemoryReservation memory() {
        return memory;
    }

    /** The number of keys. */
    final int size() {
        return size;
    }

    /**
     * Finds the numbers of the rows of this part, and puts them into the batch.
     *
     * @param adds whether a key becomes known by this, and its row is marked
     */
    abstract void number(KeyBatch keys, int part, boolean adds);

    /** Makes room for {@code keys} keys. */
    abstract void resize(int keys);

    /** The hash of a known key. */
    abstract long hash(int number);

    final int[] slots() {
        return slots;
    }

    /** A number for a key that was put into no slot yet. Slots may move. */
    final int take() {
        if (size == capacity) {
            grow();
        }
        return size++;
    }

    private void grow() {
        int larger = Math.multiplyExact(capacity, 2);
        memory.reserve((long) capacity * (bytesPerKey() + 2 * Integer.BYTES));
        resize(larger);
        capacity = larger;
        int[] wider = new int[2 * larger];
        int mask = wider.length - 1;
        for (int slot : slots) {
            if (slot != 0) {
                int place = (int) hash(slot - 1) & mask;
                while (wider[place] != 0) {
                    place = (place + 1) & mask;
                }
                wider[place] = slot;
            }
        }
        slots = wider;
    }

    /** What one key takes, apart from its slots and from bytes held in chunks. */
    abstract int bytesPerKey();

    /** Keys that are one long, and by name those that have none: nulls and errors. */
    static final class OfLongs extends KeyPart {
        private long[] keys = new long[FIRST_KEYS];
        private final java.util.Map<String, Integer> absent = new java.util.HashMap<>();

        OfLongs(MemoryReservation memory) {
            super(memory);
        }

        @Override
        void number(KeyBatch batch, int part, boolean adds) {
            int[] order = batch.order();
            int[] numbers = batch.numbers();
            long[] words = batch.words();
            long[] hashes = batch.hashes();
            boolean someAbsent = batch.absent() != null;
            int end = batch.start(part + 1);
            int[] slots = slots();
            long[] known = keys;
            for (int i = batch.start(part); i < end; i++) {
                int row = order[i];
                if (someAbsent && !batch.isComplete(row)) {
                    numbers[row] = absent(batch, row, adds);
                    slots = slots();
                    known = keys;
                    continue;
                }
                long word = words[row];
                int mask = slots.length - 1;
                int slot = (int) hashes[row] & mask;
                int held = slots[slot];
                while (held != 0 && known[held - 1] != word) {
                    slot = (slot + 1) & mask;
                    held = slots[slot];
                }
                if (held == 0 && adds) {
                    held = add(word, hashes[row]) + 1;
                    batch.markFresh(row);
                    slots = slots();
                    known = keys;
                }
                numbers[row] = held - 1;
            }
        }

        private int add(long word, long hash) {
            int number = take();
            keys[number] = word;
            put(hash, number);
            return number;
        }

        private int absent(KeyBatch batch, int row, boolean adds) {
            String name = java.util.Objects.requireNonNull(java.util.Objects.requireNonNull(batch.absent())[row]);
            Integer known = absent.get(name);
            if (known != null || !adds) {
                return known == null ? UNKNOWN : known;
            }
            int number = take();
            absent.put(name, number);
            batch.markFresh(row);
            return number;
        }

        @Override
        void resize(int count) {
            keys = Arrays.copyOf(keys, count);
        }

        @Override
        long hash(int number) {
            return KeyBatch.hash(keys[number]);
        }

        @Override
        int bytesPerKey() {
            return Long.BYTES;
        }
    }

    /** Puts a number that was taken into the first free slot for its hash. */
    final void put(long hash, int number) {
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = number + 1;
    }

    /** Keys that are bytes, which are held in chunks. */
    static final class OfBytes extends KeyPart {
        private static final int FIRST_CHUNK = 1 << 12;
        private static final int CHUNK = 1 << 18;

        /** By key: its hash, and its chunk and offset there. */
        private long[] entries = new long[2 * FIRST_KEYS];

        private int[] lengths = new int[FIRST_KEYS];
        private byte[][] chunks = new byte[0][];
        private int chunkCount;
        private int used;

        OfBytes(MemoryReservation memory) {
            super(memory);
        }

        @Override
        void number(KeyBatch batch, int part, boolean adds) {
            int[] order = batch.order();
            int[] numbers = batch.numbers();
            long[] hashes = batch.hashes();
            KeyBytes keys = batch.bytes();
            byte[] bytes = keys.bytes();
            int end = batch.start(part + 1);
            for (int i = batch.start(part); i < end; i++) {
                int row = order[i];
                long hash = hashes[row];
                int from = keys.offset(row);
                int length = keys.offset(row + 1) - from;
                int[] slots = slots();
                int mask = slots.length - 1;
                int slot = (int) hash & mask;
                int held = slots[slot];
                while (held != 0 && !holds(held - 1, hash, bytes, from, length)) {
                    slot = (slot + 1) & mask;
                    held = slots[slot];
                }
                if (held == 0 && adds) {
                    held = add(hash, bytes, from, length) + 1;
                    batch.markFresh(row);
                }
                numbers[row] = held - 1;
            }
        }

        private boolean holds(int number, long hash, byte[] bytes, int from, int length) {
            if (entries[2 * number] != hash || lengths[number] != length) {
                return false;
            }
            long address = entries[2 * number + 1];
            int offset = (int) address;
            return Arrays.equals(
                    chunks[(int) (address >>> Integer.SIZE)], offset, offset + length, bytes, from, from + length);
        }

        private int add(long hash, byte[] bytes, int from, int length) {
            if (chunkCount == 0 || used + length > chunks[chunkCount - 1].length) {
                int usual = chunkCount == 0 ? FIRST_CHUNK : Math.min(CHUNK, 2 * chunks[chunkCount - 1].length);
                int size = Math.max(usual, length);
                memory().reserve(size);
                if (chunkCount == chunks.length) {
                    chunks = Arrays.copyOf(chunks, Math.max(4, 2 * chunkCount));
                }
                chunks[chunkCount++] = new byte[size];
                used = 0;
            }
            int number = take();
            System.arraycopy(bytes, from, chunks[chunkCount - 1], used, length);
            entries[2 * number] = hash;
            entries[2 * number + 1] = ((long) (chunkCount - 1) << Integer.SIZE) | used;
            lengths[number] = length;
            used += length;
            put(hash, number);
            return number;
        }

        @Override
        void resize(int count) {
            entries = Arrays.copyOf(entries, 2 * count);
            lengths = Arrays.copyOf(lengths, count);
        }

        @Override
        long hash(int number) {
            return entries[2 * number];
        }

        @Override
        int bytesPerKey() {
            return 2 * Long.BYTES + Integer.BYTES;
        }
    }
}
