package io.millrace.dataflow.csv;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.kernel.ErrorRows;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.table.Batch;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows that are left out for their errors, and writes the errors to a file that appears whole, at the end, or
 * not at all. Used by one thread.
 */
public final class RejectedErrors implements AutoCloseable {
    private static final int SHOWN = 5;
    private static final Schema WRITTEN = Schema.of(ErrorRows.SCHEMA.fields().subList(0, 5));

    private final long atMost;
    private final String step;
    private final @Nullable Path path;
    private final List<String> shown = new ArrayList<>();
    private @Nullable Path temporary;
    private @Nullable CsvWriter writer;
    private long rows;

    private RejectedErrors(Operator.RejectErrors reject, String step, @Nullable Path path) {
        this.atMost = reject.atMost();
        this.step = step;
        this.path = path;
    }

    /**
     * Starts to count, and to write where the operator has a path.
     *
     * @param step the step as {@code explain} shows it
     * @throws DataflowException {@code INVALID_ARGUMENT} or {@code IO_FAILED} when the file cannot be made
     */
    public static RejectedErrors of(Operator.RejectErrors reject, String step) {
        String written = reject.path().orElse(null);
        if (written == null) {
            return new RejectedErrors(reject, step, null);
        }
        try {
            RejectedErrors rejected =
                    new RejectedErrors(reject, step, Path.of(written).toAbsolutePath());
            rejected.open();
            return rejected;
        } catch (InvalidPathException malformed) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT, "Cannot write errors to '" + written + "': it is not a path");
        } catch (IOException failed) {
            throw failed(written, failed);
        }
    }

    private static DataflowException failed(String path, IOException failed) {
        return DataflowException.of(
                        ErrorCode.IO_FAILED, "Cannot write errors to '" + path + "': " + failed.getMessage())
                .causedBy(failed);
    }

    private void open() throws IOException {
        Path target = Objects.requireNonNull(path);
        temporary = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".part");
        writer = CsvWriter.to(
                new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16), WRITTEN, CsvOptions.defaults());
    }

    /**
     * Takes errors, as {@link ErrorRows} lists them. The batch stays the caller's.
     *
     * @throws DataflowException {@code TOO_MANY_ERRORS} when more rows have been left out than may be
     */
    public void add(Batch errors) {
        for (int row = 0; row < errors.rowCount(); row++) {
            rows += Boolean.TRUE.equals(errors.cells(5).value(row)) ? 1 : 0;
            if (shown.size() < SHOWN) {
                shown.add(line(errors, row));
            }
            if (rows > atMost) {
                throw DataflowException.of(
                        ErrorCode.TOO_MANY_ERRORS,
                        "Cannot go on after " + step + ": "
                                + (atMost == 0
                                        ? "a row has"
                                        : "more than " + atMost + (atMost == 1 ? " row has" : " rows have"))
                                + " error values",
                        shown);
            }
        }
        CsvWriter csv = writer;
        if (csv != null && errors.rowCount() > 0) {
            List<io.millrace.dataflow.table.Cells> columns = errors.columns().subList(0, WRITTEN.size());
            csv.write(Batch.of(WRITTEN, columns, errors.rowCount(), null));
        }
    }

    private static String line(Batch errors, int row) {
        Object file = errors.cells(0).value(row);
        Object record = errors.cells(1).value(row);
        String place = (file == null ? "" : file + " ") + (record == null ? "" : "record " + record + ", ");
        return place + "column '" + errors.cells(2).value(row) + "': "
                + errors.cells(3).value(row) + " '" + errors.cells(4).value(row) + "'";
    }

    /** Says that there are no more errors: the file appears, in place of one that was there. */
    public void finish() {
        CsvWriter csv = writer;
        Path part = temporary;
        if (csv == null || part == null) {
            return;
        }
        csv.close();
        Path target = Objects.requireNonNull(path);
        try {
            try {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException notHere) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
            temporary = null;
        } catch (IOException failed) {
            throw failed(target.toString(), failed);
        }
    }

    /** Leaves nothing behind when it was not finished. */
    @Override
    public void close() {
        Path part = temporary;
        temporary = null;
        if (part != null) {
            try {
                Objects.requireNonNull(writer).close();
                Files.deleteIfExists(part);
            } catch (IOException notDeleted) {
                part.toFile().deleteOnExit();
            }
        }
    }
}
