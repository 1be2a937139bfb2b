package io.millrace.dataflow.encoding;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** One stretch of deflated data, as gzip and zip have it. */
final class Inflation {
    private final PackedInput packed;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private int handed;

    Inflation(PackedInput packed) {
        this.packed = packed;
    }

    /** Begins another stretch. */
    void restart() {
        inflater.reset();
        crc.reset();
        handed = 0;
    }

    /** Unpacks some bytes: 0 at the end of the stretch, -1 when the packed bytes end before it. */
    int read(byte[] bytes, int offset, int length) throws IOException, DataFormatException {
        while (true) {
            int count = inflater.inflate(bytes, offset, length);
            int taken = handed - inflater.getRemaining();
            packed.take(taken);
            handed -= taken;
            if (count > 0) {
                crc.update(bytes, offset, count);
                return count;
            }
            if (inflater.finished()) {
                return 0;
            }
            if (inflater.needsDictionary()) {
                throw new DataFormatException("a dictionary is needed");
            }
            if (handed == 0) {
                if (!packed.has(1)) {
                    return -1;
                }
                handed = packed.available();
                inflater.setInput(packed.buffer(), packed.position(), handed);
            }
        }
    }

    /** The checksum of what was unpacked. */
    long checksum() {
        return crc.getValue();
    }

    /** The number of bytes unpacked. */
    long size() {
        return inflater.getBytesWritten();
    }

    /** The number of bytes they were packed in. */
    long packedSize() {
        return inflater.getBytesRead();
    }

    void close() {
        inflater.end();
    }
}
