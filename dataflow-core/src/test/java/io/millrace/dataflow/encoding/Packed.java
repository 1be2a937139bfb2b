package io.millrace.dataflow.encoding;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs bytes in all ways that are read, and reads them back. */
final class Packed {
    private Packed() {}

    static byte[] gzip(byte[] bytes) {
        return written(target -> {
            try (GZIPOutputStream stream = new GZIPOutputStream(target)) {
                stream.write(bytes);
            }
        });
    }

    static byte[] zstd(byte[] bytes) {
        return written(target -> {
            try (ZstdOutputStream stream = new ZstdOutputStream(target)) {
                stream.write(bytes);
            }
        });
    }

    /** An archive of files of those names, all with the same bytes; of directories where a name ends with a slash. */
    static byte[] zip(byte[] bytes, String... names) {
        return written(target -> {
            try (ZipOutputStream stream = new ZipOutputStream(target)) {
                for (String name : names) {
                    stream.putNextEntry(new ZipEntry(name));
                    stream.write(name.endsWith("/") ? new byte[0] : bytes);
                    stream.closeEntry();
                }
            }
        });
    }

    /** An archive of one file that is not compressed. */
    static byte[] stored(byte[] bytes, String name) {
        return written(target -> {
            try (ZipOutputStream stream = new ZipOutputStream(target)) {
                ZipEntry entry = new ZipEntry(name);
                CRC32 crc = new CRC32();
                crc.update(bytes);
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(bytes.length);
                entry.setCrc(crc.getValue());
                stream.putNextEntry(entry);
                stream.write(bytes);
            }
        });
    }

    static byte[] joined(byte[]... parts) {
        return written(target -> {
            for (byte[] part : parts) {
                target.write(part);
            }
        });
    }

    static byte[] read(byte[] stored) {
        return read(new ByteArrayInputStream(stored));
    }

    /** What a stream gives before it ends or fails. */
    static byte[] readUntilFailure(byte[] stored, List<RuntimeException> failures) {
        return written(target -> {
            try (Utf8Stream text =
                    Utf8Stream.open(new ByteArrayInputStream(stored), "birds.csv", StandardCharsets.UTF_8)) {
                text.transferTo(target);
            } catch (RuntimeException failed) {
                failures.add(failed);
            }
        });
    }

    static byte[] read(InputStream stored) {
        try (Utf8Stream text = Utf8Stream.open(stored, "birds.csv", StandardCharsets.UTF_8)) {
            return text.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A stream that gives a few bytes at a time. */
    static InputStream slow(byte[] bytes, int most) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, most));
            }
        };
    }

    private interface Writing {
        void to(ByteArrayOutputStream target) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try {
            writing.to(target);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return target.toByteArray();
    }
}
