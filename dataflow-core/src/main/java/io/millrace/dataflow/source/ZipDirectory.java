package io.millrace.dataflow.source;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The files in a zip archive, as the directory at its end names them. */
final class ZipDirectory {
    private static final int END = 0x06054B50;
    private static final int END_64 = 0x06064B50;
    private static final int WHERE_END_64 = 0x07064B50;
    private static final int ENTRY = 0x02014B50;
    private static final int END_LENGTH = 22;
    private static final int END_64_LENGTH = 56;
    private static final int WHERE_END_64_LENGTH = 20;
    private static final int ENTRY_LENGTH = 46;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final long LONGEST = 1 << 28;
    private static final int NAME_IS_UTF8 = 1 << 11;
    private static final int OF_64_BITS = 1;
    private static final long IN_EXTRA = 0xFFFFFFFFL;

    private final SourceFile archive;
    private final Ranges ranges;

    /** Reads a range of the archive. */
    interface Ranges {
        InputStream read(long offset, long length);
    }

    /**
     * A file in an archive.
     *
     * @param name as the archive has it, with slashes between directories
     * @param offset where its header begins in the archive
     * @param length how many bytes it has there, header included
     */
    record Entry(String name, long offset, long length) {}

    private ZipDirectory(SourceFile archive, Ranges ranges) {
        this.archive = archive;
        this.ranges = ranges;
    }

    /**
     * The files in an archive, by name; directories, and what macOS adds beside files, are none.
     *
     * @return empty when the archive has no directory: it is cut off, or no zip archive
     */
    static Optional<List<Entry>> read(SourceFile archive, Ranges ranges) {
        return new ZipDirectory(archive, ranges).entries();
    }

    private Optional<List<Entry>> entries() {
        long tailLength = Math.min(archive.length(), END_LENGTH + LONGEST_COMMENT);
        ByteBuffer tail = bytes(archive.length() - tailLength, tailLength);
        int end = end(tail);
        if (end < 0) {
            return Optional.empty();
        }
        long length = tail.getInt(end + 12) & IN_EXTRA;
        long offset = tail.getInt(end + 16) & IN_EXTRA;
        long behind = archive.length() - tailLength + end;
        int where = end - WHERE_END_64_LENGTH;
        if (where >= 0 && tail.getInt(where) == WHERE_END_64) {
            behind = tail.getLong(where + 8);
            if (behind < 0 || behind > archive.length() - END_64_LENGTH) {
                return Optional.empty();
            }
            ByteBuffer end64 = bytes(behind, END_64_LENGTH);
            if (end64.getInt(0) != END_64) {
                return Optional.empty();
            }
            length = end64.getLong(40);
            offset = end64.getLong(48);
        }
        // What stands before the archive, as a program that unpacks it, moves all offsets.
        long before = behind - length - offset;
        boolean sound = length >= 0 && length <= LONGEST && offset >= 0 && before >= 0;
        return sound ? listed(bytes(before + offset, length), before, before + offset) : Optional.empty();
    }

    private static int end(ByteBuffer tail) {
        for (int at = tail.limit() - END_LENGTH; at >= 0; at--) {
            if (tail.getInt(at) == END && at + END_LENGTH + (tail.getShort(at + 20) & 0xFFFF) <= tail.limit()) {
                return at;
            }
        }
        return -1;
    }

    private static Optional<List<Entry>> listed(ByteBuffer directory, long before, long end) {
        List<Entry> all = new ArrayList<>();
        int at = 0;
        while (at < directory.limit()) {
            if (at + ENTRY_LENGTH > directory.limit() || directory.getInt(at) != ENTRY) {
                return Optional.empty();
            }
            int nameLength = directory.getShort(at + 28) & 0xFFFF;
            int extraLength = directory.getShort(at + 30) & 0xFFFF;
            int next = at + ENTRY_LENGTH + nameLength + extraLength + (directory.getShort(at + 32) & 0xFFFF);
            if (next > directory.limit()) {
                return Optional.empty();
            }
            String name = name(directory, at + ENTRY_LENGTH, nameLength, directory.getShort(at + 8));
            all.add(new Entry(name, before + offset(directory, at, at + ENTRY_LENGTH + nameLength, extraLength), 0));
            at = next;
        }
        return measured(all, end);
    }

    /** Where an entry begins, which an archive of more than 4 GB says behind the name. */
    private static long offset(ByteBuffer directory, int entry, int extra, int extraLength) {
        long offset = directory.getInt(entry + 42) & IN_EXTRA;
        if (offset != IN_EXTRA) {
            return offset;
        }
        int at = extra;
        while (at + 4 <= extra + extraLength) {
            int length = directory.getShort(at + 2) & 0xFFFF;
            if (directory.getShort(at) == OF_64_BITS) {
                int sizes = 0;
                sizes += (directory.getInt(entry + 24) & IN_EXTRA) == IN_EXTRA ? 8 : 0;
                sizes += (directory.getInt(entry + 20) & IN_EXTRA) == IN_EXTRA ? 8 : 0;
                return sizes + 8 <= length && at + 4 + length <= extra + extraLength
                        ? directory.getLong(at + 4 + sizes)
                        : offset;
            }
            at += 4 + length;
        }
        return offset;
    }

    /** The files with their lengths: each reaches to the next entry, or to the directory. */
    private static Optional<List<Entry>> measured(List<Entry> all, long end) {
        List<Entry> byOffset = new ArrayList<>(all);
        byOffset.sort(Comparator.comparingLong(Entry::offset));
        List<Entry> files = new ArrayList<>();
        for (int i = 0; i < byOffset.size(); i++) {
            Entry entry = byOffset.get(i);
            long next = i + 1 < byOffset.size() ? byOffset.get(i + 1).offset() : end;
            if (next > end || next <= entry.offset()) {
                return Optional.empty();
            }
            if (!entry.name().endsWith("/") && !entry.name().startsWith("__MACOSX/")) {
                files.add(new Entry(entry.name(), entry.offset(), next - entry.offset()));
            }
        }
        files.sort(Comparator.comparing(Entry::name));
        return Optional.of(files);
    }

    /** Names are UTF-8 where the archive says so, and where they can be; else they are of the first PCs. */
    private static String name(ByteBuffer directory, int from, int length, int flags) {
        byte[] bytes = new byte[length];
        directory.get(from, bytes);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException other) {
            boolean known = (flags & NAME_IS_UTF8) == 0 && Charset.isSupported("IBM437");
            return new String(bytes, known ? Charset.forName("IBM437") : StandardCharsets.ISO_8859_1);
        }
    }

    private ByteBuffer bytes(long offset, long length) {
        try (InputStream stream = ranges.read(offset, length)) {
            return ByteBuffer.wrap(stream.readNBytes((int) length)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException failed) {
            throw DataflowException.of(
                            ErrorCode.IO_FAILED, "Cannot read " + archive.display() + ": " + failed.getMessage())
                    .causedBy(failed);
        }
    }
}
