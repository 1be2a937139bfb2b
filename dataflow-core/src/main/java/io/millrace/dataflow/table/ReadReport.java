package io.millrace.dataflow.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The account of a read: every record is emitted or rejected, and every rejected one is counted. The engine checks that
 * as many rows were made as records were emitted.
 *
 * @param read records found
 * @param emitted records that became rows
 * @param rejected records that did not
 * @param rejections the first of the rejected records, and of those that became rows without the cells beyond their
 *     header; at most {@link #MOST_REJECTIONS} of a file, and at most {@link #MOST_TEXT} characters of the text of each
 * @param cellErrors how many cells of the rows are error values, by column and then by code; only of columns that the
 *     plan needs, for the others are not looked at
 */
public record ReadReport(
        long read, long emitted, long rejected, List<Rejection> rejections, List<CellErrorCount> cellErrors) {
    /** The most rejections that are kept in memory. */
    public static final int MOST_REJECTIONS = 1_000;

    /** The most characters of the text of a rejection that are kept in memory. */
    public static final int MOST_TEXT = 1_000;

    public ReadReport {
        rejections = rejections.stream()
                .limit(MOST_REJECTIONS)
                .map(rejection -> rejection.shortened(MOST_TEXT))
                .toList();
        cellErrors = List.copyOf(cellErrors);
        if (read != emitted + rejected) {
            throw new IllegalArgumentException(
                    read + " records in, but " + emitted + " emitted and " + rejected + " rejected");
        }
    }

    /** An account of records whose cells all fit. */
    public ReadReport(long read, long emitted, long rejected, List<Rejection> rejections) {
        this(read, emitted, rejected, rejections, List.of());
    }

    /** Nothing read. */
    public static ReadReport empty() {
        return new ReadReport(0, 0, 0, List.of());
    }

    /** The account of both. */
    public ReadReport plus(ReadReport other) {
        List<Rejection> both = new ArrayList<>(rejections);
        both.addAll(other.rejections);
        return new ReadReport(
                read + other.read,
                emitted + other.emitted,
                rejected + other.rejected,
                both,
                CellErrorCount.sum(cellErrors, other.cellErrors));
    }

    /** The same account, with these error values beside those it has. */
    public ReadReport with(List<CellErrorCount> more) {
        return new ReadReport(read, emitted, rejected, rejections, CellErrorCount.sum(cellErrors, more));
    }

    /** The number of cells that are error values. */
    public long cellErrorCount() {
        return cellErrors.stream().mapToLong(CellErrorCount::count).sum();
    }

    /**
     * The account in a line, as {@code 1,003 records read = 1,000 rows + 3 rejected; 2 cells do not fit: age CAST 2}.
     */
    public String words() {
        String records = String.format(
                Locale.ROOT,
                "%,d %s read = %,d %s + %,d rejected",
                read,
                read == 1 ? "record" : "records",
                emitted,
                emitted == 1 ? "row" : "rows",
                rejected);
        long errors = cellErrorCount();
        if (errors == 0) {
            return records;
        }
        String counts = cellErrors.stream()
                .map(counted ->
                        String.format(Locale.ROOT, "%s %s %,d", counted.column(), counted.code(), counted.count()))
                .collect(Collectors.joining(", "));
        return records
                + String.format(Locale.ROOT, "; %,d %s not fit: ", errors, errors == 1 ? "cell does" : "cells do")
                + counts;
    }
}
