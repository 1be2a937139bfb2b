package io.millrace.dataflow.csv.scan;

import io.millrace.dataflow.csv.scan.ChunkRecords.Run;
import io.millrace.dataflow.table.Positions;
import io.millrace.dataflow.table.Rejection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of a chunk that become rows, and what is wrong with others. */
final class KeptRecords {
    private final long firstRecord;
    private final List<Part> parts = new ArrayList<>();
    private final List<Rejection> findings = new ArrayList<>();
    private int rows;
    private int found;
    /** The numbers of the records of the rows; null while none was left out. */
    private long @Nullable [] records;

    /** Some records, each of which has a well-formed cell in every column, or not. */
    record Part(Run run, boolean isPlain) {}

    KeptRecords(long firstRecord) {
        this.firstRecord = firstRecord;
    }

    void keep(Run run, boolean isPlain) {
        if (run.size() == 0) {
            return;
        }
        parts.add(new Part(run, isPlain));
        long[] numbers = records;
        if (numbers != null) {
            if (rows + run.size() > numbers.length) {
                numbers = Arrays.copyOf(numbers, Math.max(2 * numbers.length, rows + run.size()));
                records = numbers;
            }
            for (int i = 0; i < run.size(); i++) {
                numbers[rows + i] = firstRecord + found + i;
            }
        }
        rows += run.size();
        found += run.size();
    }

    /** A record that does not become a row. */
    void leaveOut(Rejection rejection) {
        findings.add(rejection);
        if (records == null) {
            long[] numbers = new long[rows + 64];
            for (int i = 0; i < rows; i++) {
                numbers[i] = firstRecord + i;
            }
            records = numbers;
        }
        found++;
    }

    /** What is wrong with the next record, which becomes a row. */
    void note(Rejection rejection) {
        findings.add(rejection);
    }

    List<Part> parts() {
        return parts;
    }

    /** The records that are left out, or those that are noted. */
    List<Rejection> findings() {
        return findings;
    }

    int rows() {
        return rows;
    }

    /** The number of records, kept or not. */
    int found() {
        return found;
    }

    /** The number of the next record. */
    long next() {
        return firstRecord + found;
    }

    /** The number of the record of a row. */
    long record(int row) {
        return records == null ? firstRecord + row : records[row];
    }

    Positions positions(CellOrigin origin) {
        long[] numbers = records;
        if (numbers == null) {
            return Positions.consecutive(origin.files(), origin.ordinal(), firstRecord, rows);
        }
        int[] ordinals = new int[rows];
        Arrays.fill(ordinals, origin.ordinal());
        return Positions.of(origin.files(), ordinals, Arrays.copyOf(numbers, rows));
    }
}
