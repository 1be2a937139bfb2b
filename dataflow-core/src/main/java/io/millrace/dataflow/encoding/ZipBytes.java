package io.millrace.dataflow.encoding;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * The one file in a zip archive, read from its start to its end. Directories, and what macOS adds beside files, are
 * passed over; a second file is an error, for nobody said which is meant.
 */
final class ZipBytes extends UnpackedBytes {
    private static final long FREELY = 10_000_000;

    private static final long ENTRY = 0x04034B50L;
    private static final long DIRECTORY = 0x02014B50L;
    private static final long DIRECTORY_KEYS = 0x08064B50L;
    private static final long DIRECTORY_64 = 0x06064B50L;
    private static final long END = 0x06054B50L;
    private static final long DESCRIPTOR = 0x08074B50L;
    private static final int HEADER = 30;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int ENCRYPTED = 1;
    private static final int SIZES_FOLLOW = 8;
    private static final long IN_EXTRA = 0xFFFFFFFFL;

    private final Inflation inflation;
    private final CRC32 crc = new CRC32();
    private @Nullable String file;
    private boolean insideFile;
    private boolean ended;

    private int method;
    private int flags;
    private long checksum;
    private long size;
    private long packedSize;
    private long storedLeft;

    ZipBytes(PackedInput packed, String display) {
        super(packed, display, "zip", FREELY);
        this.inflation = new Inflation(packed);
    }

    @Override
    int unpack(byte[] bytes, int offset, int length) throws IOException, DataFormatException {
        while (insideFile || startFile()) {
            int count = method == DEFLATED ? inflation.read(bytes, offset, length) : stored(bytes, offset, length);
            if (count > 0) {
                return count;
            }
            if (count < 0) {
                throw damaged("is cut off");
            }
            endFile();
        }
        return -1;
    }

    private int stored(byte[] bytes, int offset, int length) throws IOException {
        if (storedLeft == 0) {
            return 0;
        }
        if (!packed.has(1)) {
            return -1;
        }
        int count = (int) Math.min(Math.min(length, storedLeft), packed.available());
        System.arraycopy(packed.buffer(), packed.position(), bytes, offset, count);
        crc.update(bytes, offset, count);
        packed.take(count);
        storedLeft -= count;
        return count;
    }

    /** Finds the next file; false when there is none. */
    private boolean startFile() throws IOException, DataFormatException {
        while (!ended) {
            if (!packed.has(4)) {
                throw damaged("is cut off");
            }
            long mark = packed.intAt(0);
            if (mark != ENTRY) {
                if (mark != DIRECTORY && mark != DIRECTORY_KEYS && mark != DIRECTORY_64 && mark != END) {
                    throw damaged("is damaged");
                }
                ended = true;
                requireFile();
                break;
            }
            String name = header();
            if (name.endsWith("/") || name.startsWith("__MACOSX/")) {
                passOver();
            } else if (file == null) {
                file = name;
                insideFile = true;
                return true;
            } else {
                throw several(file, name);
            }
        }
        return false;
    }

    private void requireFile() {
        if (file == null) {
            throw DataflowException.of(
                    ErrorCode.EMPTY_SOURCE, "Cannot read " + display + ": it is a zip archive without a file");
        }
    }

    private DataflowException several(String first, String second) {
        return DataflowException.of(
                ErrorCode.UNSUPPORTED_FORMAT,
                "Cannot read " + display + ": it is a zip archive of several files, '" + first + "', '" + second
                        + "' and perhaps more",
                "Say which to read, as '" + display + "!/" + first + "' or '" + display + "!/*.csv'");
    }

