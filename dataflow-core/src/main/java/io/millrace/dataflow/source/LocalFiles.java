package io.millrace.dataflow.source;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.error.Suggestion;
import io.millrace.dataflow.execution.Cancellation;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Lists and reads files of this machine. */
final class LocalFiles {
    private LocalFiles() {}

    /** A name that exists is that file, whatever characters it has; else one with wildcards is a pattern. */
    static List<SourceFile> list(Source.File source, Cancellation cancellation) {
        String text = source.path();
        Path path = path(text);
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw DataflowException.of(
                        ErrorCode.SOURCE_IS_DIRECTORY,
                        "Cannot read '" + shown(text) + "': it is a directory",
                        "Use '" + shown(text.endsWith("/") ? text : text + "/") + "*.csv' to read the files in it");
            }
            if (!attributes.isRegularFile()) {
                throw DataflowException.of(
                        ErrorCode.IO_FAILED, "Cannot read '" + shown(text) + "': it is not a regular file");
            }
            if (!Files.isReadable(path)) {
                throw failed(text, new AccessDeniedException(text));
            }
            return List.of(file(text, attributes));
        } catch (NoSuchFileException missing) {
            if (Glob.isPattern(text)) {
                return matching(text, cancellation);
            }
            throw notFound(text, path);
        } catch (IOException unreadable) {
            if (Glob.isPattern(text)) {
                return matching(text, cancellation);
            }
            throw failed(text, unreadable);
        }
    }

    /** The bytes {@code from} to {@code to}, exclusive, of a file that has not changed since it was listed. */
    static InputStream read(SourceFile file, long from, long to, Cancellation cancellation) {
        String text = ((Source.File) file.source()).path();
        Path path = path(text);
        checkUnchanged(file, text, path);
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            channel.position(from);
            return new Content(file, text, path, channel, to - from, cancellation);
        } catch (IOException unreadable) {
            throw failed(text, unreadable);
        }
    }

    /** What went wrong with a file, without the system's wording of it where there is a plain one. */
    static DataflowException failed(String text, IOException cause) {
        if (cause instanceof ClosedByInterruptException) {
            return DataflowException.of(ErrorCode.CANCELLED, "Cannot go on: the thread was interrupted");
        }
        String reason;
        if (cause instanceof AccessDeniedException) {
            reason = "permission denied";
        } else if (cause instanceof NoSuchFileException) {
            reason = "it does not exist any more";
        } else {
            reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        }
        return DataflowException.of(ErrorCode.IO_FAILED, "Cannot read '" + shown(text) + "': " + shown(reason))
                .causedBy(cause);
    }

    private static List<SourceFile> matching(String text, Cancellation cancellation) {
        String pattern = text.replace(File.separatorChar, '/').replaceAll("/{2,}", "/");
        Glob glob = Glob.of(pattern);
        Path directory = path(glob.directory());
        if (!Files.isDirectory(directory)) {
            throw DataflowException.of(
                    ErrorCode.SOURCE_NOT_FOUND,
                    "Cannot find a file that matches '" + shown(text) + "'",
                    "Directory '" + shown(directory.toString()) + "' does not exist");
        }
        List<SourceFile> files = new ArrayList<>();
        try {
            Files.walkFileTree(
                    directory, EnumSet.of(FileVisitOption.FOLLOW_LINKS), glob.depth(), new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                            cancellation.check();
                            String name = file.toString().replace(File.separatorChar, '/');
                            if (attributes.isRegularFile() && glob.matches(name)) {
                                files.add(file(name, attributes));
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException unreadable) {
            throw failed(text, unreadable);
        }
        if (files.isEmpty()) {
            List<String> names = names(directory);
            String where = shown(directory.toAbsolutePath().toString());
            List<String> details = names.isEmpty()
                    ? List.of("Directory '" + where + "' has no files")
                    : Suggestion.lines("", "Files in '" + where + "'", names);
            throw DataflowException.of(
                    ErrorCode.SOURCE_NOT_FOUND, "Cannot find a file that matches '" + shown(text) + "'", details);
        }
        files.sort(Comparator.comparing(SourceFile::display));
        return List.copyOf(files);
    }

    private static DataflowException notFound(String text, Path path) {
        Path parent = path.toAbsolutePath().getParent();
        Path name = path.getFileName();
        List<String> details = new ArrayList<>();
        if (parent != null && name != null) {
            if (Files.isDirectory(parent)) {
                details.addAll(Suggestion.lines(
                        name.toString(), "Files in '" + shown(parent.toString()) + "'", names(parent)));
            } else {
                details.add("Directory '" + shown(parent.toString()) + "' does not exist");
            }
        }
        return DataflowException.of(ErrorCode.SOURCE_NOT_FOUND, "Cannot find file '" + shown(text) + "'", details);
    }

    private static List<String> names(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(Files::isRegularFile)
                    .map(Path::getFileName)
                    .map(String::valueOf)
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static void checkUnchanged(SourceFile file, String text, Path path) {
        String version;
        try {
            version = version(Files.readAttributes(path, BasicFileAttributes.class));
        } catch (NoSuchFileException gone) {
            throw changed(text, "it does not exist any more");
        } catch (IOException unreadable) {
            throw failed(text, unreadable);
        }
        if (!version.equals(file.version())) {
            throw changed(text, "it changed since it was listed");
        }
    }

    private static DataflowException changed(String text, String reason) {
        return DataflowException.of(
                ErrorCode.SOURCE_CHANGED,
                "Cannot read '" + shown(text) + "': " + reason,
                "Run it again when nothing writes to the file");
    }

    private static SourceFile file(String path, BasicFileAttributes attributes) {
        return new SourceFile(new Source.File(path), attributes.size(), version(attributes));
    }

    private static String version(BasicFileAttributes attributes) {
        return attributes.lastModifiedTime().toInstant() + "/" + attributes.size();
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException malformed) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ADDRESS,
                    "Cannot understand path '" + shown(text.replace("\0", "\\0")) + "': "
                            + malformed.getReason().toLowerCase(Locale.ROOT));
        }
    }

    private static String shown(String text) {
        return Addresses.shown(text);
    }

    /** A part of a file. At its end the file must still be the one that was listed. */
    private static final class Content extends InputStream {
        private final SourceFile file;
        private final String text;
        private final Path path;
        private final FileChannel channel;
        private final Cancellation cancellation;
        private long remaining;
        private boolean checked;

        Content(SourceFile file, String text, Path path, FileChannel channel, long length, Cancellation cancellation) {
            this.file = file;
            this.text = text;
            this.path = path;
            this.channel = channel;
            this.remaining = length;
            this.cancellation = cancellation;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            cancellation.check();
            if (remaining == 0) {
                if (!checked) {
                    checkUnchanged(file, text, path);
                    checked = true;
                }
                return -1;
            }
            if (length == 0) {
                return 0;
            }
            try {
                int count = channel.read(ByteBuffer.wrap(bytes, offset, (int) Math.min(length, remaining)));
                if (count < 0) {
                    throw changed(text, "it became shorter while it was read");
                }
                remaining -= count;
                return count;
            } catch (IOException unreadable) {
                throw failed(text, unreadable);
            }
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, remaining);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
