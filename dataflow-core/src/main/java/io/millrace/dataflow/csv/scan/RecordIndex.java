package io.millrace.dataflow.csv.scan;

import java.util.Arrays;

/**
 * Where the records of some bytes begin, and where each of their cells ends. A cell begins behind the end of the one before
 * it, the first one where its record begins.
 *
 * <p>Used by one thread at a time; the bytes must have {@link Words#SLACK} more of them behind the last record.
 */
public final class RecordIndex {
    byte[] bytes = new byte[0];
    /** By record, and one more: where the bytes behind the last record begin. */
    int[] starts = new int[1 << 10];
    /** By record, and one more: the number of all cells. */
    int[] firstCells = new int[1 << 10];

    int[] ends = new int[1 << 13];
    int records;
    /** Records with text behind a closing quote, ascending: they have one cell here, which is their whole text. */
    int[] strays = new int[0];

    int strayCount;
    /** The number of lines that end before the bytes behind the last record. */
    long lines;
    /** The number of lines that end before the first record. */
    long leadingLines;
    /** Whether there may be bytes that are no ASCII, or NUL. */
    boolean odd;

    /** Where the first byte is in the file, as far as that is known. */
    long offset;
    /** The line on which the record {@link #anchor} begins. */
    long anchorLine;

    int anchor;

    /** No records of other bytes. */
    void begin(byte[] newBytes) {
        bytes = newBytes;
        records = 0;
        strayCount = 0;
        lines = 0;
        leadingLines = 0;
        odd = false;
    }

    /** The number of records. */
    public int records() {
        return records;
    }

    /** What holds the records, not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** The number of cells of a record. */
    public int cells(int record) {
        return firstCells[record + 1] - firstCells[record];
    }

    /** Where a cell begins, with its quote. */
    public int from(int record, int cell) {
        return cell == 0 ? starts[record] : ends[firstCells[record] + cell - 1] + 1;
    }

    /** Where a cell ends, behind its quote. */
    public int to(int record, int cell) {
        return ends[firstCells[record] + cell];
    }

    /** Where the text of a record ends, before its line end. */
    int end(int record) {
        return ends[firstCells[record + 1] - 1];
    }

    void growRecords() {
        starts = Arrays.copyOf(starts, 2 * starts.length);
        firstCells = Arrays.copyOf(firstCells, 2 * firstCells.length);
    }

    int[] growEnds() {
        ends = Arrays.copyOf(ends, 2 * ends.length);
        return ends;
    }

    void addStray(int record) {
        if (strayCount == strays.length) {
            strays = Arrays.copyOf(strays, Math.max(16, 2 * strayCount));
        }
        strays[strayCount++] = record;
    }

    /** The first stray record at or behind a record, as a place among the strays. */
    int strayFrom(int record) {
        int found = Arrays.binarySearch(strays, 0, strayCount, record);
        return found < 0 ? -found - 1 : found;
    }

    /** The record that begins at a place; negative when none does, as {@link Arrays#binarySearch(int[], int)} says. */
    int recordAt(int start) {
        return Arrays.binarySearch(starts, 0, records + 1, start);
    }

    /** The line on which a record begins that is not before {@link #anchor}. Walks the bytes between the two. */
    long line(int record) {
        return anchorLine + linesBetween(anchor, record);
    }

    /** The number of lines that end between the starts of two records. Inside of a record only line feeds end lines. */
    long linesBetween(int from, int to) {
        long count = 0;
        for (int r = from; r < to; r++) {
            int end = end(r);
            count += lineFeeds(r, end);
            for (int i = end; i < starts[r + 1]; i++) {
                if (bytes[i] == '\r' || (bytes[i] == '\n' && (i == end || bytes[i - 1] != '\r'))) {
                    count++;
                }
            }
        }
        return count;
    }

    /** The number of line feeds of a record before a place. */
    long lineFeeds(int record, int to) {
        long count = 0;
        for (int i = starts[record]; i < to; i++) {
            count += bytes[i] == '\n' ? 1 : 0;
        }
        return count;
    }
}