    /** Reads what stands before the data of an entry; gives its name. */
    private String header() throws IOException {
        require(packed.has(HEADER));
        flags = packed.shortAt(6);
        method = packed.shortAt(8);
        checksum = packed.intAt(14);
        packedSize = packed.intAt(18);
        size = packed.intAt(22);
        int nameLength = packed.shortAt(26);
        int extraLength = packed.shortAt(28);
        packed.take(HEADER);
        require(packed.has(nameLength));
        String name = new String(packed.buffer(), packed.position(), nameLength, StandardCharsets.UTF_8);
        packed.take(nameLength);
        extra(extraLength);
        if ((flags & ENCRYPTED) != 0) {
            throw refused(name, "is encrypted");
        }
        if (method != STORED && method != DEFLATED) {
            throw refused(name, "is packed by " + method(method));
        }
        if (method == STORED && (flags & SIZES_FOLLOW) != 0) {
            throw refused(name, "does not say how long it is");
        }
        inflation.restart();
        crc.reset();
        storedLeft = packedSize;
        return name;
    }

    /** Finds the sizes of a file of more than 4 GB. */
    private void extra(int length) throws IOException {
        int left = length;
        while (left >= 4) {
            require(packed.has(4));
            int id = packed.shortAt(0);
            int count = Math.min(packed.shortAt(2), left - 4);
            packed.take(4);
            if (id == 1 && packed.has(count)) {
                int at = 0;
                if (size == IN_EXTRA && count >= 8) {
                    size = packed.longAt(0);
                    at = 8;
                }
                if (packedSize == IN_EXTRA && count >= at + 8) {
                    packedSize = packed.longAt(at);
                }
            }
            require(packed.pass(count));
            left -= 4 + count;
        }
        require(packed.pass(left));
    }

    private void passOver() throws IOException, DataFormatException {
        byte[] bytes = new byte[1 << 13];
        int count;
        do {
            count = method == DEFLATED ? inflation.read(bytes, 0, bytes.length) : stored(bytes, 0, bytes.length);
        } while (count > 0);
        require(count == 0);
        endFile();
    }

    private void endFile() throws IOException {
        insideFile = false;
        if ((flags & SIZES_FOLLOW) != 0) {
            descriptor();
        }
        long actual = method == DEFLATED ? inflation.checksum() : crc.getValue();
        boolean sizeAgrees = method == STORED || size == inflation.size();
        if (actual != checksum || !sizeAgrees) {
            throw damaged("does not agree with its checksum");
        }
    }

    /** What stands behind the data of an entry whose writer could not go back. Its mark may be missing, and its sizes have 4 or 8 bytes. */
    private void descriptor() throws IOException {
        if (packed.has(4) && packed.intAt(0) == DESCRIPTOR && !isBareDescriptor()) {
            packed.take(4);
        }
        require(packed.has(12));
        checksum = packed.intAt(0);
        boolean narrow = packed.intAt(4) == (inflation.packedSize() & IN_EXTRA)
                && packed.intAt(8) == (inflation.size() & IN_EXTRA);
        if (!narrow) {
            require(packed.has(20));
        }
        size = narrow ? inflation.size() : packed.longAt(12);
        packed.take(narrow ? 12 : 20);
    }

    /** Whether what looks like the mark is a checksum, once in four billion files. */
    private boolean isBareDescriptor() throws IOException {
        return inflation.checksum() == DESCRIPTOR
                && packed.has(12)
                && packed.intAt(4) == (inflation.packedSize() & IN_EXTRA)
                && packed.intAt(8) == (inflation.size() & IN_EXTRA);
    }

    private DataflowException refused(String name, String what) {
        return DataflowException.of(
                ErrorCode.UNSUPPORTED_FORMAT,
                "Cannot read " + display + ": '" + name + "' in it " + what,
                "Unpack it first");
    }

    private static String method(int number) {
        return switch (number) {
            case 9 -> "Deflate64";
            case 12 -> "bzip2";
            case 14 -> "LZMA";
            case 93 -> "zstd";
            case 95 -> "xz";
            default -> "method " + number;
        };
    }

    private void require(boolean there) {
        if (!there) {
            throw damaged("is cut off");
        }
    }

    @Override
    public void close() throws IOException {
        inflation.close();
        super.close();
    }
}
