package io.millrace.dataflow.encoding;

import java.io.IOException;
import java.util.zip.DataFormatException;

/** A gzip file of one or more members, one after the other (RFC 1952). Zeros behind the last one are padding. */
final class GzipBytes extends UnpackedBytes {
    private static final long FREELY = 10_000_000;

    private static final int HEADER = 10;
    private static final int TRAILER = 8;
    private static final int DEFLATE = 8;
    private static final int HAS_HEADER_CHECKSUM = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int UNKNOWN_FLAGS = 0xE0;

    private final Inflation inflation;
    private boolean insideMember;
    private boolean anyMember;

    GzipBytes(PackedInput packed, String display) {
        super(packed, display, "gzip", FREELY);
        this.inflation = new Inflation(packed);
    }

    @Override
    int unpack(byte[] bytes, int offset, int length) throws IOException, DataFormatException {
        while (insideMember || startMember()) {
            int count = inflation.read(bytes, offset, length);
            if (count > 0) {
                return count;
            }
            if (count < 0) {
                throw damaged("is cut off");
            }
            endMember();
        }
        return -1;
    }

    private boolean startMember() throws IOException {
        while (anyMember && packed.has(1) && packed.byteAt(0) == 0) {
            packed.take(1);
        }
        if (anyMember && !packed.has(1)) {
            return false;
        }
        if (anyMember && !(packed.has(2) && packed.byteAt(0) == 0x1F && packed.byteAt(1) == 0x8B)) {
            throw followed();
        }
        require(packed.has(HEADER));
        int flags = packed.byteAt(3);
        if (packed.byteAt(2) != DEFLATE || (flags & UNKNOWN_FLAGS) != 0) {
            throw damaged("is damaged");
        }
        packed.take(HEADER);
        if ((flags & HAS_EXTRA) != 0) {
            require(packed.has(2));
            require(packed.pass(2L + packed.shortAt(0)));
        }
        if ((flags & HAS_NAME) != 0) {
            passText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            passText();
        }
        if ((flags & HAS_HEADER_CHECKSUM) != 0) {
            require(packed.pass(2));
        }
        inflation.restart();
        insideMember = true;
        anyMember = true;
        return true;
    }

    private void passText() throws IOException {
        int value;
        do {
            require(packed.has(1));
            value = packed.byteAt(0);
            packed.take(1);
        } while (value != 0);
    }

    private void endMember() throws IOException {
        require(packed.has(TRAILER));
        if (packed.intAt(0) != inflation.checksum() || packed.intAt(4) != (inflation.size() & 0xFFFFFFFFL)) {
            throw damaged("does not agree with its checksum");
        }
        packed.take(TRAILER);
        insideMember = false;
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
