package io.millrace.dataflow.output;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.source.Existing;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
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
record FileTarget(Path path, Existing existing) implements Target {
    FileTarget {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(existing, "existing");
    }

    @Override
    public Target existing(Existing fate) {
        return new FileTarget(path, fate);
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
        if (existing == Existing.KEEP && Files.exists(path)) {
            throw exists(path);
        }
    }

    @Override
    public Pending open(Writing writing) {
        check();
        Path directory = path.toAbsolutePath().getParent();
        try {
            Path temporary = Files.createTempFile(directory, "." + path.getFileName(), ".part");
            try {
                return new PendingFile(
                        this, temporary, new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16));
            } catch (IOException failed) {
                Files.deleteIfExists(temporary);
                throw failed;
            }
        } catch (IOException failed) {
            throw failed(path, failed);
        }
    }

    private static DataflowException exists(Path path) {
        return DataflowException.of(
                ErrorCode.OUTPUT_EXISTS,
                "Cannot write '" + path + "': it exists already",
                "Write under another name, or let it be replaced");
    }

    private static DataflowException failed(Path path, IOException cause) {
        return DataflowException.of(ErrorCode.IO_FAILED, "Cannot write '" + path + "': " + cause.getMessage())
                .causedBy(cause);
    }

    private static final class PendingFile implements Pending {
        private final FileTarget target;
        private final OutputStream stream;
        private @Nullable Path temporary;

        PendingFile(FileTarget target, Path temporary, OutputStream stream) {
            this.target = target;
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
                if (target.existing() == Existing.REPLACE) {
                    move(written, target.path());
                } else {
                    appear(written, target.path());
                }
                temporary = null;
            } catch (FileAlreadyExistsException meanwhile) {
                throw exists(target.path());
            } catch (IOException failed) {
                throw failed(target.path(), failed);
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

        /** Gives a file its name unless there is one of that name. A link does both at once, where there are links. */
        private static void appear(Path from, Path to) throws IOException {
            try {
                Files.createLink(to, from);
                Files.delete(from);
            } catch (UnsupportedOperationException noLinks) {
                Files.move(from, to);
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
