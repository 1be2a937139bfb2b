package io.millrace.automl;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** The files of an experiment. Each appears whole or not at all. */
final class ExperimentFiles {
    private ExperimentFiles() {}

    /** Writes the content of a file. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    static Path journal(Path directory) {
        return directory.resolve("journal.millrace");
    }

    static Path model(Path directory) {
        return directory.resolve("model.millrace");
    }

    static Path leaderboard(Path directory) {
        return directory.resolve("leaderboard.json");
    }

    static Path predictions(Path directory) {
        return directory.resolve("predictions.csv");
    }

    /** Refuses a directory that holds something. */
    static void checkEmpty(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        if (!Files.isDirectory(directory)) {
            throw DataflowException.of(
                    ErrorCode.OUTPUT_EXISTS, "Cannot write to '" + directory + "': it is not a directory");
        }
        try (Stream<Path> content = Files.list(directory)) {
            if (content.findAny().isPresent()) {
                throw DataflowException.of(
                        ErrorCode.OUTPUT_EXISTS,
                        "Cannot write to '" + directory + "': the directory is not empty",
                        "Choose another directory, or resume the experiment that is in it");
            }
        } catch (IOException failure) {
            throw failed("read", directory, failure);
        }
    }

    static void create(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException failure) {
            throw failed("make", directory, failure);
        }
    }

    /** Writes a file beside its place and then moves it there. */
    static void write(Path file, Content content) {
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (OutputStream out = Files.newOutputStream(beside)) {
                content.writeTo(out);
            }
            try {
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException unsupported) {
                Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException failure) {
            throw failed("write", file, failure);
        }
    }

    private static DataflowException failed(String verb, Path path, IOException failure) {
        String message = failure.getMessage();
        return DataflowException.of(
                        ErrorCode.IO_FAILED,
                        "Cannot " + verb + " '" + path + "': "
                                + failure.getClass().getSimpleName() + (message == null ? "" : ": " + message))
                .causedBy(failure);
    }
}
