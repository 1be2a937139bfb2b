package io.millrace.dataflow.encoding;

import io.airlift.compress.zstd.ZstdInputStream;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;

/** A Zstandard file of one or more frames, one after the other. Frames that hold no text, as {@code pzstd} writes, are passed over. */
final class ZstdBytes extends UnpackedBytes {
    /** Zstandard packs equal lines to a ten-thousandth. */
    private static final long FREELY = 1_000_000_000;

    private final Frames frames;
    private final ZstdInputStream stream;

    ZstdBytes(PackedInput packed, String display) {
        super(packed, display, "zstd", FREELY);
        this.frames = new Frames();
        this.stream = new ZstdInputStream(frames);
    }

    @Override
    int unpack(byte[] bytes, int offset, int length) throws IOException {
        if (!frames.any()) {
            return -1;
        }
        try {
            return stream.read(bytes, offset, length);
        } catch (DataflowException ofSource) {
            throw ofSource;
        } catch (IOException | RuntimeException failed) {
            throw refused(failed);
        }
    }

    private DataflowException refused(Exception failed) {
        String reason = String.valueOf(failed.getMessage());
        if (reason.startsWith("Not enough input bytes")) {
            return damaged("is cut off").causedBy(failed);
        }
        if (reason.startsWith("Bad checksum")) {
            return damaged("does not agree with its checksum").causedBy(failed);
        }
        if (reason.startsWith("Window size too large")) {
            return unsupported("needs a window of more than 8 MiB", "Pack it without --long and --ultra, or unpack it");
        }
        if (reason.startsWith("Custom dictionaries")) {
            return unsupported("needs a dictionary", "Unpack it first");
        }
        return damaged("is damaged").causedBy(failed);
    }

    private DataflowException unsupported(String what, String advice) {
        return DataflowException.of(
                ErrorCode.UNSUPPORTED_FORMAT, "Cannot read " + display + ": its zstd data " + what, advice);
    }

    /** The frames that hold text. Their blocks say how long they are, so that a frame's end is known before it is unpacked. */
    private final class Frames extends InputStream {
        private static final long FRAME = 0xFD2FB528L;
        private static final long WITHOUT_TEXT = 0x184D2A50L;
        private static final int[] LENGTH_OF_DICTIONARY = {0, 1, 2, 4};

        private long left;
        private boolean inFrame;
        private boolean lastBlock;
        private boolean hasChecksum;
        private boolean first = true;

        /** Whether there is something left to unpack: the decompressor takes an empty file for one that is cut off. */
        boolean any() throws IOException {
            return !first || left > 0 || next();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0 && !next()) {
                return -1;
            }
            if (!packed.has(1)) {
                return -1;
            }
            first = false;
            int count = (int) Math.min(Math.min(left, length), packed.available());
            System.arraycopy(packed.buffer(), packed.position(), bytes, offset, count);
            packed.take(count);
            left -= count;
            return count;
        }

        /** Finds what comes next; false at the end. */
        private boolean next() throws IOException {
            if (inFrame && lastBlock) {
                inFrame = false;
                left = hasChecksum ? 4 : 0;
            } else if (inFrame) {
                block();
            }
            while (left == 0 && !inFrame) {
                if (!packed.has(1)) {
                    return false;
                }
                frame();
            }
            return true;
        }

        private void frame() throws IOException {
            if (!packed.has(4)) {
                throw followed();
            }
            long mark = packed.intAt(0);
            if ((mark & 0xFFFFFFF0L) == WITHOUT_TEXT) {
                if (!packed.has(8) || !packed.pass(8 + packed.intAt(4))) {
                    throw damaged("is cut off");
                }
            } else if (mark != FRAME) {
                throw followed();
            } else {
                if (!packed.has(5)) {
                    throw damaged("is cut off");
                }
                int flags = packed.byteAt(4);
                boolean oneSegment = (flags & 0x20) != 0;
                int ofSize = flags >> 6 == 0 ? (oneSegment ? 1 : 0) : 1 << (flags >> 6);
                left = 5L + (oneSegment ? 0 : 1) + LENGTH_OF_DICTIONARY[flags & 3] + ofSize;
                hasChecksum = (flags & 4) != 0;
                inFrame = true;
                lastBlock = false;
            }
        }

        private void block() throws IOException {
            if (!packed.has(3)) {
                throw damaged("is cut off");
            }
            int header = packed.shortAt(0) | packed.byteAt(2) << 16;
            boolean repeated = (header >> 1 & 3) == 1;
            lastBlock = (header & 1) != 0;
            left = 3L + (repeated ? 1 : header >> 3);
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
        super.close();
    }
}
