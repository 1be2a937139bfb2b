package io.millrace.dataflow.plan;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.source.Source;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Saved dataflows in files, where relative paths of sources are relative to the directory of the file. */
public final class PlanFile {
    /** What a character of a text takes at most in UTF-8. */
    private static final int MOST_BYTES = 3;

    private PlanFile() {}

    /**
     * The dataflow in a file.
     *
     * @throws DataflowException {@code SOURCE_NOT_FOUND}, {@code IO_FAILED}, or what {@link PlanJson#read} throws, each with
     *     the file
     */
    public static Node open(Path file, PlanLimits limits) {
        try {
            if (Files.size(file) / MOST_BYTES > limits.characters()) {
                throw Json.malformed("it has " + Files.size(file) + " bytes, and at most " + limits.characters()
                        + " characters are read unless PlanLimits say otherwise");
            }
            Path parent = file.getParent();
            return PlanJson.read(Files.readString(file), parent == null ? Path.of("") : parent, limits);
        } catch (CharacterCodingException notText) {
            throw DataflowException.of(ErrorCode.NOT_A_PLAN, "Cannot read plan '" + file + "': it is not UTF-8 text");
        } catch (NoSuchFileException missing) {
            throw DataflowException.of(ErrorCode.SOURCE_NOT_FOUND, "Cannot find plan '" + file + "'");
        } catch (DataflowException wrong) {
            throw wrong.at("in " + file);
        } catch (IOException failed) {
            throw DataflowException.of(ErrorCode.IO_FAILED, "Cannot read plan '" + file + "': " + failed.getMessage())
                    .causedBy(failed);
        }
    }

    /**
     * Writes a dataflow to a file, whole or not at all.
     *
     * @throws DataflowException {@code IO_FAILED}, or what {@link PlanJson#write} throws
     */
    public static void save(Node result, Path file) {
        Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseGet(file::toAbsolutePath);
        String json = PlanJson.write(PlanParts.changed(result, step -> relative(step, directory)));
        try {
            Path written = Files.createTempFile(directory, ".plan", ".tmp");
            try {
                Files.writeString(written, json);
                Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException failed) {
            throw DataflowException.of(ErrorCode.IO_FAILED, "Cannot write plan '" + file + "': " + failed.getMessage())
                    .causedBy(failed);
        }
    }

    private static Step relative(Step step, Path directory) {
        if (step instanceof SourceStep.Read read && read.source() instanceof Source.File source) {
            Path path = Path.of(source.path());
            if (!path.isAbsolute()) {
                Source moved = Source.file(
                        directory.relativize(path.toAbsolutePath().normalize()).toString());
                return new SourceStep.Read(moved, read.options(), read.schema());
            }
        }
        return step;
    }
}
