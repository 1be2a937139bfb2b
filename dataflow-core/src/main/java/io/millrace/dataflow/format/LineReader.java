package io.millrace.dataflow.format;

import io.millrace.dataflow.encoding.Utf8Stream;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines that begin in a split. A line that runs over the end of the split belongs to it whole.
 *
 * <p>A file that is one split is read as UTF-8, unpacked and without its byte order mark. Only a file that is not packed,
 * and in whose encoding a line feed is that one byte, is divided; its lines are as they are stored.
 */
public final class LineReader implements AutoCloseable {
    private static final int CHUNK = 1 << 19;
    private static final int LONGEST_LINE = 1 << 29;
    private static final byte LINE_FEED = '\n';

    private final SourceFile file;
    private final Reading reading;
    private final InputStream stream;
    private final Charset charset;
    private final long end;
    /** What was read of the next line, and where in the file it begins. */
    private byte[] carried = new byte[0];

    private long position;
    /** Whether positions are those of the bytes as they are stored. */
    private boolean isStored = true;

    private long line;
    private boolean ended;

    private LineReader(SourceFile file, Split split, Reading reading, InputStream stream, Charset declared) {
        this.file = file;
        this.reading = reading;
        this.stream = stream;
        this.charset = isWhole(split, file) ? StandardCharsets.UTF_8 : declared;
        this.end = isWhole(split, file) ? Long.MAX_VALUE : split.offset() + split.length();
        this.line = Math.max(1, split.start().firstRecord());
    }

    /**
     * Starts to read the lines of a split.
     *
     * @param declared how bytes become text, unless a byte order mark says otherwise
     * @throws DataflowException {@code UNSUPPORTED_FORMAT} for what is no text; what reading the source throws
     */
    public static LineReader open(SourceFile file, Split split, Reading reading, Charset declared) {
        // A line begins after the byte before it, so that byte is looked at too.
        long from = Math.max(0, split.offset() - 1);
        InputStream stored = reading.access().read(file, from, file.length() - from, reading.cancellation());
        if (isWhole(split, file)) {
            Utf8Stream text = Utf8Stream.open(stored, file.display(), declared);
            LineReader reader = new LineReader(file, split, reading, text, declared);
            reader.position = text.isPlain() ? text.markLength() : 0;
            reader.isStored = text.isPlain();
            return reader;
        }
        LineReader reader = new LineReader(file, split, reading, stored, declared);
        try {
            reader.position = from;
            if (split.offset() > 0) {
                reader.passLine();
            } else {
                reader.passMark();
            }
        } catch (RuntimeException | Error failure) {
            reader.close();
            throw failure;
        }
        return reader;
    }

    private static boolean isWhole(Split split, SourceFile file) {
        return split.offset() == 0 && split.length() == file.length();
    }

