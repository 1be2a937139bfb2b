package io.millrace.cli;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.plan.Node;
import io.millrace.dataflow.plan.Step;
import io.millrace.dataflow.source.Source;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/** A file that the command writes: it is there only once it is whole. */
final class OutputFile {
    private final Path path;

    private OutputFile(Path path) {
        this.path = path;
    }

    /**
     * The file at a path that can be written, checked before the work begins.
     *
     * @param input what is read meanwhile, and so must not be overwritten
     * @param others further files that are read
     * @throws DataflowException when the path is a directory, in none, or one of the files that are read
     */
    static OutputFile at(String text, Input input, String... others) {
        Path path;
        try {
            path = Path.of(text);
        } catch (InvalidPathException malformed) {
            throw DataflowException.of(ErrorCode.INVALID_ARGUMENT, "Cannot write to '" + text + "': it is not a path");
        }
        if (Files.isDirectory(path)) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot write to '" + text + "': it is a directory",
                    "Give the name of a file");
        }
        Path directory = path.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "Cannot write to '" + text + "': there is no directory '" + path.getParent() + "'");
        }
        if (isRead(path, input) || Arrays.stream(others).anyMatch(other -> isSame(path, other))) {
            throw DataflowException.of(ErrorCode.OUTPUT_EXISTS, "Cannot write to '" + text + "': it is what is read");
        }
        return new OutputFile(path);
    }

    /** The path as it was given. */
    String display() {
        return path.toString();
    }

    /** Writes the file: what {@code content} writes becomes the file at once when it returns, or nothing does. */
    long write(Content content) {
        Path temporary = null;
        try {
            Path directory = path.toAbsolutePath().getParent();
            temporary = Files.createTempFile(directory, "." + path.getFileName(), ".part");
            long result;
            try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16)) {
                result = content.write(stream);
            }
            allowReading(temporary);
            move(temporary, path);
            temporary = null;
            return result;
        } catch (IOException failed) {
            throw DataflowException.of(ErrorCode.IO_FAILED, "Cannot write '" + path + "': " + failed.getMessage())
                    .causedBy(failed);
        } finally {
            discard(temporary);
        }
    }

    private static boolean isRead(Path path, Input input) {
        for (Node node : input.rows().node().ordered()) {
            if (node.step() instanceof Step.Read read
                    && read.source() instanceof Source.File file
                    && isSame(path, file.path())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSame(Path path, String source) {
        try {
            return Files.exists(path) && Files.isSameFile(path, Path.of(source));
        } catch (IOException | InvalidPathException pattern) {
            // A glob, or a file that is not there: reading says what is wrong with it.
            return false;
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

    private static void discard(@org.jspecify.annotations.Nullable Path temporary) {
        if (temporary != null) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException stays) {
                temporary.toFile().deleteOnExit();
            }
        }
    }

    /** Writes the content of a file. */
    @FunctionalInterface
    interface Content {
        /** Writes to a stream that the caller closes, and says how many rows there were. */
        long write(OutputStream stream) throws IOException;
    }
}
