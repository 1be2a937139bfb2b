package io.millrace.dataflow.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of a batch came from: the file and the number of the record in it, the first after the header being 1.
 * Ordering rows by (file ordinal, record) gives the order of the scan. Immutable.
 */
public final class Positions {
    private final List<String> files;
    private final int size;
    /** By row; null when rows follow each other in one file. */
    private final int @Nullable [] ordinals;

    private final long @Nullable [] records;
    private final int firstOrdinal;
    private final long firstRecord;

    private Positions(List<String> files, int[] ordinals, long[] records) {
        this.files = files;
        this.size = ordinals.length;
        this.ordinals = ordinals;
        this.records = records;
        this.firstOrdinal = 0;
        this.firstRecord = 0;
    }

    private Positions(List<String> files, int ordinal, long firstRecord, int size) {
        this.files = files;
        this.size = size;
        this.ordinals = null;
        this.records = null;
        this.firstOrdinal = ordinal;
        this.firstRecord = firstRecord;
    }

    /**
     * Positions over arrays that the caller no longer changes.
     *
     * @param files the names of the plan's files; the ordinals index it
     * @param ordinals the ordinal of each row's file
     * @param records the number of each row's record
     */
    public static Positions of(List<String> files, int[] ordinals, long[] records) {
        if (ordinals.length != records.length) {
            throw new IllegalArgumentException(ordinals.length + " ordinals for " + records.length + " records");
        }
        return new Positions(List.copyOf(files), ordinals, records);
    }

    /** The names of the plan's files, by ordinal. */
    public List<String> files() {
        return files;
    }

    /** The ordinal of the file of a row. */
    public int ordinal(int row) {
        return ordinals == null ? firstOrdinal : ordinals[row];
    }

    /** The positions of rows that follow each other in one file. */
    public static Positions consecutive(List<String> files, int ordinal, long firstRecord, int rows) {
        return new Positions(List.copyOf(files), ordinal, firstRecord, rows);
    }

    /** The number of rows. */
    public int size() {
        return size;
    }

    /** The name of the file of a row. */
    public String file(int row) {
        return files.get(ordinal(row));
    }

    /** The number of the record of a row. */
    public long record(int row) {
        return records == null ? firstRecord + row : records[row];
    }

    /** The positions of the rows {@code selected}, in that order. */
    public Positions select(int[] selected) {
        int[] selectedOrdinals = new int[selected.length];
        long[] selectedRecords = new long[selected.length];
        for (int i = 0; i < selected.length; i++) {
            selectedOrdinals[i] = ordinal(selected[i]);
            selectedRecords[i] = record(selected[i]);
        }
        return new Positions(files, selectedOrdinals, selectedRecords);
    }
}
