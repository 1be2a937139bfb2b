package io.millrace.dataflow.local;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.schema.Schema;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A directory of one run for rows that do not fit in memory. Made when the first file is, readable by its owner alone,
 * and removed with all files when the run ends, however it ends.
 */
final class SpillSpace implements AutoCloseable {
    private final Path parent;
    private final Opener opener;
    private final List<SpillFile> files = new ArrayList<>();
    private @Nullable Path directory;

    /** Opens a new file for writing and reading. */
    @FunctionalInterface
    interface Opener {
        FileChannel open(Path file) throws IOException;
    }

    /** A space that will be inside of {@code parent}. */
    SpillSpace(Path parent) {
        this(
                parent,
                file -> FileChannel.open(
                        file,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE));
    }

    SpillSpace(Path parent, Opener opener) {
        this.parent = parent;
        this.opener = opener;
    }

    /**
     * A new file without rows.
     *
     * @throws DataflowException {@code IO_FAILED}
     */
    synchronized SpillFile create(Schema schema, Run run) {
        try {
            Path place = directory;
            if (place == null) {
                place = Files.createTempDirectory(parent, "millrace-");
                directory = place;
            }
            SpillFile file = new SpillFile(schema, opener.open(place.resolve("rows-" + files.size())), this, run);
            files.add(file);
            return file;
        } catch (IOException failure) {
            throw failed(failure);
        }
    }

    DataflowException failed(IOException failure) {
        if (failure instanceof ClosedByInterruptException) {
            return Run.interrupted().causedBy(failure);
        }
        return DataflowException.of(
                        ErrorCode.IO_FAILED,
                        "Cannot set rows aside in '" + parent + "': " + failure.getMessage(),
                        "Give the process more memory, free space there, or name another directory with"
                                + " LocalEngine.temporaryDirectory")
                .causedBy(failure);
    }

    /** Whether rows were ever set aside. */
    synchronized boolean isUsed() {
        return directory != null;
    }

    @Override
    public synchronized void close() {
        files.forEach(SpillFile::close);
        Path place = directory;
        if (place != null) {
            try {
                Files.deleteIfExists(place);
            } catch (IOException kept) {
                // The files are gone with their channels; an empty directory harms nobody.
                place.toFile().deleteOnExit();
            }
        }
    }
}
