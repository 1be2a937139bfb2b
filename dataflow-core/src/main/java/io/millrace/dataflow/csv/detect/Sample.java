package io.millrace.dataflow.csv.detect;

import io.millrace.dataflow.csv.detect.SampleSplitter.End;
import io.millrace.dataflow.encoding.Utf8Stream;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.Cancellation;
import io.millrace.dataflow.source.SourceAccess;
import io.millrace.dataflow.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Some bytes of a file: all of a small one, else its beginning, a block in its middle and its end, read by one range each.
 *
 * @param file the file
 * @param blocks its beginning, with at least one line that is not longer than {@link #MOST_HEAD}, and the other blocks in
 *     order, whose first and last lines may be cut
 * @param end whether the beginning is all of the file
 */
record Sample(SourceFile file, List<byte[]> blocks, End end) {
    /** What a request that opens a remote file brings, so that the beginning needs no other. */
    static final int HEAD = 1 << 18;

    private static final int BLOCK = 1 << 16;
    private static final int MOST_HEAD = 1 << 24;
    /** A file of a little more than the beginning is read whole. */
    private static final int WHOLE = HEAD + 2 * BLOCK;

    static Sample of(SourceFile file, SourceAccess access, Cancellation cancellation) {
        long length = file.length();
        if (length <= WHOLE) {
            byte[] all = read(file, 0, (int) length, access, cancellation);
            return isPacked(all) ? unpacked(file, access, cancellation) : new Sample(file, List.of(all), End.OF_FILE);
        }
        byte[] head = read(file, 0, HEAD, access, cancellation);
        if (isPacked(head)) {
            return unpacked(file, access, cancellation);
        }
        for (int size = HEAD * 4; !hasLineEnd(head) && head.length < Math.min(length, MOST_HEAD); size *= 4) {
            head = read(file, 0, (int) Math.min(length, size), access, cancellation);
        }
        List<byte[]> blocks = new ArrayList<>(List.of(head));
        // A character has at most four bytes in every encoding with units of more than one.
        long middle = Math.max(head.length, (length - BLOCK) / 2) / 4 * 4;
        long end = Math.max(head.length, length - BLOCK) / 4 * 4;
        if (middle + BLOCK <= end) {
            blocks.add(read(file, middle, BLOCK, access, cancellation));
        }
        if (end < length) {
            blocks.add(read(file, end, (int) (length - end), access, cancellation));
        }
        return new Sample(file, blocks, head.length < length ? End.CUT : End.OF_FILE);
    }

    byte[] head() {
        return blocks.get(0);
    }

    /** The blocks behind the beginning. */
    List<byte[]> others() {
        return blocks.subList(1, blocks.size());
    }

    /** Whether the head is all of the file. */
    boolean isWhole() {
        return end == End.OF_FILE;
    }

    /** The beginning of what a packed file holds: only that can be read. */
    private static Sample unpacked(SourceFile file, SourceAccess access, Cancellation cancellation) {
        InputStream stored = access.read(file, 0, file.length(), cancellation);
        try (InputStream text = Utf8Stream.open(stored, file.display(), StandardCharsets.UTF_8)) {
            byte[] head = text.readNBytes(WHOLE);
            return new Sample(file, List.of(head), head.length < WHOLE ? End.OF_FILE : End.CUT);
        } catch (IOException failed) {
            throw failed(file, failed);
        }
    }

    private static boolean isPacked(byte[] head) {
        return startsWith(head, 0x1f, 0x8b)
                || startsWith(head, 'P', 'K', 3, 4)
                || startsWith(head, 0x28, 0xb5, 0x2f, 0xfd);
    }

    static boolean startsWith(byte[] bytes, int... start) {
        if (bytes.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if ((bytes[i] & 0xff) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasLineEnd(byte[] bytes) {
        for (byte b : bytes) {
            if (b == '\n' || b == '\r') {
                return true;
            }
        }
        return false;
    }

    private static byte[] read(
            SourceFile file, long offset, int length, SourceAccess access, Cancellation cancellation) {
        try (InputStream stream = access.read(file, offset, length, cancellation)) {
            return stream.readNBytes(length);
        } catch (IOException failed) {
            throw failed(file, failed);
        }
    }

    private static DataflowException failed(SourceFile file, IOException failed) {
        return DataflowException.of(ErrorCode.IO_FAILED, "Cannot read " + file.display() + ": " + failed.getMessage())
                .causedBy(failed);
    }
}
