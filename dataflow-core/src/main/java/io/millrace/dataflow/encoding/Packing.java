package io.millrace.dataflow.encoding;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** How a file is packed, told by its first bytes, whatever its name. */
enum Packing {
    GZIP("gzip"),
    ZIP("zip"),
    ZSTD("zstd");

    private final String words;

    Packing(String words) {
        this.words = words;
    }

    /** How the file is packed that begins so, or null. */
    static @Nullable Packing of(Lookahead stored) {
        if (stored.startsWith(0x1F, 0x8B)) {
            return GZIP;
        }
        if (stored.startsWith('P', 'K', 3, 4) || stored.startsWith('P', 'K', 5, 6)) {
            return ZIP;
        }
        boolean zstd = stored.startsWith(0x28, 0xB5, 0x2F, 0xFD);
        boolean withoutText = stored.head().length >= 4
                && (stored.head()[0] & 0xF0) == 0x50
                && stored.head()[1] == 0x2A
                && stored.head()[2] == 0x4D
                && stored.head()[3] == 0x18;
        return zstd || withoutText ? ZSTD : null;
    }

    /** What the file holds. Unpacked once: what is packed twice is refused. */
    Lookahead unpack(InputStream stored, String display) {
        PackedInput packed = new PackedInput(stored);
        Lookahead text = Lookahead.at(
                switch (this) {
                    case GZIP -> new GzipBytes(packed, display);
                    case ZIP -> new ZipBytes(packed, display);
                    case ZSTD -> zstd(packed, display);
                },
                display);
        Packing inner = of(text);
        if (inner != null) {
            throw DataflowException.of(
                    ErrorCode.UNSUPPORTED_FORMAT,
                    "Cannot read " + display + ": its " + words + " data holds " + inner.words
                            + " data, and packed files in packed files are not read",
                    "Unpack it first");
        }
        return text;
    }

    private static ZstdBytes zstd(PackedInput packed, String display) {
        try {
            return new ZstdBytes(packed, display);
        } catch (NoClassDefFoundError olderOrNone) {
            throw DataflowException.of(
                            ErrorCode.LIBRARY_MISSING,
                            "Cannot read " + display
                                    + ": it is packed with zstd, and io.airlift:aircompressor 0.27 is not on"
                                    + " the class path, or an older one is before it",
                            "Unpack it first, or put the library first on the class path")
                    .causedBy(olderOrNone);
        }
    }
}
