package io.millrace.automl.journal;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.codec.CodecException;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file of records, each with its length and checksum. One process at a time has it open. Thread-safe.
 *
 * <p>The file is {@code MLRJRNL} and a byte with the version of the format, then records: the length of the payload (4
 * bytes), the CRC-32 of the payload (4 bytes), the payload. The first record is the description of the experiment.
 */
public final class Journal implements AutoCloseable {
    private static final byte[] MAGIC = "MLRJRNL".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int HEAD = 8;

    private final Path file;
    private final FileChannel channel;
    private final String description;
    private long end;

    private Journal(Path file, FileChannel channel, String description, long end) {
        this.file = file;
        this.channel = channel;
        this.description = description;
        this.end = end;
    }

    /**
     * Begins a journal.
     *
     * @param description what the experiment is, as the experiment writes it; holds no secret
     * @throws DataflowException {@code OUTPUT_EXISTS} if there is such a file, {@code IO_FAILED} if it cannot be written
     */
    public static Journal create(Path file, String description) {
        if (Files.exists(file)) {
            throw DataflowException.of(
                    ErrorCode.OUTPUT_EXISTS,
                    "Cannot begin an experiment: '" + file + "' exists",
                    "Resume the experiment that it belongs to, or choose another directory");
        }
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Journal journal = new Journal(file, channel, description, 0);
            lock(file, channel);
            ByteBuffer magic = ByteBuffer.allocate(MAGIC.length + 1);
            magic.put(MAGIC).put((byte) VERSION).flip();
            journal.writeFully(magic);
            journal.append(new BinaryWriter().writeString(description).toByteArray());
            channel.force(true);
            return journal;
        } catch (IOException failure) {
            throw failed("write", file, failure);
        }
    }

    /**
     * Opens a journal to go on with it. A record at the end that is not whole is cut off, with all that follows it.
     *
     * @param replay given every record in order
     * @throws DataflowException {@code NOT_AN_EXPERIMENT} if the file is not a journal or is of a newer version,
     *     {@code IO_FAILED} if it cannot be read or another process has it open
     */
    public static Journal open(Path file, Consumer<Entry> replay) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            lock(file, channel);
            long size = channel.size();
            checkMagic(file, channel, size);
            long position = MAGIC.length + 1L;
            byte @Nullable [] first = record(channel, position, size);
            if (first == null) {
                throw notAnExperiment(file, "it has no description");
            }
            String description = BinaryReader.of(first).readString();
            position += HEAD + first.length;
            byte @Nullable [] payload = record(channel, position, size);
            while (payload != null) {
                replay.accept(EntryCodec.read(payload, position + HEAD));
                position += HEAD + payload.length;
                payload = record(channel, position, size);
            }
            if (position < size) {
                channel.truncate(position);
            }
            channel.position(position);
            return new Journal(file, channel, description, position);
        } catch (CodecException damaged) {
            closeQuietly(channel);
            throw notAnExperiment(file, damaged.getMessage()).causedBy(damaged);
        } catch (IOException failure) {
            closeQuietly(channel);
            throw failed("read", file, failure);
        } catch (DataflowException refused) {
            closeQuietly(channel);
            throw refused;
        }
    }

    /** The description of an experiment, without opening it to go on with it. Errors as {@link #open}. */
    public static String description(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            checkMagic(file, channel, channel.size());
            byte @Nullable [] first = record(channel, MAGIC.length + 1L, channel.size());
            if (first == null) {
                throw notAnExperiment(file, "it has no description");
            }
            return BinaryReader.of(first).readString();
        } catch (CodecException damaged) {
            throw notAnExperiment(file, damaged.getMessage()).causedBy(damaged);
        } catch (IOException failure) {
            throw failed("read", file, failure);
        }
    }

    /** What the experiment is, as {@link #create} was told. */
    public String description() {
        return description;
    }

    /** Appends a record. It survives the death of the process, but not of the machine until the next {@link #force}. */
    public synchronized void append(Entry entry) {
        try {
            append(EntryCodec.bytes(entry));
        } catch (IOException failure) {
            throw failed("write", file, failure);
        }
    }

    /** Appends the end of a fit with the bytes of its result, and says where these are. Survives as {@link #force}. */
    public synchronized Stored appendFit(int trial, int fold, long millis, long spentMillis, byte[] result) {
        try {
            append(EntryCodec.fitEnded(trial, fold, millis, spentMillis, result));
            channel.force(false);
            return new Stored(end - result.length, result.length);
        } catch (IOException failure) {
            throw failed("write", file, failure);
        }
    }

    /** Makes sure that what was appended survives the death of the machine. */
    public synchronized void force() {
        try {
            channel.force(false);
        } catch (IOException failure) {
            throw failed("write", file, failure);
        }
    }

    /** Bytes of the journal. */
    public synchronized byte[] read(Stored stored) {
        ByteBuffer bytes = ByteBuffer.allocate(stored.length());
        try {
            readFully(channel, bytes, stored.position());
        } catch (IOException failure) {
            throw failed("read", file, failure);
        }
        return bytes.array();
    }

    @Override
    public synchronized void close() {
        closeQuietly(channel);
    }

    private void append(byte[] payload) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(payload);
        ByteBuffer record = ByteBuffer.allocate(HEAD + payload.length);
        record.putInt(payload.length).putInt((int) crc.getValue()).put(payload).flip();
        writeFully(record);
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        long position = end;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
        end += length;
    }

    private static byte @Nullable [] record(FileChannel channel, long position, long size) throws IOException {
        if (size - position < HEAD) {
            return null;
        }
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        readFully(channel, head, position);
        head.flip();
        int length = head.getInt();
        int crc = head.getInt();
        if (length < 0 || length > size - position - HEAD) {
            return null;
        }
        ByteBuffer payload = ByteBuffer.allocate(length);
        readFully(channel, payload, position + HEAD);
        CRC32 actual = new CRC32();
        actual.update(payload.array());
        return (int) actual.getValue() == crc ? payload.array() : null;
    }

    private static void checkMagic(Path file, FileChannel channel, long size) throws IOException {
        if (size <= MAGIC.length) {
            throw notAnExperiment(file, "it is too short");
        }
        ByteBuffer magic = ByteBuffer.allocate(MAGIC.length + 1);
        readFully(channel, magic, 0);
        if (!Arrays.equals(Arrays.copyOf(magic.array(), MAGIC.length), MAGIC)) {
            throw notAnExperiment(file, "it does not begin like one");
        }
        int version = magic.get(MAGIC.length);
        if (version > VERSION) {
            throw DataflowException.of(
                    ErrorCode.NOT_AN_EXPERIMENT,
                    "Cannot resume from '" + file + "': it is of version " + version
                            + ", and this Millrace reads up to " + VERSION,
                    "Install a newer Millrace");
        }
    }

    private static void lock(Path file, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException mine) {
            lock = null;
        }
        if (lock == null) {
            throw DataflowException.of(
                    ErrorCode.IO_FAILED, "Cannot work on '" + file + "': another run is working on it");
        }
    }

    private static void readFully(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long next = position;
        while (bytes.hasRemaining()) {
            int count = channel.read(bytes, next);
            if (count < 0) {
                throw new EOFException("the file has become shorter");
            }
            next += count;
        }
    }

    private static DataflowException notAnExperiment(Path file, @Nullable String reason) {
        return DataflowException.of(
                ErrorCode.NOT_AN_EXPERIMENT, "Cannot resume from '" + file + "': it is not a journal: " + reason);
    }

    private static DataflowException failed(String verb, Path file, IOException failure) {
        return DataflowException.of(ErrorCode.IO_FAILED, "Cannot " + verb + " '" + file + "': " + reason(failure))
                .causedBy(failure);
    }

    private static String reason(IOException failure) {
        String message = failure.getMessage();
        return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException ignored) {
                // Nothing is lost: whatever had to survive was forced before.
            }
        }
    }
}
