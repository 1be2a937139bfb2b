package io.millrace.cli;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.format.Formats;
import io.millrace.dataflow.output.Output;
import io.millrace.dataflow.output.Target;
import io.millrace.dataflow.plan.Node;
import io.millrace.dataflow.plan.SourceStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;

/** A file or blob that the command writes, checked before the work begins. */
final class OutputFile {
    private final Target target;

    private OutputFile(Target target) {
        this.target = target;
    }

    /**
     * The file or blob at an address that can be written, as far as can be told before the work begins.
     *
     * @param input what is read meanwhile, and so must not be overwritten
     * @param others further files that are read
     * @throws DataflowException when the path is a directory, in none, or one of the files that are read
     */
    static OutputFile at(String text, Input input, String... others) {
        Target target = Target.of(text);
        target.check();
        String display = target.display();
        if (isRead(display, input) || Arrays.stream(others).anyMatch(other -> isSame(display, other))) {
            throw DataflowException.of(
                    ErrorCode.OUTPUT_EXISTS, "Cannot write to '" + display + "': it is what is read");
        }
        return new OutputFile(target);
    }

    /** The address, without a signature. */
    String display() {
        return target.display();
    }

    /** Where it goes; it is there only once it is whole. */
    Target target() {
        return target;
    }

    /** Rows in the format that the name ends with; CSV where that is none. */
    Output rows() {
        return switch (Formats.nameOf(display()).orElse("")) {
            case "csv", "json_lines", "arrow", "parquet" -> Output.to(target);
            default -> Output.csv(target, csv -> csv);
        };
    }

    private static boolean isRead(String display, Input input) {
        for (Node node : input.rows().node().ordered()) {
            if (node.step() instanceof SourceStep.Read read
                    && isSame(display, read.source().display())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSame(String display, String source) {
        if (display.equals(source)) {
            return true;
        }
        try {
            Path path = Path.of(display);
            return Files.exists(path) && Files.isSameFile(path, Path.of(source));
        } catch (IOException | InvalidPathException pattern) {
            // A glob, or a file that is not there: reading says what is wrong with it.
            return false;
        }
    }
}
