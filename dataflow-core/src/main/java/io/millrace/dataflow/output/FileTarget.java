package io.millrace.dataflow.output;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A local file, written under a temporary name beside it and then renamed. */
record FileTarget(Path path) implements Target {
    FileTarget {
        Objects.requireNonNull(path, "path");
    }

    @Override
    public String display() {
        return path.toString();
    }

    @Override
    public void check() {
        if (Files.isDirectory(path)) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot write to '" + path + "': it is a directory",
                    "Give the name of a file");
        }
        Path directory = path.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot write to '" + path + "': there is no directory '" + path.getParent() + "'");
        }
    }

    @Override
    public Pending open() {
        check();
        Path directory = path.toAbsolutePath().getParent();
        try {
            Path temporary = Files.createTempFile(directory, "." + path.getFileName(), ".part");
            try {
                return new PendingFile(
                        path, temporary, new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16));
            } catch (IOException failed) {
                Files.deleteIfExists(temporary);
                throw failed;
            }
        } catch (IOException failed) {
            throw failed(path, failed);
        }
    }

    private static DataflowException failed(Path path, IOException cause) {
        return DataflowException.of(ErrorCode.IO_FAILED, "Cannot write '" + path + "': " + cause.getMessage())
                .causedBy(cause);
    }

    private static final class PendingFile implements Pending {
        private final Path path;
        private final OutputStream stream;
        private @Nullable Path temporary;

        PendingFile(Path path, Path temporary, OutputStream stream) {
            this.path = path;
            this.temporary = temporary;
            this.stream = stream;
        }

        @Override
        public OutputStream stream() {
            return stream;
        }

        @Override
        public void commit() {
            Path written = Objects.requireNonNull(temporary, "committed once");
            try {
                stream.close();
                // A file whose name is there after a crash of the machine has its content too.
                try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
                allowReading(written);
                move(written, path);
                temporary = null;
            } catch (IOException failed) {
                throw failed(path, failed);
            }
        }

        @Override
        public void close() {
            Path rest = temporary;
            temporary = null;
            if (rest != null) {
                try {
                    stream.close();
                } catch (IOException ignored) {
                    // What could not be written is discarded anyway.
                    rest.toFile().deleteOnExit();
                }
                try {
                    Files.deleteIfExists(rest);
                } catch (IOException stays) {
                    rest.toFile().deleteOnExit();
                }
            }
        }

        /** A temporary file is its owner's alone; a result is like any other new file. */
        private static void allowReading(Path file) throws IOException {
            Set<PosixFilePermission> usual = PosixFilePermissions.fromString("rw-r--r--");
            if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(file, usual);
            }
        }

        private static void move(Path from, Path to) throws IOException {
            try {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException unsupported) {
                Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
