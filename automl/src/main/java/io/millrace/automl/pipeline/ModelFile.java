package io.millrace.automl.pipeline;

import io.millrace.automl.codec.BinaryReader;
import io.millrace.automl.codec.BinaryWriter;
import io.millrace.automl.codec.CodecException;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The container of a saved pipeline: named sections, each with its checksum.
 *
 * <p>Bytes 0 to 7 are {@code MILLRACE}, 8 to 11 the format version, 12 to 15 the CRC-32 of the twelve before; these
 * sixteen are the same in every version. Then the length of the file as eight bytes, the number of sections, for each
 * its name, its length as eight bytes and its CRC-32, the CRC-32 of all since byte 16, and the sections one after the
 * other. Nothing is compressed, as the bytes of a compressor differ between machines.
 */
final class ModelFile {
    static final int VERSION = 1;
    private static final byte[] MAGIC = "MILLRACE".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD = 12;
    private static final int DIRECTORY = 16;

    private ModelFile() {}

    /** The bytes of a file with these sections, in their order. */
    static byte[] write(Map<String, byte[]> sections) {
        BinaryWriter directory = new BinaryWriter();
        directory.writeVarint(sections.size());
        long content = 0;
        for (Map.Entry<String, byte[]> section : sections.entrySet()) {
            byte[] bytes = section.getValue();
            directory.writeString(section.getKey()).writeLong(bytes.length).writeInt(checksum(bytes, 0, bytes.length));
            content += bytes.length;
        }
        long start = (long) DIRECTORY + Long.BYTES + directory.size() + Integer.BYTES;
        byte[] file = new byte[Math.toIntExact(start + content)];
        System.arraycopy(MAGIC, 0, file, 0, MAGIC.length);
        put(file, MAGIC.length, new BinaryWriter().writeInt(VERSION));
        put(file, HEAD, new BinaryWriter().writeInt(checksum(file, 0, HEAD)));
        put(file, DIRECTORY, new BinaryWriter().writeLong(file.length));
        put(file, DIRECTORY + Long.BYTES, directory);
        int directoryEnd = DIRECTORY + Long.BYTES + directory.size();
        put(file, directoryEnd, new BinaryWriter().writeInt(checksum(file, DIRECTORY, directoryEnd)));
        int at = (int) start;
        for (byte[] section : sections.values()) {
            System.arraycopy(section, 0, file, at, section.length);
            at += section.length;
        }
        return file;
    }

    private static void put(byte[] file, int at, BinaryWriter bytes) {
        System.arraycopy(bytes.toByteArray(), 0, file, at, bytes.size());
    }

    /**
     * The sections of a file.
     *
     * @param name how messages call it
     * @throws DataflowException {@code NOT_A_MODEL} or {@code NEWER_MODEL}
     */
    static Map<String, byte[]> read(byte[] file, String name) {
        int known = Math.min(file.length, MAGIC.length);
        if (file.length == 0 || !Arrays.equals(file, 0, known, MAGIC, 0, known)) {
            throw DataflowException.of(
                    ErrorCode.NOT_A_MODEL,
                    "Cannot load '" + name + "': it is not a model of Millrace",
                    "A model is what an experiment writes as model.millrace");
        }
        if (file.length < DIRECTORY) {
            throw cutOff(name, file.length + " bytes are left");
        }
        BinaryReader head = BinaryReader.of(Arrays.copyOfRange(file, MAGIC.length, DIRECTORY));
        int version = head.readInt();
        if (head.readInt() != checksum(file, 0, HEAD)) {
            throw damaged(name, "its head");
        }
        if (version > VERSION) {
            throw DataflowException.of(
                    ErrorCode.NEWER_MODEL,
                    "Cannot load the model '" + name + "': it has format version " + version
                            + ", and this Millrace reads up to " + VERSION,
                    "Install a newer Millrace");
        }
        try {
            return sections(file, name);
        } catch (CodecException cut) {
            throw cutOff(name, file.length + " bytes are left");
        }
    }

    private record Entry(String name, long length, int checksum) {}

    private static Map<String, byte[]> sections(byte[] file, String name) {
        BinaryReader in = BinaryReader.of(Arrays.copyOfRange(file, DIRECTORY, file.length));
        long length = in.readLong();
        Entry[] entries = new Entry[in.readCount(1 + Long.BYTES + Integer.BYTES)];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = new Entry(in.readString(), in.readLong(), in.readInt());
        }
        int directoryEnd = file.length - in.remaining();
        if (in.readInt() != checksum(file, DIRECTORY, directoryEnd)) {
            throw damaged(name, "its directory");
        }
        if (file.length < length) {
            throw cutOff(name, file.length + " of " + length + " bytes are left");
        }
        Map<String, byte[]> sections = new LinkedHashMap<>();
        long at = (long) directoryEnd + Integer.BYTES;
        for (Entry entry : List.of(entries)) {
            if (entry.length() < 0 || at + entry.length() > file.length) {
                throw damaged(name, "its directory");
            }
            int from = (int) at;
            at += entry.length();
            if (checksum(file, from, (int) at) != entry.checksum()) {
                throw damaged(name, "its section '" + entry.name() + "'");
            }
            sections.put(entry.name(), Arrays.copyOfRange(file, from, (int) at));
        }
        if (at != file.length) {
            throw damaged(name, "what follows its last section");
        }
        return sections;
    }

    /** The error for a file of which {@code part} is not as it was written. */
    static DataflowException damaged(String name, String part) {
        return DataflowException.of(
                ErrorCode.NOT_A_MODEL,
                "Cannot load the model '" + name + "': " + part + " is damaged",
                "Copy it again from where it was written");
    }

    private static DataflowException cutOff(String name, String rest) {
        return DataflowException.of(
                ErrorCode.NOT_A_MODEL,
                "Cannot load the model '" + name + "': it is cut off, " + rest,
                "Copy it again from where it was written");
    }

    private static int checksum(byte[] bytes, int from, int to) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }
}
