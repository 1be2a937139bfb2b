package io.millrace.dataflow.format;

import io.millrace.dataflow.schema.Schema;
import io.millrace.dataflow.source.ReadOptions;
import io.millrace.dataflow.source.Source;
import io.millrace.dataflow.source.SourceFile;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** A file format, found by {@link Formats}. Stateless and thread-safe; loads its libraries when it is first used. */
public interface FileFormat {
    /** The name that {@link ReadOptions#format} and {@link WriteOptions#format} give. */
    String name();

    /** The ends of names of files of this format, in lower case with their dot. The first is the usual one. */
    List<String> extensions();

    /**
     * The columns of the files of a source.
     *
     * @throws io.millrace.dataflow.error.DataflowException when the source cannot be read, or its files do not agree
     */
    Schema infer(Source source, ReadOptions options, Reading reading);

    /**
     * The columns of the files of a source as {@link #infer} gives them, and what their types were judged from, where the
     * format says so.
     *
     * @throws io.millrace.dataflow.error.DataflowException as {@link #infer} does
     */
    default InferenceReport inferenceReport(Source source, ReadOptions options, Reading reading) {
        return InferenceReport.of(infer(source, options, reading));
    }

    /**
     * The columns of the files of a source as {@link #infer} might give them, judged from some values; empty where that is
     * no less work than to judge all of them, or where no scan judges them as it reads.
     *
     * @param files the files of the source
     * @throws io.millrace.dataflow.error.DataflowException as {@link #infer} does
     */
    default Optional<Schema> guess(Source source, List<SourceFile> files, ReadOptions options, Reading reading) {
        return Optional.empty();
    }

    /**
     * A scan of files in that order.
     *
     * @param schema the columns to read, by name
     * @param step the text of the step, which error values repeat
     */
    FileScan scan(List<SourceFile> files, ReadOptions options, Schema schema, String step);

    /**
     * Starts to write to a stream, which is closed with the writer.
     *
     * @throws io.millrace.dataflow.error.DataflowException {@code UNSUPPORTED_TYPE} for a column that the format cannot
     *     hold; {@code UNSUPPORTED_FORMAT} when it can only be read; {@code IO_FAILED}
     */
    RowWriter writer(OutputStream stream, Schema schema, WriteOptions options);
}
