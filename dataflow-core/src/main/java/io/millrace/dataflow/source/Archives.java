package io.millrace.dataflow.source;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import io.millrace.dataflow.execution.Cancellation;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lists and reads entries of zip archives. An entry is read as it is stored, as an archive of its own that has no other:
 * whoever unpacks archives unpacks it.
 */
final class Archives {
    /** The end of an archive whose directory is left out. */
    private static final byte[] END = {'P', 'K', 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    private final SourceAccess access;
    private final Cancellation cancellation;

    Archives(SourceAccess access, Cancellation cancellation) {
        this.access = access;
        this.cancellation = cancellation;
    }

    /** The entries that an address means, archive by archive, by name. */
    List<SourceFile> list(ArchiveAddress address) {
        List<SourceFile> found = new ArrayList<>();
        List<String> others = new ArrayList<>();
        List<SourceFile> archives = access.listStored(address.archive(), cancellation);
        for (SourceFile archive : archives) {
            List<ZipDirectory.Entry> entries = entries(archive).orElseThrow(() -> noArchive(archive));
            boolean exact = entries.stream().anyMatch(entry -> entry.name().equals(address.entry()));
            Glob glob = Glob.of(exact ? Glob.quoted(address.entry()) : address.entry());
            for (ZipDirectory.Entry entry : entries) {
                if (glob.matches(entry.name())) {
                    found.add(file(archive, entry));
                } else {
                    others.add(entry.name());
                }
            }
        }
        if (found.isEmpty()) {
            String where = address.archive().display();
            boolean pattern = Glob.isPattern(address.entry());
            throw DataflowException.of(
                    ErrorCode.SOURCE_NOT_FOUND,
                    "Cannot find a file " + (pattern ? "that matches '" : "'") + address.entry() + "' in " + where,
                    others.isEmpty()
                            ? List.of("The archive holds no file")
                            : Suggestion.lines(pattern ? "" : address.entry(), "Files there", others));
        }
        return List.copyOf(found);
    }

    /**
     * The one file in an archive that was asked for as a whole. What is named like an archive and is none stays as it is:
     * whoever reads it says what it is.
     */
    SourceFile only(SourceFile archive) {
        Optional<List<ZipDirectory.Entry>> entries = entries(archive);
        if (entries.isEmpty() || entries.get().isEmpty() || isDocument(entries.get())) {
            return archive;
        }
        List<String> names =
                entries.get().stream().map(ZipDirectory.Entry::name).toList();
        if (names.size() == 1) {
            return file(archive, entries.get().get(0));
        }
        List<String> details = new ArrayList<>(Suggestion.alternatives("Files there", names));
        details.add("Say which to read, as '" + archive.display() + "!/" + names.get(0) + "' or '" + archive.display()
                + "!/*.csv'");
        throw DataflowException.of(
                ErrorCode.UNSUPPORTED_FORMAT,
                "Cannot read " + archive.display() + ": it is a zip archive of " + names.size() + " files",
                details);
    }

    /** A range of an entry as it is stored, with the end of an archive behind it. */
    InputStream read(ArchiveAddress address, SourceFile file, long from, long to) {
        SourceFile archive = access.listStored(address.archive(), cancellation).get(0);
        ZipDirectory.Entry entry = entries(archive).orElseThrow(() -> noArchive(archive)).stream()
                .filter(candidate -> candidate.name().equals(address.entry()))
                .findFirst()
                .orElseThrow(() -> changed(file));
        if (!archive.version().equals(file.version()) || entry.length() + END.length != file.length()) {
            throw changed(file);
        }
        long stored = Math.min(to, entry.length());
        InputStream ofEntry = from < stored
                ? access.read(archive, entry.offset() + from, stored - from, cancellation)
                : InputStream.nullInputStream();
        int endFrom = (int) Math.max(0, from - entry.length());
        int endTo = (int) Math.max(endFrom, to - entry.length());
        return new SequenceInputStream(ofEntry, new ByteArrayInputStream(END, endFrom, endTo - endFrom));
    }

    private Optional<List<ZipDirectory.Entry>> entries(SourceFile archive) {
        return ZipDirectory.read(archive, (offset, length) -> access.read(archive, offset, length, cancellation));
    }

    private static boolean isDocument(List<ZipDirectory.Entry> entries) {
        return entries.stream()
                .anyMatch(entry -> entry.name().equals("[Content_Types].xml")
                        || entry.name().startsWith("META-INF/"));
    }

    private static SourceFile file(SourceFile archive, ZipDirectory.Entry entry) {
        return new SourceFile(
                ArchiveAddress.entryOf(archive.source(), entry.name()), entry.length() + END.length, archive.version());
    }

    private static DataflowException noArchive(SourceFile archive) {
        return DataflowException.of(
                ErrorCode.DAMAGED_FILE,
                "Cannot read " + archive.display() + ": it has no directory, so it is cut off or no zip archive",
                "Get the file again");
    }

    private static DataflowException changed(SourceFile file) {
        return DataflowException.of(
                ErrorCode.SOURCE_CHANGED,
                "Cannot read '" + file.display() + "': it changed since it was listed",
                "Run it again when nothing writes to the file");
    }
}