    /**
     * About evenly long splits of files of lines. The first record of all but the first of a file is not known.
     *
     * @param declared how bytes become text, unless a byte order mark says otherwise
     * @throws DataflowException as {@link #open}, for a file that could be divided
     */
    public static List<Split> splits(List<SourceFile> files, Charset declared, Reading reading, long targetBytes) {
        List<Split> splits = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            long length = files.get(i).length();
            long wanted = Math.max(1, length / targetBytes);
            long parts = wanted > 1 && isDivisible(files.get(i), declared, reading) ? wanted : 1;
            for (long part = 0; part < parts; part++) {
                long from = length * part / parts;
                long to = length * (part + 1) / parts;
                Split.StartState start = part == 0 ? Split.StartState.OF_FILE : Split.StartState.UNKNOWN;
                splits.add(new Split(i, from, to - from, start));
            }
        }
        return splits;
    }

    private static boolean isDivisible(SourceFile file, Charset declared, Reading reading) {
        byte[] lineFeed = declared.canEncode() ? "\n".getBytes(declared) : new byte[0];
        if (lineFeed.length != 1 || lineFeed[0] != LINE_FEED) {
            return false;
        }
        InputStream stored = reading.access().read(file, 0, file.length(), reading.cancellation());
        try (Utf8Stream text = Utf8Stream.open(stored, file.display(), declared)) {
            return !text.isPacked() && text.charset().equals(declared);
        } catch (IOException failed) {
            throw failed(file, failed);
        }
    }

    /** The number of lines that begin in a split which is not the last of its file. */
    public static long count(SourceFile file, Split split, Reading reading) {
        long from = Math.max(0, split.offset() - 1);
        long to = split.offset() + split.length() - 1;
        long count = split.offset() == 0 ? 1 : 0;
        try (InputStream stream = reading.access().read(file, from, Math.max(0, to - from), reading.cancellation())) {
            byte[] buffer = new byte[1 << 16];
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    count += buffer[i] == LINE_FEED ? 1 : 0;
                }
            }
        } catch (IOException failed) {
            throw failed(file, failed);
        }
        return count;
    }

    /**
     * The next lines, or null after the last.
     *
     * @throws DataflowException {@code MALFORMED_ROW} for a line beyond all measure; what reading the source throws
     */
    public @Nullable Lines next() {
        reading.cancellation().check();
        if (position >= end) {
            return null;
        }
        byte[] bytes = Arrays.copyOf(carried, Math.max(CHUNK, 2 * carried.length));
        int filled = carried.length;
        int last = -1;
        while (last < 0 && !ended) {
            if (filled == bytes.length) {
                if (filled >= LONGEST_LINE) {
                    throw DataflowException.of(
                            ErrorCode.MALFORMED_ROW,
                            "Cannot read line " + line + " of " + file.display() + ": it is longer than 512 MiB",
                            "Check that the file is text with line feeds");
                }
                bytes = Arrays.copyOf(bytes, 2 * filled);
            }
            int read = read(bytes, filled);
            for (int i = filled + read - 1; i >= filled && last < 0; i--) {
                last = bytes[i] == LINE_FEED ? i : -1;
            }
            filled += read;
        }
        int whole = ended ? filled : last + 1;
        Lines lines = lines(bytes, whole);
        carried = Arrays.copyOfRange(bytes, whole, filled);
        position += whole;
        line += lines.count();
        return lines.count() == 0 ? null : lines;
    }

    private Lines lines(byte[] bytes, int whole) {
        int[] starts = new int[64];
        int[] ends = new int[64];
        int count = 0;
        int start = 0;
        while (start < whole && position + start < end) {
            int stop = start;
            while (stop < whole && bytes[stop] != LINE_FEED) {
                stop++;
            }
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, 2 * count);
                ends = Arrays.copyOf(ends, 2 * count);
            }
            starts[count] = start;
            ends[count] = stop > start && stop < whole && bytes[stop - 1] == '\r' ? stop - 1 : stop;
            count++;
            start = stop + 1;
        }
        return new Lines(
                bytes,
                Arrays.copyOf(starts, count),
                Arrays.copyOf(ends, count),
                charset,
                line,
                isStored ? position : -1);
    }

    /** Reads until the array is full or the file ends. */
    private int read(byte[] bytes, int filled) {
        int total = 0;
        try {
            while (filled + total < bytes.length) {
                int read = stream.read(bytes, filled + total, bytes.length - filled - total);
                if (read < 0) {
                    ended = true;
                    break;
                }
                total += read;
            }
        } catch (IOException failed) {
            throw failed(file, failed);
        }
        return total;
    }

    /** Passes over the rest of the line before the split. */
    private void passLine() {
        byte[] bytes = new byte[1 << 16];
        while (!ended) {
            int read = read(bytes, 0);
            for (int i = 0; i < read; i++) {
                if (bytes[i] == LINE_FEED) {
                    carried = Arrays.copyOfRange(bytes, i + 1, read);
                    position += i + 1;
                    return;
                }
            }
            position += read;
            if (position >= end) {
                return;
            }
        }
        position = end;
    }

    private void passMark() {
        byte[] bytes = new byte[3];
        int read = read(bytes, 0);
        boolean mark = read == 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
        carried = mark ? new byte[0] : Arrays.copyOf(bytes, read);
        position = mark ? 3 : 0;
    }

    private static DataflowException failed(SourceFile file, IOException cause) {
        return DataflowException.of(ErrorCode.IO_FAILED, "Cannot read '" + file.display() + "': " + cause.getMessage())
                .causedBy(cause);
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException failed) {
            throw failed(file, failed);
        }
    }
}
