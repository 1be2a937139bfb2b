package io.millrace.dataflow.output;

import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.format.ErrorCells;
import io.millrace.dataflow.format.FileFormat;
import io.millrace.dataflow.format.Formats;
import io.millrace.dataflow.format.RowWriter;
import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.table.Batch;
import io.millrace.dataflow.table.CellError;
import io.millrace.dataflow.table.CellErrors;
import io.millrace.dataflow.table.Cells;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that get the same rows. All of them appear when {@link #commit} is called, after the last row; closed before that,
 * none of them does. Used by one thread.
 */
public final class OutputFiles implements AutoCloseable {
    private final List<OpenFile> files = new ArrayList<>();
    private long rows;
    private long errors;

    private OutputFiles() {}

    /**
     * Starts to write files.
     *
     * @param writing how targets are opened, and what stops them
     * @throws DataflowException when one of them cannot be written, with nothing left of the others
     */
    public static OutputFiles open(Schema schema, List<Output> outputs, Writing writing) {
        OutputFiles files = new OutputFiles();
        try {
            for (Output output : outputs) {
                files.files.add(new OpenFile(schema, output, writing));
            }
            return files;
        } catch (RuntimeException | Error failure) {
            files.close();
            throw failure;
        }
    }

    /**
     * Writes the rows of a batch, which stays the caller's, to every file.
     *
     * @throws DataflowException {@code IO_FAILED}; {@code TOO_MANY_ERRORS} for an error value where an output takes none
     */
    public void write(Batch batch) {
        for (OpenFile file : files) {
            file.write(batch);
        }
        rows += batch.rowCount();
        for (Cells cells : batch.columns()) {
            errors += cells.errors().size();
        }
    }

    /** Makes all files visible once every byte of all of them is written, one after the other, and says what is in them. */
    public Written commit() {
        files.forEach(OpenFile::finish);
        files.forEach(file -> file.pending.commit());
        return new Written(rows, errors);
    }

    /** Discards what was not committed. May be called more than once. */
    @Override
    public void close() {
        files.forEach(OpenFile::close);
    }

    private static final class OpenFile {
        private final Output output;
        private final Target.Pending pending;
        private final RowWriter writer;
        private final ErrorColumn column;

        OpenFile(Schema schema, Output output, Writing writing) {
            this.output = output;
            this.column = new ErrorColumn(schema);
            Schema written = output.options().errors() == ErrorCells.IN_COLUMN ? column.schema() : schema;
            // The format first: without its library nothing is opened.
            FileFormat format = Formats.named(output.options().format());
            this.pending = output.target().open(writing);
            try {
                this.writer = format.writer(pending.stream(), written, output.options());
            } catch (RuntimeException | Error failure) {
                pending.close();
                column.close();
                throw failure;
            }
        }

        void write(Batch batch) {
            if (output.options().errors() == ErrorCells.IN_COLUMN) {
                try (Batch wider = column.add(batch)) {
                    writer.write(wider);
                }
                return;
            }
            if (output.options().errors() == ErrorCells.FAIL) {
                requireNoErrors(batch);
            }
            writer.write(batch);
        }

        private void requireNoErrors(Batch batch) {
            for (int index = 0; index < batch.columns().size(); index++) {
                CellErrors errors = batch.cells(index).errors();
                if (!errors.isEmpty()) {
                    CellError first = errors.error(0);
                    throw DataflowException.of(
                            ErrorCode.TOO_MANY_ERRORS,
                            "Cannot write '" + output.target().display() + "': column '"
                                    + batch.schema().field(index).name() + "' has the error value " + first.code()
                                    + " of '" + first.text() + "'",
                            "Fill or drop errors before, or write them with errors(AS_NULL) or errors(IN_COLUMN)");
                }
            }
        }

        void finish() {
            writer.finish();
            writer.close();
        }

        void close() {
            try (column;
                    pending) {
                writer.close();
            } catch (DataflowException discarded) {
                // What a writer says about a file that is discarded is of no interest.
                pending.close();
            }
        }
    }
}
