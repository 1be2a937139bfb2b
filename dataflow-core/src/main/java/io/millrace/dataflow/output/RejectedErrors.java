package io.millrace.dataflow.output;

import io.millrace.dataflow.csv.CsvWriter;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.kernel.ErrorRows;
import io.millrace.dataflow.plan.Operator;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.CsvOptions;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.Cells;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    private final List<String> shown = new ArrayList<>();
    private final Target.@Nullable Pending file;
    private final @Nullable CsvWriter writer;
    private long rows;

    private RejectedErrors(Operator.RejectErrors reject, String step, Target.@Nullable Pending file) {
        this.atMost = reject.atMost();
        this.step = step;
        this.file = file;
        this.writer = file == null ? null : CsvWriter.to(file.stream(), WRITTEN, CsvOptions.defaults());
    }

    /**
     * Starts to count, and to write where the operator has a path.
     *
     * @param step the step as {@code explain} shows it
     * @throws DataflowException {@code INVALID_ARGUMENT} or {@code IO_FAILED} when the file cannot be made
     */
    public static RejectedErrors of(Operator.RejectErrors reject, String step) {
        return new RejectedErrors(
                reject,
                step,
                reject.path().map(path -> target(path).open(Writing.plain())).orElse(null));
    }

    private static Target target(String path) {
        try {
            return Target.file(Path.of(path));
        } catch (InvalidPathException malformed) {
            throw DataflowException.of(
                    ErrorCode.INVALID_ARGUMENT, "Cannot write errors to '" + path + "': it is not a path");
        }
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
            List<Cells> columns = errors.columns().subList(0, WRITTEN.size());
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

    /**
     * Says that there are no more errors: the file appears, in place of one that was there.
     *
     * @throws DataflowException {@code IO_FAILED}
     */
    public void finish() {
        if (writer != null && file != null) {
            writer.close();
            file.commit();
        }
    }

    /** Leaves nothing behind when it was not finished. */
    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
