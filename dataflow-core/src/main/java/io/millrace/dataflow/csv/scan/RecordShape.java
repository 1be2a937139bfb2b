package io.millrace.dataflow.csv.scan;

import io.millrace.dataflow.csv.scan.ChunkRecords.Run;
import io.millrace.dataflow.encoding.Utf8Stream;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.format.RecordAccount;
import io.millrace.dataflow.source.ErrorPolicy;
import io.millrace.dataflow.table.Rejection;

/**
 * What every record of a file must be, as many cells as there are columns and nothing that is no text, and what becomes of
 * the others. Immutable.
 */
public final class RecordShape {
    private static final String NO_TEXT = "it holds bytes that are no text";

    private final String file;
    private final int width;
    private final String widthOrigin;
    private final ErrorPolicy policy;

    /**
     * A shape.
     *
     * @param file the name of the file in messages
     * @param width how many cells a record has
     * @param widthOrigin what says so, such as {@code the header}
     */
    public RecordShape(String file, int width, String widthOrigin, ErrorPolicy policy) {
        this.file = file;
        this.width = width;
        this.widthOrigin = widthOrigin;
        this.policy = policy;
    }

    /** How many cells a record has. */
    public int width() {
        return width;
    }

    /** An account of no records. */
    public RecordAccount account() {
        return new RecordAccount(file, policy, "Check the delimiter and the quote, or allow more with csv.errors(...)");
    }

    /** What is wrong with a record of so many cells, which are not as many as there should be. */
    public String reason(int cells) {
        return "it has " + (cells == 1 ? "1 cell" : cells + " cells") + " where " + widthOrigin + " has " + width;
    }

    /**
     * Judges records.
     *
     * @throws DataflowException {@code MALFORMED_ROW}, {@code INVALID_ENCODING} where the policy says so
     */
    KeptRecords judge(ChunkRecords records, Utf8Stream text) {
        KeptRecords kept = new KeptRecords(records.firstRecord());
        for (Run run : records.all()) {
            RecordIndex index = run.index();
            int from = run.from();
            for (int r = run.from(); r < run.to(); r++) {
                boolean malformed =
                        records.isOdd() && WellFormed.firstOdd(index.bytes, index.starts[r], index.end(r)) >= 0;
                if (index.firstCells[r + 1] - index.firstCells[r] != width || malformed) {
                    kept.keep(run.part(from, r), true);
                    from = r + 1;
                    odd(run.part(r, r + 1), malformed, kept, text);
                }
            }
            kept.keep(run.part(from, run.to()), true);
        }
        return kept;
    }

    private void odd(Run run, boolean malformed, KeptRecords kept, Utf8Stream text) {
        int cells = run.index().cells(run.from());
        RecordIndex written = run.written();
        int record = run.writtenFrom();
        if (policy instanceof ErrorPolicy.Fail) {
            throw malformed
                    ? ScanFailures.noText(file, written, record, text)
                    : misfit(written, record, kept.next(), cells);
        }
        String reason = malformed ? NO_TEXT : reason(cells);
        if (policy.leavesOut()) {
            kept.leaveOut(rejection(written, record, kept.next(), cells, reason, text));
            return;
        }
        if (cells > width) {
            String more = reason + "; the cells beyond it were left out";
            kept.note(rejection(written, record, kept.next(), cells, more, text));
        }
        kept.keep(run, false);
    }

    private Rejection rejection(RecordIndex index, int record, long number, int cells, String reason, Utf8Stream text) {
        int from = index.starts[record];
        int to = index.end(record);
        long start = text.isPlain() ? index.offset + from : -1;
        long end = text.isPlain() ? index.offset + to : -1;
        Rejection.Code code = reason.startsWith(NO_TEXT)
                ? Rejection.Code.INVALID_ENCODING
                : cells < width ? Rejection.Code.MISSING_COLUMNS : Rejection.Code.TOO_MANY_COLUMNS;
        return Rejection.of(
                new Rejection.Place(file, number, index.line(record), start, end),
                code,
                reason,
                WellFormed.printable(index.bytes, from, to));
    }

    private DataflowException misfit(RecordIndex index, int record, long number, int cells) {
        long line = index.line(record);
        long more = index.lineFeeds(record, index.end(record));
        String begins = "The record begins on line " + ScanFailures.number(line);
        return DataflowException.of(
                ErrorCode.MALFORMED_ROW,
                "Cannot read record " + ScanFailures.number(number) + " of " + file + ": " + reason(cells),
                more == 0
                        ? begins
                        : begins + " and ends on line " + ScanFailures.number(line + more)
                                + ", as a quoted cell runs over the end of a line",
                "Check the delimiter and the quote, or set csv.errors(...) to keep or drop such records");
    }
}
