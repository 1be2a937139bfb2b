package io.millrace.dataflow.format;

import io.millrace.dataflow.format.Split.StartState;
import java.util.Arrays;

/**
 * What a split does to the state of the parser, whatever that is at its start: the state at its end, how many records begin
 * in it, and how many lines end in it. Made of the bytes of the split alone, so that the splits of a file are looked at
 * apart; put together in their order they give each its true start. Immutable.
 */
public final class SplitSummary {
    private final int[] ends;
    private final long[] records;
    private final long[] lines;

    /**
     * A summary over arrays that the caller no longer changes, each by the state at the start of the split.
     *
     * @param ends the state at its end
     * @param records the number of records that begin in it
     * @param lines the number of lines that end in it
     */
    public SplitSummary(int[] ends, long[] records, long[] lines) {
        if (ends.length != records.length || ends.length != lines.length) {
            throw new IllegalArgumentException("not as many ends as starts");
        }
        this.ends = ends;
        this.records = records;
        this.lines = lines;
    }

    /** The summary of lines, which can begin in one state only. */
    public static SplitSummary ofLines(long lines) {
        return new SplitSummary(new int[1], new long[] {lines}, new long[] {lines});
    }

    /** The summary of lines that hold no records, after which a record starts. */
    public static SplitSummary ofHead(long lines) {
        return new SplitSummary(new int[1], new long[1], new long[] {lines});
    }

    /** The start of the split behind one that starts so. */
    public StartState after(StartState start) {
        int state = start.state();
        return new StartState(ends[state], start.firstRecord() + records[state], start.firstLine() + lines[state]);
    }

    /** The summary of this split and the one behind it as one. */
    public SplitSummary then(SplitSummary next) {
        int[] bothEnds = new int[ends.length];
        long[] bothRecords = records.clone();
        long[] bothLines = lines.clone();
        for (int i = 0; i < ends.length; i++) {
            bothEnds[i] = next.ends[ends[i]];
            bothRecords[i] += next.records[ends[i]];
            bothLines[i] += next.lines[ends[i]];
        }
        return new SplitSummary(bothEnds, bothRecords, bothLines);
    }

    /** The summary as numbers, for {@link #of}. */
    public long[] numbers() {
        long[] numbers = new long[3 * ends.length];
        for (int i = 0; i < ends.length; i++) {
            numbers[3 * i] = ends[i];
            numbers[3 * i + 1] = records[i];
            numbers[3 * i + 2] = lines[i];
        }
        return numbers;
    }

    /** The summary that {@link #numbers} gave. */
    public static SplitSummary of(long[] numbers) {
        int count = numbers.length / 3;
        int[] ends = new int[count];
        long[] records = new long[count];
        long[] lines = new long[count];
        for (int i = 0; i < count; i++) {
            ends[i] = (int) numbers[3 * i];
            records[i] = numbers[3 * i + 1];
            lines[i] = numbers[3 * i + 2];
        }
        return new SplitSummary(ends, records, lines);
    }

    @Override
    public String toString() {
        return Arrays.toString(numbers());
    }
}
