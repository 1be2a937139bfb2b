package io.millrace.automl.pipeline;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Files of saved pipelines on a disk. */
final class PipelineFile {
    private PipelineFile() {}

    /** Writes beside the file, then moves into place, so that a reader never finds half of it. */
    static void save(byte[] bytes, Path file) {
        Path target = file.toAbsolutePath();
        Path parent = target.getParent();
        if (parent == null) {
            throw failed("write", file, new IOException("it is not a file"));
        }
        try {
            Path unfinished = parent.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".unfinished");
            try {
                try (FileChannel channel =
                        FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    ByteBuffer rest = ByteBuffer.wrap(bytes);
                    while (rest.hasRemaining()) {
                        channel.write(rest);
                    }
                    channel.force(true);
                }
                move(unfinished, target);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException wrong) {
            throw failed("write", file, wrong);
        }
    }

    private static void move(Path unfinished, Path target) throws IOException {
        try {
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException notHere) {
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    static byte[] read(Path file) {
        if (Files.isDirectory(file)) {
            throw DataflowException.of(
                    ErrorCode.SOURCE_IS_DIRECTORY,
                    "Cannot load the model '" + file + "': it is a directory",
                    "An experiment writes its model into its directory as model.millrace");
        }
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw DataflowException.of(
                    ErrorCode.SOURCE_NOT_FOUND, "Cannot load the model '" + file + "': there is no such file");
        } catch (IOException wrong) {
            throw failed("read", file, wrong);
        }
    }

    private static DataflowException failed(String verb, Path file, IOException wrong) {
        String reason = wrong.getMessage() == null ? wrong.getClass().getSimpleName() : wrong.getMessage();
        return DataflowException.of(ErrorCode.IO_FAILED, "Cannot " + verb + " the model '" + file + "': " + reason)
                .causedBy(wrong);
    }
}
