package io.millrace.dataflow.local;

import io.millrace.dataflow.execution.MemoryReservation;
import io.millrace.dataflow.schema.DataType;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Numbers keys of few different values in each column. A value has a code; the codes of a row, bit by bit beside each
 * other, are a place; and the place holds the number of the key. So a row costs no comparison of bytes, and threads look
 * keys up without dividing rows. Gives up where there are many values, long texts or errors.
 */
final class CodedKeys {
    private static final int MOST_BITS = 20;

    private final List<Integer> columns;
    private final Run run;
    private final MemoryReservation memory;
    private final KeyCodes[] codes;
    private final Queue<KeyCodes.Scratch> scratches = new ConcurrentLinkedQueue<>();
    /** By place: the number of the key and 1, or 0. */
    private int[] numbers;

    private int count;

    /**
     * What became of some batches.
     *
     * @param numbers by batch: the number of the key of each row; none unless {@code all}
     * @param fresh by batch: the rows that were the first with their key, in order
     * @param all whether every row has a number; if not, there is no use in going on
     */
    record Numbered(List<int[]> numbers, List<int[]> fresh, boolean all) {}

    CodedKeys(List<DataType> types, List<Integer> columns, MemoryReservation memory, Run run) {
        this.columns = columns;
        this.run = run;
        this.memory = memory;
        this.codes = new KeyCodes[types.size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = new KeyCodes(types.get(i));
        }
        this.numbers = new int[1 << codes.length];
    }

    /** Whether keys of these types may have codes. */
    static boolean suit(List<DataType> types) {
        return !types.isEmpty()
                && types.size() <= MOST_BITS / 2
                && types.stream().allMatch(KeyCodes::suit);
    }

    /** Numbers the keys of some batches, going on from those before. Keys new to this are numbered in the order of rows. */
    Numbered number(List<Batch> batches) {
        int[][] result = new int[batches.size()][];
        List<int[]> fresh = new ArrayList<>();
        // The first batch mostly has all keys of the others, which threads find then.
        int alone = count == 0 ? 1 : 0;
        for (int i = 0; i < alone; i++) {
            result[i] = find(batches.get(i));
            if (!add(batches.get(i), result[i], fresh)) {
                return new Numbered(List.of(), List.of(), false);
            }
        }
        run.crew().each(batches.size() - alone, i -> {
            run.cancellation().check();
            result[alone + i] = find(batches.get(alone + i));
        });
        for (int i = alone; i < batches.size(); i++) {
            if (!add(batches.get(i), result[i], fresh)) {
                return new Numbered(List.of(), List.of(), false);
            }
        }
        return new Numbered(List.of(result), fresh, true);
    }

    /** The numbers of the known keys of a batch, and below 0 for others. */
    private int[] find(Batch batch) {
        KeyCodes.Scratch known = scratches.poll();
        KeyCodes.Scratch scratch = known == null ? new KeyCodes.Scratch() : known;
        int[] places = new int[batch.rowCount()];
        int shift = 0;
        for (int i = 0; i < codes.length; i++) {
            codes[i].find(batch.cells(columns.get(i)), shift, places, scratch);
            shift += codes[i].bits();
        }
        for (int row = 0; row < places.length; row++) {
            places[row] = places[row] < 0 ? -1 : numbers[places[row]] - 1;
        }
        scratches.add(scratch);
        return places;
    }

    /** Numbers the keys that were not known; false when one of them has no place. */
    private boolean add(Batch batch, int[] found, List<int[]> fresh) {
        int[] firsts = new int[16];
        int size = 0;
        boolean all = true;
        for (int row = 0; row < found.length && all; row++) {
            if (found[row] < 0) {
                int place = place(batch, row);
                all = place >= 0;
                if (all) {
                    if (numbers[place] == 0) {
                        numbers[place] = ++count;
                        firsts = size == firsts.length ? Arrays.copyOf(firsts, 2 * size) : firsts;
                        firsts[size++] = row;
                    }
                    found[row] = numbers[place] - 1;
                }
            }
        }
        fresh.add(Arrays.copyOf(firsts, size));
        return all;
    }

    /** The place of a row's key, giving codes to its values; -1 when there are too many, or one can have none. */
    private int place(Batch batch, int row) {
        boolean wider = false;
        int[] ofRow = new int[codes.length];
        int[] before = bits();
        for (int i = 0; i < codes.length; i++) {
            Cells cells = batch.cells(columns.get(i));
            ofRow[i] = codes[i].add(cells, row);
            if (ofRow[i] < 0) {
                return -1;
            }
            wider |= codes[i].bits() != before[i];
        }
        if (wider && !widen(before)) {
            return -1;
        }
        int place = 0;
        int shift = 0;
        for (int i = 0; i < codes.length; i++) {
            place |= ofRow[i] << shift;
            shift += codes[i].bits();
        }
        return place;
    }

    private int[] bits() {
        int[] bits = new int[codes.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = codes[i].bits();
        }
        return bits;
    }

    /** Moves the numbers to where they are with more bits; false when there are too many. */
    private boolean widen(int[] before) {
        int[] after = bits();
        int all = Arrays.stream(after).sum();
        if (all > MOST_BITS) {
            return false;
        }
        memory.reserve(((long) (1 << all) - numbers.length) * Integer.BYTES);
        int[] wider = new int[1 << all];
        for (int place = 0; place < numbers.length; place++) {
            if (numbers[place] != 0) {
                int rest = place;
                int moved = 0;
                int shift = 0;
                for (int i = 0; i < after.length; i++) {
                    moved |= (rest & ((1 << before[i]) - 1)) << shift;
                    rest >>>= before[i];
                    shift += after[i];
                }
                wider[moved] = numbers[place];
            }
        }
        numbers = wider;
        return true;
    }
}
