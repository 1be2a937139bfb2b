package io.millrace.dataflow.csv.scan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.util.Locale;

/** What ends a read of records, in words. */
final class ScanFailures {
    private ScanFailures() {}

    static DataflowException unclosedQuote(String file, long quoteLine, long lastLine) {
        return DataflowException.of(
                ErrorCode.MALFORMED_ROW,
                "Cannot read " + file + ": the quote opened on line " + number(quoteLine) + " is never closed",
                "The cell would run to the end of the file, line " + number(lastLine),
                "Close or double the quote, or set another quote character");
    }

    static DataflowException tooLong(String file, ChunkEnd end, long most) {
        String size = number(most >> 20) + " MiB";
        return RecordStates.isInside(end.state())
                ? DataflowException.of(
                        ErrorCode.MALFORMED_ROW,
                        "Cannot read " + file + ": the quote opened on line " + number(end.quoteLine())
                                + " is not closed within " + size,
                        "The record begins on line " + number(end.line()),
                        "Close or double the quote, or set another quote character")
                : DataflowException.of(
                        ErrorCode.MALFORMED_ROW,
                        "Cannot read " + file + ": the record that begins on line " + number(end.line())
                                + " is longer than " + size,
                        "Check the delimiter and the quote");
    }

    static DataflowException unreadable(String file, long line, Throwable cause) {
        return DataflowException.of(
                        ErrorCode.MALFORMED_ROW,
                        "Cannot read the record on line " + number(line) + " of " + file
                                + ": it has too many cells, or too many quotes that are not doubled",
                        "Check the delimiter and the quote")
                .causedBy(cause);
    }

    static DataflowException closed(String file) {
        return DataflowException.of(ErrorCode.CANCELLED, "Cannot go on: the read of " + file + " was ended");
    }

    static DataflowException interrupted() {
        return DataflowException.of(ErrorCode.CANCELLED, "Cannot go on: the thread was interrupted");
    }

    /** A number with commas between thousands. */
    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
