package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import java.util.Arrays;

/**
 * Sorts rows by their {@link SortWords}: divided into ranges by a sample of the first word, then each range by digits
 * from the last to the first, which leaves equal rows in order. Threads divide the ranges; the result does not depend on
 * how.
 */
final class RowSort {
    private static final int RANGES = 64;
    private static final int SAMPLE = 4_096;
    private static final int CHUNK = 1 << 16;
    private static final int FEW = 48;

    private final long[][] words;
    private final int rows;
    private final Run run;
    private long[] splitters = new long[0];

    private RowSort(long[][] words, int rows, Run run) {
        this.words = words;
        this.rows = rows;
        this.run = run;
    }

    /** What sorting a row takes besides the row, of so many words. */
    static long bytesPerRow(int words) {
        return (long) words * Long.BYTES + 2L * Integer.BYTES + Long.BYTES + 1;
    }

    /** References to the rows in order. */
    static long[] sort(HeldRows held, SortWords keys, MemoryReservation memory, Run run) {
        int rows = Math.toIntExact(held.rows());
        memory.reserve(bytesPerRow(keys.count()) * rows);
        long[][] words = new long[keys.count()][rows];
        run.crew().each(held.batches().size(), i -> {
            run.cancellation().check();
            keys.fill(held.batches().get(i), words, Math.toIntExact(held.start(i)));
        });
        int[] order = new RowSort(words, rows, run).order();
        long[] references = new long[rows];
        run.crew().each(chunks(rows), chunk -> {
            int end = (int) Math.min(rows, (chunk + 1L) * CHUNK);
            for (int i = chunk * CHUNK; i < end; i++) {
                references[i] = held.reference(order[i]);
            }
        });
        return references;
    }

    private static int chunks(int rows) {
        return (int) ((rows + (long) CHUNK - 1) / CHUNK);
    }

    private int[] order() {
        sample();
        int chunks = chunks(rows);
        byte[] ranges = new byte[rows];
        int[][] next = new int[chunks][RANGES];
        run.crew().each(chunks, chunk -> {
            run.cancellation().check();
            int end = (int) Math.min(rows, (chunk + 1L) * CHUNK);
            for (int row = chunk * CHUNK; row < end; row++) {
                int range = range(words[0][row]);
                ranges[row] = (byte) range;
                next[chunk][range]++;
            }
        });
        int[] starts = new int[RANGES + 1];
        int total = 0;
        for (int range = 0; range < RANGES; range++) {
            starts[range] = total;
            for (int chunk = 0; chunk < chunks; chunk++) {
                int count = next[chunk][range];
                next[chunk][range] = total;
                total += count;
            }
        }
        starts[RANGES] = total;
        int[] order = new int[rows];
        run.crew().each(chunks, chunk -> {
            run.cancellation().check();
            int end = (int) Math.min(rows, (chunk + 1L) * CHUNK);
            for (int row = chunk * CHUNK; row < end; row++) {
                order[next[chunk][ranges[row]]++] = row;
            }
        });
        run.crew().each(RANGES, range -> sort(order, starts[range], starts[range + 1]));
        return order;
    }

    private void sample() {
        int size = Math.min(rows, SAMPLE);
        long[] sample = new long[size];
        for (int i = 0; i < size; i++) {
            sample[i] = words[0][(int) ((long) i * rows / size)] ^ Long.MIN_VALUE;
        }
        Arrays.sort(sample);
        splitters = new long[RANGES - 1];
        for (int i = 0; i < splitters.length; i++) {
            splitters[i] = size == 0 ? 0 : sample[(int) ((i + 1L) * size / RANGES)] ^ Long.MIN_VALUE;
        }
    }

    /** How many splitters are at most this word. */
    private int range(long word) {
        int low = 0;
        int high = splitters.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(splitters[middle], word) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void sort(int[] order, int from, int to) {
        run.cancellation().check();
        if (to - from < FEW) {
            sortFew(order, from, to);
            return;
        }
        int size = to - from;
        long[] keys = new long[size];
        long[] otherKeys = new long[size];
        int[] rowsInOrder = Arrays.copyOfRange(order, from, to);
        int[] otherRows = new int[size];
        for (int word = words.length - 1; word >= 0; word--) {
            long[] source = words[word];
            long different = 0;
            long first = source[rowsInOrder[0]];
            for (int i = 0; i < size; i++) {
                keys[i] = source[rowsInOrder[i]];
                different |= keys[i] ^ first;
            }
            for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                if ((different >>> shift & 0xFF) != 0) {
                    run.cancellation().check();
                    pass(keys, rowsInOrder, otherKeys, otherRows, shift);
                    long[] swappedKeys = keys;
                    keys = otherKeys;
                    otherKeys = swappedKeys;
                    int[] swappedRows = rowsInOrder;
                    rowsInOrder = otherRows;
                    otherRows = swappedRows;
                }
            }
        }
        System.arraycopy(rowsInOrder, 0, order, from, size);
    }

    private static void pass(long[] keys, int[] rows, long[] toKeys, int[] toRows, int shift) {
        int[] next = new int[257];
        for (long key : keys) {
            next[(int) (key >>> shift & 0xFF) + 1]++;
        }
        for (int digit = 0; digit < 256; digit++) {
            next[digit + 1] += next[digit];
        }
        for (int i = 0; i < keys.length; i++) {
            int place = next[(int) (keys[i] >>> shift & 0xFF)]++;
            toKeys[place] = keys[i];
            toRows[place] = rows[i];
        }
    }

    private void sortFew(int[] order, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int row = order[i];
            int place = i;
            while (place > from && compare(order[place - 1], row) > 0) {
                order[place] = order[place - 1];
                place--;
            }
            order[place] = row;
        }
    }

    private int compare(int left, int right) {
        for (long[] word : words) {
            int compared = Long.compareUnsigned(word[left], word[right]);
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }
}
