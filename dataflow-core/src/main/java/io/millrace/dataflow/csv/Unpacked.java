package io.millrace.dataflow.csv;

import io.millrace.dataflow.encoding.Utf8Stream;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.source.CsvOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A file as {@link DecodedText} takes it: as it is stored, or what it holds where it is packed.
 *
 * @param text its bytes
 * @param options the options with the encoding of these bytes
 */
record Unpacked(InputStream text, CsvOptions options) {
    /** The first bytes of gzip, zip and Zstandard. */
    private static final byte[][] MARKS = {{0x1F, (byte) 0x8B}, {'P', 'K', 3, 4}, {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD}
    };

    private static final int LONGEST_MARK = 4;

    /**
     * What a file holds. The stream of the file is closed with the text, and when this fails.
     *
     * @param file the name of the file in messages
     * @throws DataflowException as {@link Utf8Stream#open}
     */
    static Unpacked of(InputStream stored, String file, CsvOptions options) {
        PushbackInputStream whole = new PushbackInputStream(stored, LONGEST_MARK);
        byte[] begin;
        try {
            begin = stored.readNBytes(LONGEST_MARK);
            whole.unread(begin);
        } catch (IOException failed) {
            DataflowException failure = DataflowException.of(
                            ErrorCode.IO_FAILED, "Cannot read " + file + ": " + failed.getMessage())
                    .causedBy(failed);
            close(stored, failure);
            throw failure;
        } catch (RuntimeException | Error failure) {
            close(stored, failure);
            throw failure;
        }
        return isPacked(begin)
                ? new Unpacked(
                        Utf8Stream.open(whole, file, options.encoding()), options.encoding(StandardCharsets.UTF_8))
                : new Unpacked(whole, options);
    }

    private static boolean isPacked(byte[] begin) {
        return Arrays.stream(MARKS)
                .anyMatch(mark ->
                        begin.length >= mark.length && Arrays.equals(begin, 0, mark.length, mark, 0, mark.length));
    }

    private static void close(InputStream stored, Throwable failure) {
        try {
            stored.close();
        } catch (IOException closing) {
            failure.addSuppressed(closing);
        }
    }
}
