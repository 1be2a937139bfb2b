package io.millrace.dataflow.csv.scan;

import io.millrace.dataflow.encoding.Utf8Stream;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
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

    /** What is wrong with a record that holds NUL, or bytes that are no text. */
    static DataflowException noText(String file, RecordIndex index, int record, Utf8Stream text) {
        int at = WellFormed.firstOdd(index.bytes, index.starts[record], index.end(record));
        String where = "Cannot read line " + number(index.line(record) + index.lineFeeds(record, at)) + " of " + file;
        if (index.bytes[at] == 0) {
            return DataflowException.of(
                    ErrorCode.INVALID_ENCODING,
                    where + ": it holds a NUL character, so it is no " + text.charset() + " text",
                    "Set the encoding of the file if it is a CSV file, for example UTF-16LE");
        }
        Utf8Stream.Malformed found = text.firstMalformed().orElseGet(() -> malformed(index, record, at));
        return DataflowException.of(
                ErrorCode.INVALID_ENCODING,
                where + ": " + found.bytes() + " at offset " + number(found.offset()) + " of the file is no "
                        + text.charset() + " text",
                "Set the encoding of the file, for example windows-1252, or csv.errors(...) to go on without such records");
    }

    private static Utf8Stream.Malformed malformed(RecordIndex index, int record, int at) {
        ByteBuffer rest = ByteBuffer.wrap(index.bytes, at, index.end(record) - at);
        int count = StandardCharsets.UTF_8
                .newDecoder()
                .decode(rest, CharBuffer.allocate(8), true)
                .length();
        StringBuilder bytes = new StringBuilder(count == 1 ? "byte" : "bytes");
        for (int i = 0; i < count; i++) {
            bytes.append(String.format(Locale.ROOT, " 0x%02X", index.bytes[at + i] & 0xff));
        }
        return new Utf8Stream.Malformed(bytes.toString(), index.offset + at);
    }

    static DataflowException interrupted() {
        return DataflowException.of(ErrorCode.CANCELLED, "Cannot go on: the thread was interrupted");
    }

    /** A number with commas between thousands. */
    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
