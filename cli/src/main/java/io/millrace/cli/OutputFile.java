package io.millrace.cli;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.output.Target;
import io.millrace.dataflow.plan.Node;
import io.millrace.dataflow.plan.Step;
import io.millrace.dataflow.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;

/** A file that the command writes, checked before the work begins. */
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
        Target.file(path).check();
        if (isRead(path, input) || Arrays.stream(others).anyMatch(other -> isSame(path, other))) {
            throw DataflowException.of(ErrorCode.OUTPUT_EXISTS, "Cannot write to '" + text + "': it is what is read");
        }
        return new OutputFile(path);
    }

    /** The path as it was given. */
    String display() {
        return path.toString();
    }

    /** Where it goes; it is there only once it is whole. */
    Target target() {
        return Target.file(path);
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
}
